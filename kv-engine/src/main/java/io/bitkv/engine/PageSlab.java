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
  void allocateDirty(int[] pages, int from) {
    for (int missing = take(pages, from); missing < pages.length; missing = take(pages, missing)) {
      addChunk();
    }
  }

  /** Allocates one page, in which may be anything. */
  int allocateDirty() {
    int[] page = new int[1];
    allocateDirty(page, 0);
    return page[0];
  }

  /** Writes the numbers of free pages into an array from an index on, as many as there are, and returns where it ended. */
  private synchronized int take(int[] pages, int from) {
    int to = Math.min(pages.length, from + freeCount);
    for (int i = from; i < to; i++) {
      pages[i] = free[--freeCount];
    }
    return to;
  }

  /** Makes a chunk without the lock, as that takes long: threads that find no page at the same time make one each. */
  private void addChunk() {
    int pages = nextChunkPages();
    add(arena.allocate((long) pages * PAGE_BYTES, CACHE_LINE_BYTES), pages);
  }

  private synchronized int nextChunkPages() {
    return chunkCount < SMALL_CHUNKS ? PAGES_PER_SMALL_CHUNK : PAGES_PER_CHUNK;
  }

  private synchronized void add(MemorySegment chunk, int pages) {
    if (chunkCount == chunks.length) {
      chunks = Arrays.copyOf(chunks, chunkCount * 2);
    }
    chunks[chunkCount] = chunk;
    makeRoom(pages);
    for (int page = pages - 1; page >= 0; page--) {
      free[freeCount++] = chunkCount << CHUNK_BITS | page;
    }
    chunkCount++;
    bytes += chunk.byteSize();
  }

  private void makeRoom(int pages) {
    if (freeCount + pages > free.length) {
      free = Arrays.copyOf(free, Math.max(freeCount + pages, free.length * 2));
    }
  }

  /** Fills the pages whose numbers stand in an array from an index to its end with the bytes of as many. */
  void write(int[] pages, int from, MemorySegment source) {
    for (int i = from, end; i < pages.length; i = end) {
      end = runEnd(pages, i);
      MemorySegment.copy(source, startOf(i - from), chunkOf(pages[i]), offsetOf(pages[i]), startOf(end - i));
    }
  }

  /** Copies the pages whose numbers stand in an array from an index to its end, one behind the other. */
  void read(int[] pages, int from, MemorySegment target) {
    for (int i = from, end; i < pages.length; i = end) {
      end = runEnd(pages, i);
      MemorySegment.copy(chunkOf(pages[i]), offsetOf(pages[i]), target, startOf(i - from), startOf(end - i));
    }
  }

  private static long startOf(int index) {
    return (long) index * PAGE_BYTES;
  }

  /** Where the pages end, from an index on, that lie one behind the other in the same chunk. */
  private static int runEnd(int[] pages, int from) {
    int end = from + 1;
    while (end < pages.length && pages[end] == pages[end - 1] + 1 && offsetOf(pages[end]) != 0) {
      end++;
    }
    return end;
  }

  /** Takes back the pages whose numbers stand in an array from an index to its end. */
  synchronized void free(int[] pages, int from) {
    int count = pages.length - from;
    makeRoom(count);
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
