package io.bitkv.engine;

import java.io.Closeable;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.Arrays;

/**
 * What readers see of a segment's file: its beginning through a mapping, the rest through system calls.
 *
 * <p>A mapped read costs a fraction of a system call, so the mapping follows a segment that grows, in parts, and takes in all of
 * it at once when it is sealed. A part is mapped when the segment has grown beyond it, but for the first, which is mapped anew as it
 * fills. What is mapped is never cut off again: a mapped page behind the end of its file cannot be read. Where the system has no
 * mapping to give, all is read through system calls. Read by any thread; mapped by one at a time.
 */
final class SegmentBytes implements Closeable {
  /** The parts are few, because each takes one of the mappings that a process may have, and keeps it until the segment is closed. */
  private static final int PART_BITS = 23;

  private static final long PART_BYTES = 1 << PART_BITS;

  /** How much the first part grows before it is mapped anew. */
  private static final long LEAST_GROWTH = 1 << 20;

  private static final MemorySegment[] NONE = {};

  private final Store store;
  private final Arena arena = Arena.ofShared();
  private volatile MemorySegment whole = MemorySegment.NULL;
  private volatile MemorySegment[] parts = NONE;
  private long nextMapping = LEAST_GROWTH;

  SegmentBytes(Store store) {
    this.store = store;
  }

  /** Has the mapping follow a segment that ends at an offset by now. */
  void follow(long end) {
    while (end >= nextMapping) {
      mapPart((int) ((nextMapping - 1) >> PART_BITS), nextMapping);
      nextMapping += nextMapping < PART_BYTES ? LEAST_GROWTH : PART_BYTES;
    }
  }

  private void mapPart(int part, long end) {
    long from = (long) part << PART_BITS;
    MemorySegment[] more = Arrays.copyOf(parts, part + 1);
    more[part] = map(from, end - from);
    parts = more;
  }

  /** Takes all of a segment in that grows no more; its file is closed if that succeeds. */
  void mapWhole(long end) {
    MemorySegment mapped = map(0, end);
    if (mapped.byteSize() > 0) {
      whole = mapped;
      try {
        store.close();
      } catch (IOException e) {
        // Everything was synced, and the mapping needs no file.
      }
    }
  }

  /** Maps some bytes; none if the system does not. */
  private MemorySegment map(long from, long length) {
    try {
      return store.map(from, length, arena);
    } catch (IOException e) {
      return MemorySegment.NULL;
    }
  }

  /**
   * Reads bytes that have been written.
   *
   * @return how many were there, or {@link Segment#GONE}
   */
  int read(long offset, byte[] target, int at, int length) throws IOException {
    MemorySegment bytes = whole;
    long from = offset;
    if (offset + length > bytes.byteSize()) {
      bytes = part(offset);
      from = offset & PART_BYTES - 1;
    }
    if (from + length > bytes.byteSize()) {
      try {
        return store.read(ByteBuffer.wrap(target, at, length), offset);
      } catch (ClosedChannelException e) {
        bytes = whole;
        from = offset;
        if (offset + length > bytes.byteSize()) {
          return Segment.GONE;
        }
      }
    }
    try {
      MemorySegment.copy(bytes, ValueLayout.JAVA_BYTE, from, target, at, length);
      return length;
    } catch (IllegalStateException e) {
      return Segment.GONE;
    } catch (InternalError e) {
      throw new IOException("the disk failed to deliver the page at offset " + offset, e);
    }
  }

  private MemorySegment part(long offset) {
    MemorySegment[] now = parts;
    long part = offset >> PART_BITS;
    return part < now.length ? now[(int) part] : MemorySegment.NULL;
  }

  @Override
  public void close() throws IOException {
    try (store) {
      whole = MemorySegment.NULL;
      parts = NONE;
      if (arena.scope().isAlive()) {
        arena.close();
      }
    }
  }
}
