package io.bitkv.engine;

import io.bitkv.api.StoreClosedException;
import io.bitkv.api.StoreStats.SyncStats;
import io.bitkv.api.SyncPolicy;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Decides when the log is synced, and tells who waits for it: group commit.
 *
 * <p>Only one sync runs at a time. Whoever asks meanwhile joins the group that the next one serves, so that one {@code fdatasync} is
 * shared by all who wait. A blocking caller who finds no sync running leads one on its own thread; else the store's sync thread does.
 * Stages are completed by the sync thread alone, which is woken only if there is something for it to do: a lone writer has its processor.
 */
final class SyncScheduler implements AutoCloseable {
  /** When a write is synced for which nobody waits, under the policy that syncs always: not before those who are about to wait do. */
  private static final long UNAWAITED_NANOS = 10_000_000;

  private final Segments segments;
  private final LogSync log;
  private final Thread thread;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition work = lock.newCondition();
  private SyncGroup blocked;
  private SyncGroup staged;
  private boolean isRunning;
  private boolean isStopping;
  private long dueNanos;
  private volatile boolean isDue;
  private volatile boolean isHastened;
  private volatile SyncPolicy policy;

  SyncScheduler(Segments segments, WriteGate gate, SyncPolicy policy) {
    this.segments = segments;
    log = new LogSync(segments, gate);
    this.policy = policy;
    thread = Thread.ofPlatform().daemon().name("bitkv-sync").unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  SyncPolicy policy() {
    return policy;
  }

  void policy(SyncPolicy other) {
    policy = other;
    written();
  }

  /** Every write up to this sequence number is on stable storage. */
  long durableSequence() {
    return log.durableSequence();
  }

  /** Returns when the policy says so for a write. */
  void acknowledge(long sequence, boolean isDurable) {
    if (isDurable || policy instanceof SyncPolicy.Always) {
      await(sequence);
    } else {
      written();
    }
  }

  /** How long syncs took since the store was opened. */
  SyncStats stats() {
    return log.stats();
  }

  /** Has the policy applied to a write that nobody waits for. */
  void written() {
    if (!isHastened && segments.wantsSync()) {
      hasten();
    }
    SyncPolicy now = policy;
    if (!isDue && !(now instanceof SyncPolicy.Never)) {
      long delay = now instanceof SyncPolicy.Every every ? every.interval().toNanos() : UNAWAITED_NANOS;
      lock.lock();
      try {
        if (!isDue) {
          dueNanos = System.nanoTime() + delay;
          isDue = true;
          work.signal();
        }
      } finally {
        lock.unlock();
      }
    }
  }

  /** Has the sync thread begin at once, whatever the policy. */
  private void hasten() {
    lock.lock();
    try {
      isHastened = true;
      isDue = true;
      dueNanos = System.nanoTime();
      work.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Returns once a sequence number is durable. An interrupt does not end the waiting. */
  void await(long sequence) {
    SyncGroup group;
    boolean isLeader;
    lock.lock();
    try {
      if (sequence <= log.durableSequence()) {
        return;
      }
      blocked = SyncGroup.join(blocked);
      group = blocked;
      isLeader = !isRunning;
      if (isLeader) {
        isRunning = true;
        blocked = null;
      }
    } finally {
      lock.unlock();
    }
    if (isLeader) {
      serve(group, null);
    }
    group.await();
  }

  /** Completes once a sequence number is durable, which must be that of a write. */
  CompletionStage<Void> whenDurable(long sequence) {
    if (sequence > segments.lastSequence()) {
      throw new IllegalArgumentException("no write has the version " + sequence + " yet; the newest is " + segments.lastSequence());
    }
    lock.lock();
    try {
      if (sequence <= log.durableSequence()) {
        return CompletableFuture.completedStage(null);
      }
      if (isStopping) {
        return CompletableFuture.failedStage(new StoreClosedException("the store was closed before version " + sequence + " was synced"));
      }
      staged = SyncGroup.join(staged);
      work.signal();
      return staged.stage();
    } finally {
      lock.unlock();
    }
  }

  /** Syncs for those who wait, as the one who has set {@code isRunning}; either group may be null. */
  private void serve(SyncGroup group, SyncGroup other) {
    Throwable failure = null;
    try {
      log.run();
    } catch (Throwable e) {
      failure = e;
    }
    lock.lock();
    try {
      isRunning = false;
      isHastened = false;
      if (blocked != null || staged != null || isDue || isStopping) {
        work.signal();
      }
    } finally {
      lock.unlock();
    }
    SyncGroup.complete(group, failure);
    SyncGroup.complete(other, failure);
  }

  private void run() {
    while (true) {
      SyncGroup blockedNow;
      SyncGroup stagedNow;
      lock.lock();
      try {
        awaitWork();
        if (isStopping && blocked == null && staged == null) {
          return;
        }
        isRunning = true;
        blockedNow = blocked;
        stagedNow = staged;
        blocked = null;
        staged = null;
        isDue &= !isOverdue();
      } finally {
        lock.unlock();
      }
      serve(blockedNow, stagedNow);
    }
  }

  /** Waits, with the lock, until somebody or the policy asks for a sync and none is running. */
  private void awaitWork() {
    while (isRunning || blocked == null && staged == null && !isOverdue() && !isStopping) {
      if (!isDue || isRunning) {
        work.awaitUninterruptibly();
        continue;
      }
      try {
        work.awaitNanos(dueNanos - System.nanoTime());
      } catch (InterruptedException e) {
        // Nobody but the store has this thread; it ends by isStopping.
      }
    }
  }

  private boolean isOverdue() {
    return isDue && dueNanos - System.nanoTime() <= 0;
  }

  /** Notes that everything so far is durable, because the log was sealed. */
  void sealed() {
    log.sealed();
  }

  /** Serves who still waits, and ends the sync thread. */
  @Override
  public void close() {
    lock.lock();
    try {
      isStopping = true;
      work.signal();
    } finally {
      lock.unlock();
    }
    Threads.join(thread);
  }
}
