package io.bitkv.engine;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** How fast merges go: no faster than the rate limit, not at all during a pause, and no further once they are cancelled. Safe for use by any thread. */
final class MergePace {
  private static final double NANOS_A_SECOND = TimeUnit.SECONDS.toNanos(1);

  private final long bytesPerSecond;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private long freeAtNanos = System.nanoTime();
  private boolean isPaused;
  private int waiting;
  private boolean isCancelled;
  private boolean isStopping;

  MergePace(long bytesPerSecond) {
    this.bytesPerSecond = bytesPerSecond;
  }

  /** Begins anew after a cancelled merge; refuses to when merging has ended for good. */
  void begin() throws MergeCancelled {
    lock.lock();
    try {
      if (isStopping) {
        throw new MergeCancelled();
      }
      isCancelled = false;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Accounts for bytes that were read or written, and waits until the next may be.
   *
   * @param bytes how many
   * @param heedsPause whether a pause counts
   */
  void spend(long bytes, boolean heedsPause) throws MergeCancelled {
    lock.lock();
    try {
      long now = System.nanoTime();
      if (bytesPerSecond > 0) {
        freeAtNanos = Math.max(freeAtNanos, now) + (long) (bytes * NANOS_A_SECOND / bytesPerSecond);
      }
      boolean isHeld = heedsPause && isHeld();
      while (!isCancelled && !isStopping && (isHeld || bytesPerSecond > 0 && freeAtNanos > System.nanoTime())) {
        await(isHeld ? Long.MAX_VALUE : freeAtNanos - System.nanoTime());
        isHeld = heedsPause && isHeld();
      }
      if (isCancelled || isStopping) {
        throw new MergeCancelled();
      }
    } finally {
      lock.unlock();
    }
  }

  private boolean isHeld() {
    return isPaused && waiting == 0;
  }

  /** Notes that somebody begins or ends to wait for the merge that is running: a pause does not hold it up meanwhile. */
  void waiting(boolean isWaiting) {
    lock.lock();
    try {
      waiting += isWaiting ? 1 : -1;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits for a while, or until something changes; false when merging is to end. */
  boolean rest(long nanos) {
    lock.lock();
    try {
      if (!isStopping) {
        await(nanos);
      }
      return !isStopping;
    } finally {
      lock.unlock();
    }
  }

  /** Waits, with the lock. An interrupt is kept for later: it is no reason for a merge to stop half way. */
  private void await(long nanos) {
    boolean wasInterrupted = Thread.interrupted();
    try {
      changed.awaitNanos(nanos);
    } catch (InterruptedException e) {
      wasInterrupted = true;
    }
    if (wasInterrupted) {
      Thread.currentThread().interrupt();
    }
  }

  void pause(boolean paused) {
    lock.lock();
    try {
      isPaused = paused;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  boolean isPaused() {
    lock.lock();
    try {
      return isPaused;
    } finally {
      lock.unlock();
    }
  }

  void cancel() {
    lock.lock();
    try {
      isCancelled = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Ends merging for good. */
  void stop() {
    lock.lock();
    try {
      isStopping = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  boolean isStopping() {
    lock.lock();
    try {
      return isStopping;
    } finally {
      lock.unlock();
    }
  }
}
