package io.bitkv.engine;

import io.bitkv.codec.entry.EntryCodec;
import io.bitkv.codec.entry.EntryHeader;
import io.bitkv.codec.entry.SegmentFooter;
import io.bitkv.codec.entry.SegmentHeader;
import io.bitkv.codec.entry.SegmentTally;
import java.io.IOException;
import java.lang.invoke.VarHandle;
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
  private SegmentTally tally;
  private final LiveBytes live = new LiveBytes();
  private final byte[] scratch = new byte[EntryCodec.MAX_HEADER_LENGTH];
  private final Path path;
  private final Store store;
  private final SegmentBytes bytes;
  private final FileSync fileSync;
  private final Headroom headroom;
  private AppendBuffer buffer;
  private volatile long written;
  private volatile long end;
  private volatile long durableEnd = EntryHeader.NO_WATERMARK;
  private volatile boolean isSealed;
  private volatile SegmentFooter footer;

  /** Takes over an open file whose entries, as far as is known, end at an offset. */
  Segment(Path path, Store store, SegmentHeader header, long end) {
    this.path = path;
    this.store = store;
    bytes = new SegmentBytes(store);
    fileSync = new FileSync(store, path);
    headroom = new Headroom(store);
    this.header = header;
    this.end = end;
    written = end;
    codec = new EntryCodec(header);
    tally = new SegmentTally(header);
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

  /** Begins to count anew, as does a recovery that reads the entries again. */
  void recount() {
    tally = new SegmentTally(header);
  }

  LiveBytes live() {
    return live;
  }

  /** The offset behind the last entry. */
  long end() {
    return end;
  }

  /** The offset up to which entries are known to be on stable storage. */
  long durableEnd() {
    return durableEnd;
  }

  boolean isSealed() {
    return isSealed;
  }

  /** The footer; null if there is none yet, or it is damaged. */
  SegmentFooter footer() {
    return footer;
  }

  /**
   * Puts entries at the end, as one batch. When it throws, the segment ends where it did; the file may hold more, see {@link #rollBack}.
   *
   * @param batch the entries, numbered from the first sequence on
   * @param most the most bytes that they take
   * @param through the append buffer; what is there is part of the segment, though not yet of its file
   */
  void append(PendingEntry[] batch, long most, long firstSequence, AppendBuffer through) throws IOException {
    buffer = through;
    bytes.follow(written);
    boolean mayStay = buffer.begin(this, most);
    long at = end;
    for (int i = 0; i < batch.length; i++) {
      EntryHeader entry = batch[i].header();
      entry.sequence(firstSequence + i).watermark(durableEnd).batchContinues(i + 1 < batch.length);
      buffer.put(scratch, codec.encode(entry, at, scratch, 0));
      buffer.put(batch[i].key(), entry.keyLength());
      buffer.put(batch[i].value(), entry.valueLength());
      at += entry.length();
    }
    if (!mayStay) {
      buffer.flush();
    }
    for (PendingEntry entry : batch) {
      entry.placedIn(id());
      tally.add(entry.header());
    }
    end = at;
  }

  /** The offset up to which the file has been written; the rest, up to the end, is in the append buffer. */
  long written() {
    return written;
  }

  /** Writes bytes to the file, behind those that have been written. */
  void write(ByteBuffer more) throws IOException {
    int count = more.remaining();
    store.write(more, written);
    written += count;
  }

  /** Writes what is staged of a segment that was appended to. */
  void flush() throws IOException {
    buffer.flush();
  }

  /** Has zeros ahead of a segment that is flushed, and is to be synced, where that makes syncs cheaper. */
  void extendHeadroom() throws IOException {
    headroom.extend(written, durableEnd);
  }

  /** Removes what a failed append left behind the end, and what a failed write left behind all that has been written, zeros included. */
  void rollBack() throws IOException {
    written = Math.min(written, end);
    headroom.cut(written);
    if (buffer != null) {
      buffer.rollBack();
    }
  }

  /** Ends a segment at another offset that nothing is appended to yet; {@link #rollBack} then cuts the file there. */
  void endAt(long offset) {
    end = offset;
    written = offset;
  }

  /**
   * Reads bytes that lie before the end.
   *
   * @param offset where in the segment
   * @param target where they go
   * @param at the index of the first
   * @param length how many at most
   * @return how many were there, or {@link #GONE}
   */
  int read(long offset, byte[] target, int at, int length) throws IOException {
    int there = (int) Math.max(0, Math.min(length, end - offset));
    for (long mark = written; there > 0 && offset >= mark; mark = written) {
      if (!buffer.read((int) (offset - mark), target, at, there)) {
        return GONE;
      }
      VarHandle.acquireFence();
      if (mark == written) {
        return there;
      }
    }
    return there == 0 ? 0 : bytes.read(offset, target, at, (int) Math.min(there, written - offset));
  }

  /** Where what is written is read; whoever reads much of it in sequence {@linkplain SegmentBytes#announce announces} that. */
  SegmentBytes bytes() {
    return bytes;
  }

  /** Has every entry that has been written on stable storage when it returns. */
  void sync() throws IOException {
    long reached = Math.min(written, end);
    try {
      fileSync.run();
    } catch (ClosedChannelException e) {
      if (!isSealed) {
        throw e;
      }
    }
    durableEnd = Math.max(durableEnd, reached);
  }

  /** Writes the footer behind a segment that is flushed, and syncs. Entries are synced first: a footer must not stand behind torn ones. */
  void seal() throws IOException {
    Flight.Span<Flight.Rollover> span = Flight.begin(Flight.Rollover::new);
    sync();
    SegmentFooter last = tally.footer(end);
    try {
      if (headroom.isBehind(end)) {
        headroom.cut(end);
      }
      store.write(ByteBuffer.wrap(last.encode()), end);
    } catch (IOException e) {
      rollBack();
      throw e;
    }
    fileSync.run();
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
