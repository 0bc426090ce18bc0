package io.bitkv.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Merges go as fast as they may. Threads are watched for the state in which they wait, so no test depends on time. */
@Timeout(60)
class MergePaceTest {
  private static final Set<Thread.State> WAITING = Set.of(Thread.State.WAITING, Thread.State.TIMED_WAITING);

  private final MergePace pace = new MergePace(0);
  private final CountDownLatch done = new CountDownLatch(1);
  private volatile boolean wasCancelled;

  /** Starts a thread that pays, and returns once it waits. */
  private Thread payer(MergePace where, long bytes) {
    Thread thread =
        Thread.ofPlatform()
            .daemon()
            .start(
                () -> {
                  try {
                    where.spend(bytes, true);
                  } catch (MergeCancelled e) {
                    wasCancelled = true;
                  }
                  done.countDown();
                });
    while (!WAITING.contains(thread.getState())) {
      assertTrue(thread.isAlive(), "it did not wait");
      Thread.onSpinWait();
    }
    return thread;
  }

  private void awaitDone() throws InterruptedException {
    assertTrue(done.await(30, TimeUnit.SECONDS));
  }

  @Test
  void pauseHoldsAMergeUpUntilItEnds() throws InterruptedException {
    pace.pause(true);
    payer(pace, 1);
    pace.pause(false);
    awaitDone();
    assertFalse(wasCancelled);
  }

  @Test
  void pauseHoldsNobodyUpWhoIsWaitedFor() throws InterruptedException {
    pace.pause(true);
    payer(pace, 1);
    pace.waiting(true);
    awaitDone();
    pace.waiting(false);
    assertTrue(pace.isPaused());
    assertFalse(wasCancelled);
  }

  @Test
  void rateLimitHoldsAMergeUpAndCancellingEndsIt() throws InterruptedException {
    MergePace slow = new MergePace(1);
    payer(slow, 1 << 20);
    slow.cancel();
    awaitDone();
    assertTrue(wasCancelled);
  }

  @Test
  void interruptIsKeptForLater() throws InterruptedException {
    pace.pause(true);
    Thread thread = payer(pace, 1);
    thread.interrupt();
    pace.pause(false);
    awaitDone();
    assertFalse(wasCancelled);
  }

  @Test
  void nothingBeginsAfterTheEnd() throws MergeCancelled {
    pace.cancel();
    assertThrows(MergeCancelled.class, () -> pace.spend(1, false));
    pace.begin();
    pace.spend(1, false);
    assertTrue(pace.rest(0));
    pace.stop();
    assertThrows(MergeCancelled.class, pace::begin);
    assertThrows(MergeCancelled.class, () -> pace.spend(1, false));
    assertEquals(false, pace.rest(Long.MAX_VALUE));
  }
}
