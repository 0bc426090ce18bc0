package io.bitkv.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The locks of stripes, and how hashes are divided among them. */
class StripeLocksTest {
  private static long hashOf(int stripe, int stripes) {
    return new StripeLayout(stripes).lowestHash(StripeLayout.prefix(stripe, 5));
  }

  @Test
  void theStripeIsTheTopOfTheHashAndTheTagWhatFollows() {
    StripeLayout layout = new StripeLayout(4096);
    long hash = 0xABC1_2345_678D_EF01L;
    assertEquals(0xABC, layout.stripeOf(hash));
    assertEquals(0x1234_5678, layout.tagOf(hash));
    assertEquals(0xABC1_2345_6780_0000L, layout.lowestHash(layout.prefixOf(hash)) & 0xFFFF_FFFF_FFF0_0000L);
    assertEquals(0, new StripeLayout(1).stripeOf(-1));
    assertEquals(-1, new StripeLayout(1).tagOf(-1));
    assertEquals(65_535, new StripeLayout(65_536).stripeOf(-1));
  }

  @Test
  void theNumberOfStripesIsAPowerOfTwo() {
    for (int count : new int[] {0, -1, 3, 4095, 131_072, Integer.MIN_VALUE}) {
      assertThrows(IllegalArgumentException.class, () -> new StripeLocks(count));
    }
  }

  @Test
  void severalStripesAreLockedInOrderAndOnceEach() {
    StripeLocks locks = new StripeLocks(16);
    int[] held = locks.lockAllOf(hashOf(9, 16), hashOf(2, 16), hashOf(9, 16) + 1, hashOf(15, 16));
    assertArrayEquals(new int[] {2, 9, 15}, held);
    assertTrue(locks.isHeld(2) && locks.isHeld(9) && locks.isHeld(15));
    assertFalse(locks.isHeld(3));
    assertFalse(CompletableFuture.supplyAsync(() -> locks.isHeld(9), task -> new Thread(task).start()).join());
    locks.unlockAll(held);
    assertTrue(IntStream.range(0, 16).noneMatch(locks::isHeld));
  }

  @Test
  void allStripesCanBeLocked() {
    StripeLocks locks = new StripeLocks(8);
    assertFalse(locks.isEveryHeld());
    locks.lockEvery();
    assertTrue(locks.isEveryHeld());
    locks.unlockEvery();
    assertTrue(IntStream.range(0, 8).noneMatch(locks::isHeld));
  }

  @Test
  @Timeout(value = 2, unit = TimeUnit.MINUTES)
  void overlappingSetsOfStripesNeverDeadlockAndExcludeEachOther() {
    StripeLocks locks = new StripeLocks(4);
    int[] counters = new int[4];
    try (ExecutorService threads = Executors.newCachedThreadPool()) {
      for (int thread = 0; thread < 4; thread++) {
        Random random = new Random(thread);
        threads.execute(() -> countUnderLocks(locks, counters, random));
      }
    }
    int expected = 4 * 20_000;
    for (int thread = 0; thread < 4; thread++) {
      Random random = new Random(thread);
      for (int i = 0; i < 20_000; i++) {
        expected += locks.stripeOf(random.nextLong()) == locks.stripeOf(random.nextLong()) ? 1 : 2;
      }
    }
    assertEquals(expected, IntStream.of(counters).sum());
  }

  private static void countUnderLocks(StripeLocks locks, int[] counters, Random random) {
    for (int i = 0; i < 20_000; i++) {
      int[] held = locks.lockAllOf(random.nextLong(), random.nextLong());
      for (int stripe : held) {
        counters[stripe]++;
      }
      locks.unlockAll(held);
      locks.lockEvery();
      counters[0]++;
      locks.unlockEvery();
    }
  }
}
