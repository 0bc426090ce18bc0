package io.bitkv.engine;

import io.bitkv.codec.entry.EntryCodec;
import io.bitkv.codec.entry.EntryHeader;
import io.bitkv.codec.entry.SegmentFooter;
import io.bitkv.codec.entry.SegmentHeader;
import io.bitkv.codec.entry.SegmentTally;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Path;

/**
 * One data file: a header, entries, and, once it is sealed, a footer.
 *
 * <p>It grows at its end only, by the thread that holds the append lock of {@link Segments}; anybody may read what lies before the end
 * meanwhile, through {@link SegmentBytes}. A sealed segment never changes again. One that is retired can no longer be read; its readers
 * ask the key directory again.
 */
final class Segment {
  /** What {@link #read} returns once the segment is retired. */
  static final int GONE = -1;

  private final SegmentHeader header;
  private final EntryCodec codec;
  private final SegmentTally tally;
  private final LiveBytes live = new LiveBytes();
  private final byte[] scratch = new byte[EntryCodec.MAX_HEADER_LENGTH];
  private final Path path;
  private final Store store;
  private final SegmentBytes bytes;
  private volatile long end;
  private volatile long durableEnd = EntryHeader.NO_WATERMARK;
  private volatile boolean isSealed;
  private volatile SegmentFooter footer;

  /** Takes over an open file whose entries, as far as is known, end at an offset. */
  Segment(Path path, Store store, SegmentHeader header, long end) {
    this.path = path;
    this.store = store;
    bytes = new SegmentBytes(store);
    this.header = header;
    this.end = end;
    codec = new EntryCodec(header);
    tally = new SegmentTally(header);
  }

  /** Makes the file and its header, and has both on stable storage when it returns. */
  static Segment create(Disk disk, SegmentHeader header) throws IOException {
    String name = FileNames.segment(header.segmentId());
    Store store = disk.create(name);
    try {
      store.write(ByteBuffer.wrap(header.encode()), 0);
      sync(store, disk.path(name));
      try {
        disk.sync();
      } catch (IOException e) {
        throw new SyncFailure(disk.directory(), e);
      }
      return new Segment(disk.path(name), store, header, SegmentHeader.LENGTH);
    } catch (Throwable e) {
      try (store) {
        disk.delete(name);
      } catch (IOException suppressed) {
        e.addSuppressed(suppressed);
      }
      throw e;
    }
  }

  private static void sync(Store store, Path path) throws IOException {
    try {
      store.sync();
    } catch (ClosedChannelException e) {
      throw e;
    } catch (IOException e) {
      throw new SyncFailure(path, e);
    }
  }

  int id() {
    return header.segmentId();
  }

  Path path() {
    return path;
  }

  SegmentHeader header() {
    return header;
  }

  EntryCodec codec() {
    return codec;
  }

  /** Counts the entries for the footer; for the thread that appends, or recovers. */
  SegmentTally tally() {
    return tally;
  }

  LiveBytes live() {
    return live;
  }

  /** The offset behind the last entry. */
  long end() {
    return end;
  }

  boolean isSealed() {
    return isSealed;
  }

  /** The footer; null if there is none yet, or it is damaged. */
  SegmentFooter footer() {
    return footer;
  }


  /**
   * Writes entries at the end, as one batch. When it throws, the segment ends where it did; the file may hold more, see {@link #rollBack}.
   *
   * @param batch the entries
   * @param firstSequence the sequence number of the first; the others follow
   * @param buffer the append buffer
   */
  void append(PendingEntry[] batch, long firstSequence, AppendBuffer buffer) throws IOException {
    bytes.follow(end);
    long at = end;
    long durable = durableEnd;
    buffer.begin(store, at);
    for (int i = 0; i < batch.length; i++) {
      EntryHeader entry = batch[i].header();
      entry.sequence(firstSequence + i).watermark(durable).batchContinues(i + 1 < batch.length);
      buffer.put(scratch, codec.encode(entry, at, scratch, 0));
      buffer.put(batch[i].key(), entry.keyLength());
      buffer.put(batch[i].value(), entry.valueLength());
      at += entry.length();
    }
    buffer.flush();
    for (PendingEntry entry : batch) {
      entry.placedIn(id());
      tally.add(entry.header());
    }
    end = at;
  }

  /** Removes what a failed append left behind the end. */
  void rollBack() throws IOException {
    store.truncate(end);
  }

  /** Ends the segment at an earlier offset; {@link #rollBack} then cuts the file there. */
  void endAt(long offset) {
    end = offset;
  }

  /**
   * Reads bytes that lie before the end.
   *
   * @param offset where in the segment
   * @param target where they go
   * @param at the index of the first
   * @param length how many at most
   * @return how many were there, or {@link #GONE}
   * @throws IOException if the disk fails
   */
  int read(long offset, byte[] target, int at, int length) throws IOException {
    int there = (int) Math.min(length, end - offset);
    return there <= 0 ? 0 : bytes.read(offset, target, at, there);
  }

  /** Has every entry so far on stable storage when it returns. */
  void sync() throws IOException {
    long reached = end;
    try {
      sync(store, path);
    } catch (ClosedChannelException e) {
      if (!isSealed) {
        throw e;
      }
    }
    durableEnd = Math.max(durableEnd, reached);
  }

  /**
   * Writes the footer and has all on stable storage when it returns. The entries are synced before the footer is written, or a crash could
   * leave a footer behind entries that are torn.
   */
  void seal() throws IOException {
    Flight.Span<Flight.Rollover> span = Flight.begin(Flight.Rollover::new);
    sync();
    SegmentFooter last = tally.footer(end);
    try {
      store.write(ByteBuffer.wrap(last.encode()), end);
    } catch (IOException e) {
      rollBack();
      throw e;
    }
    sync(store, path);
    live.deletionBytes(tally.deletionBytes());
    sealed(last);
    span.end(
        path.getParent(),
        event -> {
          event.segment = id();
          event.bytes = end + SegmentFooter.LENGTH;
        });
  }

  /** Notes that nothing is added any more, and reads through a mapping from now on; without one if the system has none to give. */
  void sealed(SegmentFooter last) {
    footer = last;
    isSealed = true;
    durableEnd = end;
    bytes.mapWhole(end);
  }

  /** Ends all reading: the mapping and the file are closed. Writes nothing. */
  void close() throws IOException {
    bytes.close();
  }
}
