package io.bitkv.engine;

import io.bitkv.codec.entry.EntryCodec;
import io.bitkv.codec.entry.EntryHeader;
import io.bitkv.codec.entry.SegmentFooter;
import io.bitkv.codec.entry.SegmentHeader;
import io.bitkv.codec.entry.SegmentTally;
import java.io.IOException;
import java.nio.ByteBuffer;

/** The segment that a merge writes, under a temporary name until it is whole. For one thread. */
final class MergeOutput {
  private static final int CHUNK = 1 << 20;

  /** After so many bytes they are synced, so that other syncs need not wait for all of them, and the room for the rest is looked at. */
  private static final long SYNC_BYTES = 16 << 20;

  private final Disk disk;
  private final SegmentHeader header;
  private final String temporary;
  private final EntryCodec codec;
  private final SegmentTally tally;
  private final byte[] chunk = new byte[CHUNK];
  private final Store store;
  private final long expectedBytes;
  private final boolean isReserved;
  private int inChunk;
  private long flushed;
  private long synced;
  private Segment segment;
  private boolean isPublished;

  /**
   * Makes the file, and takes the room for it where that can be had.
   *
   * @param disk where
   * @param header the segment's header
   * @param expectedBytes how much room the file and its hint file take, about
   */
  MergeOutput(Disk disk, SegmentHeader header, long expectedBytes) throws IOException {
    this.disk = disk;
    this.header = header;
    this.expectedBytes = expectedBytes;
    codec = new EntryCodec(header);
    tally = new SegmentTally(header);
    temporary = FileNames.temporary(FileNames.segment(header.segmentId()));
    disk.delete(temporary);
    store = disk.create(temporary);
    isReserved = reserve();
    byte[] first = header.encode();
    put(first, 0, first.length);
  }

  private boolean reserve() throws IOException {
    try {
      return disk.reserve(temporary, expectedBytes);
    } catch (Throwable e) {
      discard(e);
      throw e;
    }
  }

  /** The bytes written so far. */
  long length() {
    return flushed + inChunk;
  }

  /** Begins an entry, whose data has been hashed or checked; key and value must follow. */
  void begin(EntryHeader entry) throws IOException {
    entry.batchContinues(false).watermark(EntryHeader.NO_WATERMARK);
    if (inChunk > CHUNK - EntryCodec.MAX_HEADER_LENGTH) {
      flush();
    }
    inChunk += codec.encode(entry, length(), chunk, inChunk);
    tally.add(entry);
  }

  /** Copies the entry that a scan of another segment met; encoding it anew changes what its header says of its place. */
  void copy(Segment input, SegmentScanner scanner) throws IOException {
    EntryHeader entry = scanner.header();
    int keyFrom = scanner.keyFrom();
    long valueFrom = entry.offset() + entry.headerLength() + entry.keyLength();
    boolean isInWindow = scanner.isInWindow();
    begin(entry);
    put(scanner.window(), keyFrom, entry.keyLength() + (isInWindow ? entry.valueLength() : 0));
    if (!isInWindow) {
      copyValue(input, valueFrom, entry.valueLength());
    }
  }

  private void copyValue(Segment input, long from, int length) throws IOException {
    byte[] bytes = new byte[Math.min(length, CHUNK)];
    for (int done = 0; done < length; ) {
      int count = input.read(from + done, bytes, 0, Math.min(bytes.length, length - done));
      if (count <= 0) {
        throw new IOException(input.path() + " ended at offset " + (from + done));
      }
      put(bytes, 0, count);
      done += count;
    }
  }

  /** Adds bytes of a key or a value. */
  void put(byte[] bytes, int from, int length) throws IOException {
    for (int at = from; at < from + length; ) {
      if (inChunk == CHUNK) {
        flush();
      }
      int count = Math.min(from + length - at, CHUNK - inChunk);
      System.arraycopy(bytes, at, chunk, inChunk, count);
      inChunk += count;
      at += count;
    }
  }

  private void flush() throws IOException {
    store.write(ByteBuffer.wrap(chunk, 0, inChunk), flushed);
    flushed += inChunk;
    inChunk = 0;
    if (flushed - synced >= SYNC_BYTES) {
      store.sync();
      synced = flushed;
      if (!isReserved) {
        Room.check(disk, Math.max(0, expectedBytes - flushed));
      }
    }
  }

  /** Ends the file, has it on stable storage, and opens it; it is not renamed yet. */
  Segment finish() throws IOException {
    long dataEnd = length();
    SegmentFooter footer = tally.footer(dataEnd);
    byte[] last = footer.encode();
    put(last, 0, last.length);
    flush();
    if (isReserved) {
      giveBackTheRest();
    }
    store.sync();
    segment = new Segment(disk.path(FileNames.segment(header.segmentId())), store, header, dataEnd);
    segment.live().deletionBytes(tally.deletionBytes());
    segment.sealed(footer);
    return segment;
  }

  /** Gives back the room behind the end; a file is cut off there only if it is longer. */
  private void giveBackTheRest() throws IOException {
    store.write(ByteBuffer.allocate(1), flushed);
    store.truncate(flushed);
  }

  /** Gives the file its name, for good when it returns. */
  void publish() throws IOException {
    disk.rename(temporary, FileNames.segment(header.segmentId()));
    disk.sync();
    isPublished = true;
  }

  /** Closes the file unless it was published for good, and removes it if it has not been given its name, as far as that is possible. */
  void discardUnpublished(Throwable failure) {
    if (!isPublished) {
      close(failure);
    }
    delete(temporary, failure);
  }

  /** Closes the file and removes it and its hint file, as far as that is possible. */
  void discard(Throwable failure) {
    close(failure);
    delete(temporary, failure);
    delete(FileNames.hint(header.segmentId()), failure);
  }

  private void close(Throwable failure) {
    try {
      if (segment != null) {
        segment.close();
      } else {
        store.close();
      }
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }

  private void delete(String name, Throwable failure) {
    try {
      disk.delete(name);
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }
}
