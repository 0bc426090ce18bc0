package io.bitkv.engine;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.foreign.ValueLayout.OfInt;
import java.lang.foreign.ValueLayout.OfLong;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The bytes of the staging file: 64 bytes of header, then entries as they will lie in the segment.
 *
 * <p>The header tells the segment and the offset at which the first entry belongs, in one number that is written at once. The file says
 * nothing of how many entries there are: each is valid only at its own place in its own segment, so what an earlier use left behind is none.
 */
final class StagingFile {
  static final int HEADER_LENGTH = 64;
  static final int LENGTH = HEADER_LENGTH + (256 << 10);

  /** The bytes "BITKVSTG". */
  private static final long MAGIC = 0x4754_5356_4B54_4942L;

  private static final int VERSION = 1;
  private static final int VERSION_AT = 8;
  private static final int PLACE_AT = 16;
  private static final OfInt INT = ValueLayout.JAVA_INT.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final OfLong LONG = ValueLayout.JAVA_LONG.withOrder(ByteOrder.LITTLE_ENDIAN);

  private StagingFile() {}

  /** Notes where in which segment the first entry belongs. */
  static void begin(MemorySegment file, int segmentId, long offset) {
    file.set(LONG, 0, MAGIC);
    file.set(INT, VERSION_AT, VERSION);
    LONG.varHandle().setRelease(file, (long) PLACE_AT, (long) segmentId << Integer.SIZE | offset);
  }

  /** Whether a file's header is sound and names a segment. */
  static boolean isOf(ByteBuffer file, int segmentId) {
    file.order(ByteOrder.LITTLE_ENDIAN);
    return file.getLong(0) == MAGIC && file.getInt(VERSION_AT) == VERSION && file.getInt(PLACE_AT + Integer.BYTES) == segmentId;
  }

  /** The offset in the segment at which the first entry belongs. */
  static long start(ByteBuffer file) {
    return Integer.toUnsignedLong(file.order(ByteOrder.LITTLE_ENDIAN).getInt(PLACE_AT));
  }
}
