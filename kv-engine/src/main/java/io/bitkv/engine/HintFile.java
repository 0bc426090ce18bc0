package io.bitkv.engine;

import io.bitkv.codec.entry.HintBlock;
import io.bitkv.codec.entry.HintEntry;
import io.bitkv.codec.entry.HintReader;
import io.bitkv.codec.entry.HintWriter;
import io.bitkv.codec.entry.SegmentFooter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;

/**
 * The hint file of a sealed segment: a restart reads it in the place of the segment.
 *
 * <p>It lists every entry, so that the live bytes of the segment and the bytes of its deletions can be counted from it. It can be made anew
 * from the segment at any time, so it is written in the background, and no failure of that harms the store.
 */
final class HintFile {
  /** Receives the hints of a file. */
  interface Visitor {
    /** Takes a block, which is borrowed. */
    void visit(HintBlock block) throws IOException;
  }

  private static final int WINDOW = 1 << 20;
  private static final long HINT_BYTES = 12;

  private final Disk disk;
  private final Segment segment;
  private final String name;

  HintFile(Disk disk, Segment segment) {
    this.disk = disk;
    this.segment = segment;
    name = FileNames.hint(segment.id());
  }

  /** About how many bytes the hint file of a sealed segment takes. */
  static long bytes(Segment segment) {
    return HINT_BYTES * segment.footer().entries();
  }

  /** Writes the file; it is whole and on stable storage when it gets its name. */
  void write() throws IOException {
    String temporary = FileNames.temporary(name);
    disk.delete(temporary);
    try {
      try (Store store = disk.create(temporary)) {
        write(store);
        store.sync();
      }
      disk.rename(temporary, name);
    } catch (IOException e) {
      disk.delete(temporary);
      throw e;
    }
  }

  private void write(Store store) throws IOException {
    SegmentFooter footer = segment.footer();
    HintWriter hints = new HintWriter(footer);
    SegmentHashes hashes = new SegmentHashes(disk, segment);
    SegmentScanner scanner = new SegmentScanner(segment);
    WriteBuffer buffer = new WriteBuffer(store);
    buffer.put(hints.bytes(), hints.begin());
    long entries = 0;
    while (scanner.next() == SegmentScanner.Step.ENTRY) {
      buffer.put(hints.bytes(), hints.add(HintEntry.of(scanner.header(), hashes.hash(scanner))));
      entries++;
    }
    if (scanner.offset() != footer.dataEnd() || entries != footer.entries()) {
      throw new IOException(segment.path() + " is damaged at offset " + scanner.offset() + ": " + scanner.fault());
    }
    buffer.put(hints.bytes(), hints.finish());
    buffer.flush();
  }

  /**
   * Reads the file: all of it twice, so that nothing is believed before everything has been checked.
   *
   * @param visitor receives the blocks
   * @return why the file cannot be used; empty if it was read, null if there is none
   */
  String read(Visitor visitor) throws IOException {
    String fault = readOnce(block -> {});
    return fault != null && fault.isEmpty() ? readOnce(visitor) : fault;
  }

  /**
   * Reads the file once. Each block has been checked when the visitor receives it, but all that it received must be given up again if the
   * file turns out to be unsound further on.
   *
   * @param visitor receives the blocks
   * @return why the file cannot be used; empty if it was read, null if there is none
   */
  String readOnce(Visitor visitor) throws IOException {
    try (Store store = disk.openForReading(name)) {
      return read(store, visitor);
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  private String read(Store store, Visitor visitor) throws IOException {
    HintReader reader = new HintReader(segment.footer());
    byte[] window = new byte[WINDOW];
    long fileAt = 0;
    int there = 0;
    int from = 0;
    while (true) {
      switch (reader.next(window, from, there)) {
        case HEADER -> {}
        case BLOCK -> visitor.visit(reader.block());
        case END -> {
          return from + reader.length() + fileAt < store.size() ? "there is more behind its end" : "";
        }
        case CORRUPT -> {
          return "it is damaged, or belongs to another version of the segment: " + reader.fault();
        }
        case TORN -> {
          fileAt += from;
          int count = store.read(ByteBuffer.wrap(window), fileAt);
          if (count < there - from + reader.missing()) {
            return "it is cut off";
          }
          from = 0;
          there = count;
        }
      }
      from += reader.length();
    }
  }
}
