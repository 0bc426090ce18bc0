package io.bitkv.codec.entry;

import java.util.Arrays;

/**
 * Decodes a hint file, part by part: its header, blocks, and trailer. The caller does the reading and hands in a
 * window of the file that begins with the next part; {@link #length} tells how far to move on. A block is checked
 * wholly before any of its hints can be seen, but the file as a whole is sound only once {@link Status#END} has
 * been reached.
 *
 * <pre>{@code
 * HintReader hints = new HintReader(footer);
 * while (true) {
 *   switch (hints.next(window, from, to)) {
 *     case HEADER -> {}
 *     case BLOCK -> use(hints.block());
 *     case END -> { return; }
 *     case TORN -> more bytes are needed, hints.missing() at least; if there are none, the file is cut off
 *     case CORRUPT -> ignore the file, because of hints.fault()
 *   }
 *   from += hints.length();
 * }
 * }</pre>
 *
 * <p>For one thread.
 */
public final class HintReader {
  /** A window of so many bytes, 33 KiB and a little, holds any part of a hint file whole. */
  public static final int MAX_PART_LENGTH = HintFormat.MAX_BLOCK_LENGTH;

  /** What the next part of the file is. */
  public enum Status {
    /** The header; it belongs to the segment. */
    HEADER,
    /** A block; its hints can be read until the next call. */
    BLOCK,
    /** The trailer: the file is whole and sound, provided that the window reaches to its end. */
    END,
    /** The window ends before the part does, see {@link HintReader#missing}. */
    TORN,
    /** The file is damaged or belongs to another segment, see {@link HintReader#fault}. */
    CORRUPT
  }

  private final SegmentFooter footer;
  private final HintBlock block = new HintBlock();
  private boolean begun;
  private int length;
  private int missing;
  private Fault fault;
  private int previousChecksum;
  private long previousEnd = SegmentHeader.LENGTH;
  private long total;
  private long blocks;

  /**
   * Makes the reader for the hint file of a segment.
   *
   * @param footer the footer of the segment, as it was found there
   */
  public HintReader(SegmentFooter footer) {
    this.footer = footer;
  }

  /**
   * Decodes the next part.
   *
   * @param bytes the window, which begins with that part
   * @param from the index of the part's first byte
   * @param to the index behind the last byte of the window
   * @return what the part is
   */
  public Status next(byte[] bytes, int from, int to) {
    block.clear();
    length = 0;
    int there = to - from;
    if (!begun) {
      return there < HintFormat.HEADER_LENGTH ? torn(HintFormat.HEADER_LENGTH - there) : header(bytes, from);
    }
    if (there < HintFormat.TRAILER_LENGTH) {
      return torn(HintFormat.TRAILER_LENGTH - there);
    }
    return switch (bytes[from + HintFormat.TAG_AT]) {
      case HintFormat.BLOCK_TAG -> block(bytes, from, there);
      case HintFormat.TRAILER_TAG -> trailer(bytes, from, there);
      default -> corrupt(Fault.KIND);
    };
  }

  private Status header(byte[] bytes, int from) {
    if (LittleEndian.getLong(bytes, from + HintFormat.MAGIC_AT) != HintFormat.MAGIC) {
      return corrupt(Fault.MAGIC);
    }
    previousChecksum = LittleEndian.getInt(bytes, from + HintFormat.HEADER_CRC_AT);
    if (previousChecksum != HintFormat.headerChecksum(bytes, from)) {
      return corrupt(Fault.CHECKSUM);
    }
    if (LittleEndian.getUnsignedShort(bytes, from + HintFormat.VERSION_AT) != SegmentHeader.FORMAT_VERSION) {
      return corrupt(Fault.VERSION);
    }
    byte[] expected = new byte[HintFormat.HEADER_LENGTH];
    HintFormat.putHeader(expected, footer);
    if (!Arrays.equals(expected, 0, expected.length, bytes, from, from + expected.length)) {
      return corrupt(Fault.FOREIGN);
    }
    begun = true;
    length = HintFormat.HEADER_LENGTH;
    return Status.HEADER;
  }

  private Status block(byte[] bytes, int from, int there) {
    if (there < HintFormat.HINTS_AT) {
      return torn(HintFormat.HINTS_AT - there);
    }
    int hints = LittleEndian.getUnsignedShort(bytes, from + HintFormat.BLOCK_COUNT_AT);
    long hintBytes = LittleEndian.getUnsignedInt(bytes, from + HintFormat.BLOCK_BYTES_AT);
    if (hints == 0 || hints > HintFormat.BLOCK_HINTS || hintBytes > (long) hints * HintFormat.MAX_HINT_LENGTH) {
      return corrupt(Fault.LENGTH);
    }
    int whole = HintFormat.HINTS_AT + (int) hintBytes;
    if (there < whole) {
      return torn(whole - there);
    }
    if (!isNextInChain(bytes, from, whole)) {
      return corrupt(Fault.CHECKSUM);
    }
    if (bytes[from + HintFormat.BLOCK_RESERVED_AT] != 0) {
      return corrupt(Fault.FLAGS);
    }
    if (LittleEndian.getUnsignedInt(bytes, from + HintFormat.FIRST_OFFSET_AT) < previousEnd) {
      return corrupt(Fault.LENGTH);
    }
    Fault found = block.read(bytes, from, from + whole, footer.dataEnd());
    if (found != null) {
      return corrupt(found);
    }
    previousEnd = block.end();
    blocks++;
    total += hints;
    length = whole;
    return Status.BLOCK;
  }

  private Status trailer(byte[] bytes, int from, int there) {
    if (!isNextInChain(bytes, from, HintFormat.TRAILER_LENGTH)) {
      return corrupt(Fault.CHECKSUM);
    }
    if (LittleEndian.getUnsignedInt(bytes, from + HintFormat.TOTAL_AT) != total
        || LittleEndian.getUnsignedInt(bytes, from + HintFormat.BLOCKS_AT) != blocks) {
      return corrupt(Fault.LENGTH);
    }
    if (there > HintFormat.TRAILER_LENGTH) {
      return corrupt(Fault.TRAILING);
    }
    length = HintFormat.TRAILER_LENGTH;
    return Status.END;
  }

  private boolean isNextInChain(byte[] bytes, int from, int partLength) {
    int expected = HintFormat.chainedChecksum(previousChecksum, bytes, from, partLength);
    previousChecksum = LittleEndian.getInt(bytes, from + HintFormat.CRC_AT);
    return previousChecksum == expected;
  }

  private Status torn(int bytesMissing) {
    missing = bytesMissing;
    return Status.TORN;
  }

  private Status corrupt(Fault found) {
    fault = found;
    return Status.CORRUPT;
  }

  /** {@return the hints of the block that was decoded; always the same object, the next call refills it} */
  public HintBlock block() {
    return block;
  }

  /** {@return how many bytes the part has that was decoded, to move on by} */
  public int length() {
    return length;
  }

  /**
   * {@return how many more bytes the window needs at least, after {@link Status#TORN}: 1 or more, and never so
   * many that it would be longer than {@link #MAX_PART_LENGTH}}
   */
  public int missing() {
    return missing;
  }

  /** {@return the first fault that was found, after {@link Status#CORRUPT}} */
  public Fault fault() {
    return fault;
  }
}
