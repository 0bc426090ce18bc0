package io.bitkv.engine;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * Off-heap memory in pages of {@value #PAGE_BYTES} bytes, from which the tables of one directory are made.
 *
 * <p>Pages of one size leave no gaps: what one stripe gives back when it is rebuilt, the next one uses. A page is known by a number
 * that holds its chunk and its place in the chunk. Chunks are never given back singly, so the memory of a page stays readable until
 * {@link #close()}, whoever uses it by then. That is what lets optimistic readers look at a page that has been freed under them:
 * they read nonsense, see that the table has changed, and start again. After {@code close} they meet an
 * {@link IllegalStateException} instead, which the shared {@link Arena} guarantees, and never unmapped memory.
 *
 * <p>A chunk is filled with zeros as it is allocated, in the time of some put, and the system has to find memory for it. Chunks of 256 KiB
 * keep that below a millisecond where a page takes 10 microseconds; the first ones are smaller, for keyspaces of few keys.
 */
final class PageSlab implements AutoCloseable {
  /** The size of a page: eight cache lines. */
  static final int PAGE_BYTES = 512;

  private static final int CHUNK_BITS = 9;
  private static final int PAGES_PER_CHUNK = 1 << CHUNK_BITS;
  private static final int SMALL_CHUNKS = 4;
  private static final int PAGES_PER_SMALL_CHUNK = PAGES_PER_CHUNK / SMALL_CHUNKS;
  private static final int CACHE_LINE_BYTES = 64;

  private final Arena arena = Arena.ofShared();
  private MemorySegment[] chunks = new MemorySegment[SMALL_CHUNKS];
  private int chunkCount;
  private int[] free = new int[PAGES_PER_SMALL_CHUNK];
  private int freeCount;
  private long bytes;

  /**
   * The chunk that a page lies in. Needs no lock if the page's number was published after {@link #allocate} returned it.
   */
  MemorySegment chunkOf(int page) {
    return chunks[page >>> CHUNK_BITS];
  }

  /** Where a page begins in its chunk, in bytes. */
  static long offsetOf(int page) {
    return (long) (page & PAGES_PER_CHUNK - 1) * PAGE_BYTES;
  }

  /** Allocates pages, filled with zeros, and writes their numbers into an array from an index to its end. */
  void allocate(int[] pages, int from) {
    allocateDirty(pages, from);
    for (int i = from; i < pages.length; i++) {
      chunkOf(pages[i]).asSlice(offsetOf(pages[i]), PAGE_BYTES).fill((byte) 0);
    }
  }

  /** Allocates pages, in which may be anything, and writes their numbers into an array from an index to its end. */
  synchronized void allocateDirty(int[] pages, int from) {
    for (int i = from; i < pages.length; i++) {
      pages[i] = allocateDirty();
    }
  }

  /** Allocates one page, in which may be anything. */
  synchronized int allocateDirty() {
    if (freeCount == 0) {
      addChunk();
    }
    return free[--freeCount];
  }

  private void addChunk() {
    int pages = chunkCount < SMALL_CHUNKS ? PAGES_PER_SMALL_CHUNK : PAGES_PER_CHUNK;
    MemorySegment chunk = arena.allocate((long) pages * PAGE_BYTES, CACHE_LINE_BYTES);
    if (chunkCount == chunks.length) {
      chunks = Arrays.copyOf(chunks, chunkCount * 2);
    }
    chunks[chunkCount] = chunk;
    if (free.length < pages) {
      free = new int[pages];
    }
    for (int page = pages - 1; page >= 0; page--) {
      free[freeCount++] = chunkCount << CHUNK_BITS | page;
    }
    chunkCount++;
    bytes += chunk.byteSize();
  }

  /** Takes back the pages whose numbers stand in an array from an index to its end. */
  synchronized void free(int[] pages, int from) {
    int count = pages.length - from;
    if (freeCount + count > free.length) {
      free = Arrays.copyOf(free, Math.max(freeCount + count, free.length * 2));
    }
    System.arraycopy(pages, from, free, freeCount, count);
    freeCount += count;
  }

  /** Memory held, on and off the heap, in bytes. */
  synchronized long memoryBytes() {
    return bytes + (long) free.length * Integer.BYTES + (long) chunks.length * Integer.BYTES;
  }

  /** Whether the memory has been given back. */
  boolean isClosed() {
    return !arena.scope().isAlive();
  }

  /** Gives all memory back to the system. */
  @Override
  public void close() {
    arena.close();
  }
}
