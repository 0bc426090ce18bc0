package io.bitkv.client;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Decides who reads a connection. Whoever holds the reading role waits for the channel, reads, and hands each reply to its call. As a rule
 * that is the connection's own thread. A platform thread that waits for a reply takes the role itself when it is free, so that the reply
 * need not go through another thread; the connection's own thread then keeps away for a little while. Who gives the role up while calls
 * are pending wakes somebody who can take it.
 *
 * <p>A virtual thread never takes the role: waiting for a channel would hold its carrier.
 */
final class Reading {

  /** How long the connection's own thread leaves the role to callers before it looks again. */
  private static final long KEEP_AWAY_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  private final Connection connection;
  private final Selector selector;
  private final CallQueue queue;
  private final Thread thread = Thread.currentThread();
  private final Consumer<SelectionKey> whenReady;
  private final ReentrantLock role = new ReentrantLock();
  private volatile boolean isRoleWanted;

  /** How often a caller took the role; changed by whoever holds it. */
  private volatile long leads;

  /** Makes the current thread the connection's own. */
  Reading(Connection connection, Selector selector, CallQueue queue) {
    this.connection = connection;
    this.selector = selector;
    this.queue = queue;
    this.whenReady = connection::ready;
  }

  /**
   * Reads in the place of the connection's own thread until a call has ended, its time is over or the current thread is interrupted.
   *
   * @return false if somebody else reads, or nothing is read any more
   */
  boolean lead(Call<?> call) {
    if (connection.hasFailed() || !takeRole()) {
      return false;
    }
    try {
      leads++;
      long left = call.remainingNanos();
      while (!call.isDone() && left > 0 && !connection.hasFailed() && !Thread.currentThread().isInterrupted()) {
        await(Math.max(1, TimeUnit.NANOSECONDS.toMillis(left)));
        left = call.remainingNanos();
      }
    } finally {
      role.unlock();
    }
    wakeSuccessor();
    return true;
  }

  private boolean takeRole() {
    if (role.tryLock()) {
      return true;
    }
    isRoleWanted = true;
    return role.tryLock();
  }

  private void wakeSuccessor() {
    Call<?> next = queue.peek();
    if (next == null && !connection.needsAttention()) {
      return;
    }
    boolean canLead = next != null && !next.isDone() && next.waiter() != null && !next.waiter().isVirtual();
    LockSupport.unpark(canLead && !connection.needsAttention() ? next.waiter() : thread);
  }

  /** Sees to it that somebody reads for a call whose waiter cannot. */
  void ensure() {
    if (!role.isLocked()) {
      LockSupport.unpark(thread);
    }
  }

  /** Interrupts the waiting for the channel, since there is something else to do. */
  void wake() {
    selector.wakeup();
    LockSupport.unpark(thread);
  }

  /** Reads until the connection has failed. Only for the connection's own thread. */
  void serve() {
    long seen = 0;
    while (!connection.hasFailed()) {
      boolean callersLead = leads != seen || isRoleWanted;
      seen = leads;
      isRoleWanted = false;
      if (callersLead && !isStranded()) {
        LockSupport.parkNanos(this, KEEP_AWAY_NANOS);
      } else if (role.tryLock()) {
        try {
          await(0);
        } finally {
          role.unlock();
        }
      } else {
        LockSupport.parkNanos(this, KEEP_AWAY_NANOS);
      }
    }
  }

  /** Whether there is something to read for, and nobody who reads. */
  private boolean isStranded() {
    return !role.isLocked() && (connection.needsAttention() || !queue.isEmpty());
  }

  /** Does something as the only one who reads. */
  void exclusively(Runnable action) {
    role.lock();
    try {
      action.run();
    } finally {
      role.unlock();
    }
  }

  /** Waits for the channel, 0 for without end, and does what it is ready for. */
  private void await(long timeoutMillis) {
    try {
      if (connection.hasUnread()) {
        connection.read();
        selector.selectNow(whenReady);
      } else {
        selector.select(whenReady, timeoutMillis);
      }
    } catch (IOException e) {
      connection.fail(e);
    }
  }
}
