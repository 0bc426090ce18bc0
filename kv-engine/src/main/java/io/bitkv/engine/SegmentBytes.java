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
 *
 * <p>Once random reads are expected, the system is {@linkplain Advice advised} of that, and brings single pages. A large read then asks
 * for the rest of its bytes as soon as it turns out that they come from the disk, which is when copying takes longer than memory would.
 */
final class SegmentBytes implements Closeable {
  /** The parts are few, because each takes one of the mappings that a process may have, and keeps it until the segment is closed. */
  private static final int PART_BITS = 23;

  private static final long PART_BYTES = 1 << PART_BITS;

  /** How much the first part grows before it is mapped anew. */
  private static final long LEAST_GROWTH = 1 << 20;

  /** A read of as many bytes is large: it may ask for its bytes. */
  private static final int LARGE = 16 << 10;

  /** A large read begins with so many bytes; the first page has often come with the entry's header. */
  private static final int FIRST_PIECE = 8 << 10;

  private static final int PIECE = 64 << 10;

  /** No piece takes as long from memory; from a disk, a single page does. Asking takes about two microseconds. */
  private static final long SLOW_NANOS = 50_000;

  private static final MemorySegment[] NONE = {};

  private final Store store;
  private final Arena arena = Arena.ofShared();
  private volatile MemorySegment whole = MemorySegment.NULL;
  private volatile MemorySegment[] parts = NONE;
  private volatile Advice advice;
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
    advise(more[part]);
  }

  /** Takes all of a segment in that grows no more; its file is closed if that succeeds. */
  void mapWhole(long end) {
    MemorySegment mapped = map(0, end);
    if (mapped.byteSize() > 0) {
      whole = mapped;
      advise(mapped);
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

  /** Notes that reads go anywhere from now on. */
  synchronized void expectRandomReads(Advice now) {
    advice = now;
    advise(whole);
    Arrays.stream(parts).forEach(this::advise);
  }

  /** Advises the system of random reads if they are expected, and what it would read in excess is worth it. */
  private synchronized void advise(MemorySegment mapped) {
    if (advice != null && mapped.isMapped() && mapped.byteSize() >= LEAST_GROWTH && arena.scope().isAlive()) {
      advice.random(mapped);
    }
  }

  /** Has bytes brought that are about to be read, as far as they are mapped as a whole, without waiting for them. */
  void announce(long offset, int length) {
    MemorySegment mapped = whole;
    Advice adviser = advice;
    long there = Math.min(length, mapped.byteSize() - offset);
    if (adviser != null && there > 0) {
      adviser.willNeed(mapped, offset, there);
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
      int done = length < LARGE ? 0 : copyUntilSlow(bytes, from, target, at, length);
      MemorySegment.copy(bytes, ValueLayout.JAVA_BYTE, from + done, target, at + done, length - done);
      return length;
    } catch (IllegalStateException e) {
      return Segment.GONE;
    } catch (InternalError e) {
      throw new IOException("the disk failed to deliver the page at offset " + offset, e);
    }
  }

  /** Copies until the disk has to be waited for, and then asks it for the rest; tells how many bytes were copied. */
  private int copyUntilSlow(MemorySegment bytes, long from, byte[] target, int at, int length) {
    Advice adviser = advice;
    int done = 0;
    for (boolean isSlow = adviser == null; !isSlow && done < length; ) {
      int piece = Math.min(done == 0 ? FIRST_PIECE : PIECE, length - done);
      long began = System.nanoTime();
      MemorySegment.copy(bytes, ValueLayout.JAVA_BYTE, from + done, target, at + done, piece);
      isSlow = System.nanoTime() - began > SLOW_NANOS;
      done += piece;
      if (isSlow) {
        adviser.willNeed(bytes, from + done, length - done);
      }
    }
    return done;
  }

  private MemorySegment part(long offset) {
    MemorySegment[] now = parts;
    long part = offset >> PART_BITS;
    return part < now.length ? now[(int) part] : MemorySegment.NULL;
  }

  @Override
  public synchronized void close() throws IOException {
    try (store) {
      whole = MemorySegment.NULL;
      parts = NONE;
      if (arena.scope().isAlive()) {
        arena.close();
      }
    }
  }
}
