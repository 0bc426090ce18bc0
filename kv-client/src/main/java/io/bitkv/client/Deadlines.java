package io.bitkv.client;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * The clock of calls that no platform thread waits for: ends those whose time is over. A timer of its own for each call, or a virtual
 * thread that parks for a limited time, would cost several wake-ups of other threads a call, while hardly a call takes too long. So there is one
 * timer, for the earliest deadline known; then it looks at all calls under way, and is set for the earliest of those that are left.
 *
 * <p>A call must be where {@link #sweep} finds it before it is {@link #observe observed}: if a sweep that goes on meanwhile
 * does not meet it there, the call finds the timer not set, and sets it.
 */
final class Deadlines {

  /** What stands for no time when the timer is not set. */
  private static final long NONE = Long.MAX_VALUE;

  /** How long it is between sweeps, at the least: they go through all calls. */
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  /** What a time is counted from, so that times can be compared. */
  private final long origin = System.nanoTime();

  private final ScheduledExecutorService timer;
  private final Consumer<Consumer<Call<?>>> underWay;
  private final Consumer<Call<?>> expire;

  /** The deadline that the timer is set for. */
  private final AtomicLong next = new AtomicLong(NONE);

  /** Guards the two fields below. */
  private final ReentrantLock lock = new ReentrantLock();

  private Future<?> scheduled = CompletableFuture.completedFuture(null);
  private long lastSweep = -PAUSE_NANOS;

  /**
   * Begins to keep time.
   *
   * @param timer runs the sweeps
   * @param underWay shows each call that is on a connection or waits for one
   * @param expire ends a call whose time is over
   */
  Deadlines(ScheduledExecutorService timer, Consumer<Consumer<Call<?>>> underWay, Consumer<Call<?>> expire) {
    this.timer = timer;
    this.underWay = underWay;
    this.expire = expire;
  }

  /** Sees to it that a call ends in time. */
  void observe(Call<?> call) {
    observe(call.deadlineNanos() - origin);
  }

  private void observe(long deadline) {
    for (long seen = next.get(); deadline < seen; seen = next.get()) {
      if (next.compareAndSet(seen, deadline)) {
        schedule(deadline);
        return;
      }
    }
  }

  private void schedule(long deadline) {
    lock.lock();
    try {
      if (next.get() == deadline) {
        scheduled.cancel(false);
        long delay = Math.max(deadline, lastSweep + PAUSE_NANOS) - now();
        scheduled = timer.schedule(() -> sweep(deadline), delay, TimeUnit.NANOSECONDS);
      }
    } catch (RejectedExecutionException e) {
      // The client is closed, so that its calls have ended.
      return;
    } finally {
      lock.unlock();
    }
  }

  /** Ends what has not ended by a deadline, unless the timer was set for another meanwhile. */
  private void sweep(long deadline) {
    if (!next.compareAndSet(deadline, NONE)) {
      return;
    }
    lock.lock();
    try {
      lastSweep = now();
    } finally {
      lock.unlock();
    }
    underWay.accept(this::check);
  }

  private void check(Call<?> call) {
    if (call.isDone()) {
      return;
    }
    if (call.remainingNanos() <= 0) {
      expire.accept(call);
    } else {
      observe(call);
    }
  }

  private long now() {
    return System.nanoTime() - origin;
  }

  /** Looks no more; once no call is under way. */
  void close() {
    lock.lock();
    try {
      scheduled.cancel(false);
    } finally {
      lock.unlock();
    }
  }
}
