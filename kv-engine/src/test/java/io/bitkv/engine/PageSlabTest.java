package io.bitkv.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Pages belong to one owner at a time, and are copied whole, wherever they lie. */
class PageSlabTest {
  private static final int THREADS = 4;
  private static final int ROUNDS = 20_000;

  private final PageSlab slab = new PageSlab();
  private final AtomicIntegerArray isOwned = new AtomicIntegerArray(1 << 16);

  @AfterEach
  void close() {
    slab.close();
  }

  @Test
  @DisplayName("noPageHasTwoOwners: of threads that take and give back, singly and several at once")
  void noPageHasTwoOwners() throws Exception {
    List<Future<?>> owners = new ArrayList<>();
    CountDownLatch all = new CountDownLatch(THREADS);
    try (ExecutorService executor = Executors.newFixedThreadPool(THREADS)) {
      for (int thread = 0; thread < THREADS; thread++) {
        owners.add(executor.submit(() -> takeAndGiveBack(all)));
      }
    }
    for (Future<?> owner : owners) {
      owner.get(1, TimeUnit.MINUTES);
    }
  }

  private Void takeAndGiveBack(CountDownLatch all) throws InterruptedException {
    all.countDown();
    all.await();
    for (int round = 0; round < ROUNDS; round++) {
      int[] pages = new int[1 + round % 100];
      slab.allocateDirty(pages, 1);
      pages[0] = slab.allocateDirty();
      for (int page : pages) {
        assertTrue(isOwned.compareAndSet(page, 0, 1), () -> "page " + page + " is given to two");
      }
      for (int page : pages) {
        isOwned.set(page, 0);
      }
      slab.free(pages, 0);
    }
    return null;
  }

  @Test
  @DisplayName("pagesAreCopiedWhereverTheyLie: scattered, side by side, and in several chunks")
  void pagesAreCopiedWhereverTheyLie() {
    int[] one = new int[300];
    slab.allocateDirty(one, 0);
    slab.free(one, 200);
    int[] pages = new int[2000];
    slab.allocateDirty(pages, 1);
    byte[] bytes = new byte[(pages.length - 1) * PageSlab.PAGE_BYTES];
    new Random(7).nextBytes(bytes);
    slab.write(pages, 1, MemorySegment.ofArray(bytes));
    byte[] copy = new byte[bytes.length];
    slab.read(pages, 1, MemorySegment.ofArray(copy));
    assertArrayEquals(bytes, copy);
    for (int i = 1; i < pages.length; i++) {
      long first = slab.chunkOf(pages[i]).get(TagSlots.LOCATION, PageSlab.offsetOf(pages[i]));
      assertEquals(MemorySegment.ofArray(bytes).get(TagSlots.LOCATION, (i - 1L) * PageSlab.PAGE_BYTES), first, "page " + i);
    }
    assertNotEquals(0, IntStream.range(2, pages.length).filter(i -> pages[i] != pages[i - 1] + 1).count(), "all lay side by side");
  }
}
