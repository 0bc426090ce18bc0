package io.bitkv.engine;

import io.bitkv.codec.entry.HintBlock;
import io.bitkv.codec.entry.HintEntry;
import io.bitkv.codec.entry.HintReader;
import io.bitkv.codec.entry.SegmentFooter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.function.Consumer;

/** The hints of a sealed segment that lie in a range of it; of use only if the hint file as a whole is sound. */
record HintList(Disk disk, SegmentFooter footer) {

  /**
   * Visits the hints of all entries that begin in a range.
   *
   * @return whether the file is sound; if not, what was visited is not to be believed
   */
  boolean visit(long from, long to, Consumer<HintEntry> visitor) throws IOException {
    try (Store store = disk.openForReading(FileNames.hint(footer.segmentId()))) {
      HintReader reader = new HintReader(footer);
      byte[] window = new byte[HintReader.MAX_PART_LENGTH];
      for (long at = 0; ; at += reader.length()) {
        int there = store.read(ByteBuffer.wrap(window), at);
        switch (reader.next(window, 0, there)) {
          case HEADER -> {}
          case BLOCK -> visit(reader.block(), from, to, visitor);
          case END -> {
            return at + reader.length() == store.size();
          }
          case TORN, CORRUPT -> {
            return false;
          }
        }
      }
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  private static void visit(HintBlock block, long from, long to, Consumer<HintEntry> visitor) {
    for (int i = 0; i < block.count(); i++) {
      if (block.offset(i) >= from && block.offset(i) < to) {
        visitor.accept(block.entry(i));
      }
    }
  }
}
