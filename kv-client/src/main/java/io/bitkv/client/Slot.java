package io.bitkv.client;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Keeps up one of a client's connections: makes it, on a thread that is then the connection's own, and makes another when that one takes
 * no more requests, after a pause that grows with each failure.
 */
final class Slot {

  private final int number;
  private final ClientContext context;
  private final Connections connections;
  private final Connection.Owner owner;

  /** How many connections in a row failed or did not last. Only one thread at a time works for a slot. */
  private volatile int failures;

  private volatile long openedNanos;

  /** Guards the two fields below. */
  private final ReentrantLock lock = new ReentrantLock();

  private Future<?> scheduled = CompletableFuture.completedFuture(null);
  private boolean isClosed;

  Slot(int number, ClientContext context, Connections connections, Connection.Owner owner) {
    this.number = number;
    this.context = context;
    this.connections = connections;
    this.owner = owner;
  }

  /** Makes a connection, in the background. */
  void connect() {
    lock.lock();
    try {
      if (!isClosed) {
        Thread.ofPlatform().daemon().name(context.threadName(Integer.toString(number))).start(this::run);
      }
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    Observer observer = context.observer();
    Backoff backoff = context.options().timing().backoff();
    ConnectEvent event = observer.connectBegins();
    long began = System.nanoTime();
    Connection connection;
    try {
      connection = new Connection(new Connector(context.options()).open(), context.options(), owner, context.tracker());
    } catch (IOException | RuntimeException e) {
      long delay = backoff.delayNanos(++failures);
      observer.connectFailed(event, e, Duration.ofNanos(delay));
      connections.failed(e);
      connectAfter(delay);
      return;
    }
    openedNanos = System.nanoTime();
    observer.connected(event, connection.server(), openedNanos - began);
    connections.opened(connection, this);
    Throwable cause = connection.serve();
    observer.disconnected(cause);
    connections.ended(connection);
  }

  /** Makes another connection in the place of one that takes no more requests. */
  void replace() {
    Backoff backoff = context.options().timing().backoff();
    boolean lasted = System.nanoTime() - openedNanos > backoff.maxNanos();
    failures = lasted ? 0 : failures + 1;
    connectAfter(failures <= 1 ? 0 : backoff.delayNanos(failures - 1));
  }

  private void connectAfter(long nanos) {
    lock.lock();
    try {
      if (!isClosed) {
        scheduled = context.timer().schedule(this::connect, nanos, TimeUnit.NANOSECONDS);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Makes no more connections. */
  void close() {
    lock.lock();
    try {
      isClosed = true;
      scheduled.cancel(false);
    } finally {
      lock.unlock();
    }
  }
}
