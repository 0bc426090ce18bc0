package io.bitkv.engine;

import java.util.Arrays;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The locks of a store's keys: a key is protected by the lock of the stripe that its hash falls into, whatever its keyspace.
 *
 * <p>A writer holds the lock from before it looks the key up until the directory points to the new entry, the append to the log
 * included: so the entries of a key lie in the log in the order in which the directory saw them. Readers take no lock at all.
 * Whoever needs several stripes takes them in ascending order, and none while holding a higher one: that rules deadlocks out.
 *
 * <p>A plain reentrant lock a stripe: it is about 48 bytes (200 KB with 4,096 stripes, for all keyspaces together), parks waiters
 * while the owner writes, and lets assertions ask who holds it. The locks are not padded apart. With hashed keys two threads meet
 * in one cache line as rarely as in one stripe.
 */
final class StripeLocks {
  /** The number of stripes unless told otherwise: a stripe of 10 million keys then holds 2,441, and grows in microseconds. */
  static final int DEFAULT_COUNT = 4096;

  private final StripeLayout layout;
  private final ReentrantLock[] locks;

  /** Makes the locks for a number of stripes, a power of two up to 65,536. */
  StripeLocks(int count) {
    layout = new StripeLayout(count);
    locks = new ReentrantLock[count];
    Arrays.setAll(locks, stripe -> new ReentrantLock());
  }

  /** How hashes are divided into stripes. */
  StripeLayout layout() {
    return layout;
  }

  /** The number of stripes. */
  int count() {
    return locks.length;
  }

  /** The stripe of a hash. */
  int stripeOf(long hash) {
    return layout.stripeOf(hash);
  }

  /** Locks one stripe, waiting for it without regard to interrupts. */
  void lock(int stripe) {
    locks[stripe].lock();
  }

  /** Unlocks one stripe, which this thread holds. */
  void unlock(int stripe) {
    locks[stripe].unlock();
  }

  /** Whether this thread holds a stripe. */
  boolean isHeld(int stripe) {
    return locks[stripe].isHeldByCurrentThread();
  }

  /** Whether this thread holds all stripes. */
  boolean isEveryHeld() {
    return Arrays.stream(locks).allMatch(ReentrantLock::isHeldByCurrentThread);
  }

  /**
   * Locks the stripes of several hashes, each once, in ascending order.
   *
   * @param hashes the hashes of the keys, in any order, with or without duplicates; this thread holds no stripe yet
   * @return the stripes, ascending, for {@link #unlockAll}
   */
  int[] lockAllOf(long... hashes) {
    int[] stripes = Arrays.stream(hashes).mapToInt(layout::stripeOf).sorted().distinct().toArray();
    for (int stripe : stripes) {
      locks[stripe].lock();
    }
    return stripes;
  }

  /** Unlocks what {@link #lockAllOf} locked. */
  void unlockAll(int[] stripes) {
    for (int i = stripes.length - 1; i >= 0; i--) {
      locks[stripes[i]].unlock();
    }
  }

  /** Locks all stripes, in ascending order; this thread holds none yet. */
  void lockEvery() {
    for (ReentrantLock lock : locks) {
      lock.lock();
    }
  }

  /** Unlocks all stripes. */
  void unlockEvery() {
    for (int i = locks.length - 1; i >= 0; i--) {
      locks[i].unlock();
    }
  }
}
