package io.bitkv.client;

import io.bitkv.api.OverloadedException;
import io.bitkv.api.StoreClosedException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/** The connections of a client, and the calls that wait while there is none. */
final class Connections {

  /** A connection that takes requests, and who replaces it. */
  private record Ready(Connection connection, Slot slot) {}

  private final ClientOptions options;
  private final Consumer<Call<?>> restart;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  /** Replaced under the lock, never changed in place. */
  private volatile Ready[] ready = {};

  /** Why the last attempt to connect failed; null when it did not. */
  private volatile Throwable lastFailure;

  private final Queue<Call<?>> waiting = new ArrayDeque<>();
  private final List<Connection> alive = new ArrayList<>();
  private boolean isClosed;

  /**
   * Makes a client's connections, none at first.
   *
   * @param restart finds a connection for a call that waited for one
   */
  Connections(ClientOptions options, Consumer<Call<?>> restart) {
    this.options = options;
    this.restart = restart;
  }

  /** The connection with the fewest pending calls; null when there is none. */
  Connection pick() {
    Connection best = null;
    int least = Integer.MAX_VALUE;
    for (Ready each : ready) {
      int pending = each.connection.pending();
      if (pending < least) {
        least = pending;
        best = each.connection;
      }
    }
    return best;
  }

  /** Why the last attempt to connect failed; null when it did not. */
  Throwable lastFailure() {
    return lastFailure;
  }

  /** Why there is no connection, in words. */
  String trouble() {
    Throwable failure = lastFailure;
    return failure == null ? "there was no connection to " + options.target().address() : Failures.text(failure);
  }

  /**
   * Lets a call wait for a connection.
   *
   * @return false if there is one
   * @throws StoreClosedException if the client was closed
   * @throws OverloadedException if too many wait
   */
  boolean await(Call<?> call) {
    lock.lock();
    try {
      if (isClosed) {
        throw new StoreClosedException("the client of " + options.target().address() + " is closed");
      }
      if (ready.length > 0) {
        return false;
      }
      if (waiting.size() >= options.maxPending()) {
        throw new OverloadedException(waiting.size() + " calls wait already, as many as may: " + trouble());
      }
      waiting.add(call);
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Lets a call wait no longer. */
  void forget(Call<?> call) {
    lock.lock();
    try {
      waiting.remove(call);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until there is a connection or an attempt to make one has failed.
   *
   * @return whether there is one
   */
  boolean awaitFirst(long nanos) throws InterruptedException {
    lock.lock();
    try {
      long left = nanos;
      while (ready.length == 0 && lastFailure == null && left > 0) {
        left = changed.awaitNanos(left);
      }
      return ready.length > 0;
    } finally {
      lock.unlock();
    }
  }

  /** Adds a connection, and sends what waited for one. */
  void opened(Connection connection, Slot slot) {
    List<Call<?>> released = List.of();
    lock.lock();
    try {
      alive.add(connection);
      if (isClosed) {
        connection.retire();
      } else {
        Ready[] more = Arrays.copyOf(ready, ready.length + 1);
        more[ready.length] = new Ready(connection, slot);
        ready = more;
        lastFailure = null;
        released = takeWaiting();
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    released.forEach(restart);
  }

  /** Notes that no connection could be made. When the server refuses the client, waiting longer would not help those who wait. */
  void failed(Exception cause) {
    List<Call<?>> refused;
    lock.lock();
    try {
      lastFailure = cause;
      refused = Failures.isFinal(cause) && ready.length == 0 ? takeWaiting() : List.of();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    refused.forEach(call -> call.fail(null, () -> Failures.again(cause)));
  }

  private List<Call<?>> takeWaiting() {
    List<Call<?>> taken = new ArrayList<>(waiting);
    waiting.clear();
    return taken;
  }

  /** Gives no more requests to a connection, and has it replaced. */
  void remove(Connection connection) {
    Slot vacant = null;
    lock.lock();
    try {
      for (Ready each : ready) {
        if (each.connection == connection) {
          vacant = each.slot;
        }
      }
      ready = Arrays.stream(ready).filter(each -> each.connection != connection).toArray(Ready[]::new);
    } finally {
      lock.unlock();
    }
    if (vacant != null) {
      vacant.replace();
    }
  }

  /** Forgets a connection that has ended. */
  void ended(Connection connection) {
    remove(connection);
    lock.lock();
    try {
      alive.remove(connection);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Shows each call that is on a connection or waits for one. */
  void forEachCall(Consumer<Call<?>> action) {
    List<Call<?>> unsent;
    List<Connection> open;
    lock.lock();
    try {
      unsent = List.copyOf(waiting);
      open = List.copyOf(alive);
    } finally {
      lock.unlock();
    }
    unsent.forEach(action);
    open.forEach(connection -> connection.forEachCall(action));
  }

  /** Takes no more calls, lets those under way end for so long, and closes every connection. */
  void close(long nanos) {
    List<Call<?>> refused;
    lock.lock();
    try {
      isClosed = true;
      ready = new Ready[0];
      refused = takeWaiting();
      alive.forEach(Connection::retire);
      awaitEnd(nanos);
      alive.forEach(connection -> connection.fail(new StoreClosedException("the client was closed")));
      awaitEnd(nanos);
    } finally {
      lock.unlock();
    }
    refused.forEach(restart);
  }

  private void awaitEnd(long nanos) {
    boolean isInterrupted = false;
    long left = nanos;
    while (!alive.isEmpty() && left > 0) {
      try {
        left = changed.awaitNanos(left);
      } catch (InterruptedException e) {
        // Nobody waits longer for an interrupted thread's sake; the connections are closed all the same.
        isInterrupted = true;
        left = 0;
      }
    }
    if (isInterrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
