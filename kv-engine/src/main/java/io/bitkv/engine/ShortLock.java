package io.bitkv.engine;

import java.util.concurrent.locks.ReentrantLock;

/**
 * A lock that is nearly always held for a fraction of a microsecond. Who meets it held looks again for a while before it lets its thread
 * sleep: to wake a thread costs more than most holders take.
 */
final class ShortLock {
  private static final int LOOKS = 100;

  private final ReentrantLock lock = new ReentrantLock();

  /** Takes the lock, waiting for it without regard to interrupts. */
  void lock() {
    for (int look = 0; look < LOOKS; look++) {
      if (!lock.isLocked() && lock.tryLock()) {
        return;
      }
      Thread.onSpinWait();
    }
    lock.lock();
  }

  /** Gives the lock back, which this thread holds. */
  void unlock() {
    lock.unlock();
  }
}
