package io.bitkv.engine;

import java.io.Closeable;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;

/**
 * What readers see of a segment's file: its beginning through a mapping, the rest through system calls.
 *
 * <p>A mapped read costs a fraction of a system call, so the mapping follows a segment that grows, at some distance, and takes in all of
 * it once it is sealed. What is mapped is never cut off again: a mapped page behind the end of its file cannot be read. Where the system has no mapping to give, all is read through system calls. Read by any thread; mapped by one at a time.
 */
final class SegmentBytes implements Closeable {
  /** How much a segment grows before its mapping does; an eighth of the mapping where that is more. */
  private static final long LEAST_GROWTH = 1 << 20;

  private final Store store;
  private final Arena arena = Arena.ofShared();
  private volatile MemorySegment mapped = MemorySegment.NULL;
  private long nextMapping = LEAST_GROWTH;

  SegmentBytes(Store store) {
    this.store = store;
  }

  /** Has the mapping follow a segment that ends at an offset by now. */
  void follow(long end) {
    if (end >= nextMapping) {
      map(end);
      nextMapping = end + Math.max(LEAST_GROWTH, end >> 3);
    }
  }

  /** Takes all of a segment in that grows no more; its file is closed if that succeeds. */
  void mapWhole(long end) {
    if (map(end)) {
      try {
        store.close();
      } catch (IOException e) {
        // Everything was synced, and the mapping needs no file.
      }
    }
  }

  private boolean map(long length) {
    try {
      mapped = store.map(length, arena);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Reads bytes that have been written.
   *
   * @return how many were there, or {@link Segment#GONE}
   */
  int read(long offset, byte[] target, int at, int length) throws IOException {
    MemorySegment bytes = mapped;
    if (offset + length > bytes.byteSize()) {
      try {
        return store.read(ByteBuffer.wrap(target, at, length), offset);
      } catch (ClosedChannelException e) {
        bytes = mapped;
        if (offset + length > bytes.byteSize()) {
          return Segment.GONE;
        }
      }
    }
    try {
      MemorySegment.copy(bytes, ValueLayout.JAVA_BYTE, offset, target, at, length);
      return length;
    } catch (IllegalStateException e) {
      return Segment.GONE;
    } catch (InternalError e) {
      throw new IOException("the disk failed to deliver the page at offset " + offset, e);
    }
  }

  @Override
  public void close() throws IOException {
    try (store) {
      mapped = MemorySegment.NULL;
      if (arena.scope().isAlive()) {
        arena.close();
      }
    }
  }
}
