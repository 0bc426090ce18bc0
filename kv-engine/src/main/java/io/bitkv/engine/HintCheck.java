package io.bitkv.engine;

import io.bitkv.codec.entry.EntryHeader;
import io.bitkv.codec.entry.HintBlock;
import io.bitkv.codec.entry.HintReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Compares the hint file of a sealed segment with the segment, entry by entry, while that is read. It stops at the first thing that is
 * wrong: what comes behind a part that is damaged cannot be told from it. For one thread.
 */
final class HintCheck implements AutoCloseable {
  private final Store store;
  private final Path path;
  private final HintReader reader;
  private final Findings findings;
  private final byte[] window = new byte[HintReader.MAX_PART_LENGTH];
  private long partAt;
  private int partLength;
  private HintBlock block;
  private int next;
  private boolean isOver;

  private HintCheck(Path path, Store store, Segment segment, Findings findings) {
    this.path = path;
    this.store = store;
    reader = new HintReader(segment.footer());
    this.findings = findings;
  }

  /** Begins to compare; null if the hint file is gone, as that of a segment that was merged meanwhile. */
  static HintCheck open(Disk disk, Segment segment, Findings findings) throws IOException {
    String name = FileNames.hint(segment.id());
    try {
      return new HintCheck(disk.path(name), disk.openForReading(name), segment, findings);
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  /** Compares the next hint with a sound entry, which may be left out by the file. */
  void entry(EntryHeader entry, long hash) throws IOException {
    if (!has()) {
      return;
    }
    long offset = block.offset(next);
    if (offset < entry.offset()) {
      mismatch(offset);
    } else if (offset == entry.offset()) {
      boolean isSame =
          block.kind(next) == entry.kind()
              && block.sequence(next) == entry.sequence()
              && block.length(next) == entry.length()
              && block.keyspace(next) == entry.keyspace()
              && block.hash(next) == hash
              && block.expires(next) == (entry.expiry() != EntryHeader.NO_EXPIRY);
      if (isSame) {
        next++;
      } else {
        mismatch(offset);
      }
    }
  }

  private void mismatch(long offset) {
    found(partAt, partAt + partLength, "it lists another entry at offset " + offset + " than the segment has there");
  }

  /** Passes over the hints of bytes that are damaged in the segment. */
  void passOver(long to) throws IOException {
    while (has() && block.offset(next) < to) {
      next++;
    }
  }

  /** Reads the rest, when the segment has ended. */
  void end() throws IOException {
    if (has()) {
      mismatch(block.offset(next));
    }
  }

  /** Whether there is another hint, which has been checked. */
  private boolean has() throws IOException {
    while (!isOver && (block == null || next == block.count())) {
      advance();
    }
    return !isOver;
  }

  private void advance() throws IOException {
    partAt += partLength;
    partLength = 0;
    int there = store.read(ByteBuffer.wrap(window), partAt);
    switch (reader.next(window, 0, there)) {
      case HEADER -> partLength = reader.length();
      case BLOCK -> {
        partLength = reader.length();
        block = reader.block();
        next = 0;
      }
      case END -> {
        isOver = true;
        if (partAt + reader.length() < store.size()) {
          found(partAt + reader.length(), store.size(), "there is more behind its end");
        }
      }
      case TORN -> found(partAt, store.size(), "it is cut off");
      case CORRUPT -> found(partAt, store.size(), reader.fault().toString());
    }
  }

  private void found(long from, long to, String detail) {
    isOver = true;
    findings.damage(path, from, to, detail + "; the values are not concerned, the next opening makes the file anew");
  }

  @Override
  public void close() throws IOException {
    store.close();
  }
}
