package io.bitkv.engine;

import io.bitkv.api.StoreCorruptException;
import io.bitkv.codec.entry.SegmentFooter;
import io.bitkv.codec.entry.SegmentTally;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** Copies segments from one directory to another, sealed, and checks what is sealed. */
final class SegmentCopy {
  private static final int CHUNK = 1 << 20;
  private static final String ADVICE = "; verify the store, and repair it";

  private SegmentCopy() {}

  /**
   * Copies the entries of a segment, of which an open file is enough, with their places and a footer; all is on stable storage when this
   * returns, but for the name.
   */
  static void copy(Segment segment, SegmentFooter footer, Disk target) throws IOException {
    try (Store copy = target.create(FileNames.segment(segment.id()))) {
      byte[] chunk = new byte[CHUNK];
      for (long at = 0; at < footer.dataEnd(); ) {
        int count = segment.read(at, chunk, 0, (int) Math.min(CHUNK, footer.dataEnd() - at));
        if (count <= 0) {
          throw new IOException(segment.path() + " ended at offset " + at);
        }
        segment.bytes().announce(at + count, CHUNK);
        copy.write(ByteBuffer.wrap(chunk, 0, count), at);
        at += count;
      }
      copy.write(ByteBuffer.wrap(footer.encode()), footer.dataEnd());
      copy.sync();
    }
  }

  /**
   * Reads every byte of a segment for the footer that it would have if it were sealed where it ends.
   *
   * @param named what to call the segment if it is damaged
   */
  static SegmentFooter footer(Segment segment, Path named) throws IOException {
    SegmentTally tally = new SegmentTally(segment.header());
    SegmentScanner scanner = new SegmentScanner(segment);
    while (scanner.next() == SegmentScanner.Step.ENTRY) {
      tally.add(scanner.header());
    }
    if (scanner.offset() != segment.end()) {
      throw new StoreCorruptException(named, scanner.offset(), scanner.fault() + ADVICE);
    }
    return tally.footer(segment.end());
  }

  /**
   * Checks every byte of a sealed segment.
   *
   * @param named what to call the segment if it is damaged
   * @throws StoreCorruptException if one is not as it was written
   */
  static void check(Segment segment, Path named) throws IOException {
    if (!footer(segment, named).equals(segment.footer())) {
      throw new StoreCorruptException(named, segment.end(), "its footer counts other entries than there are" + ADVICE);
    }
  }
}
