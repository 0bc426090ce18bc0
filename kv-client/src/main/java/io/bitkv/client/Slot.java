package io.bitkv.client;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Keeps up one of a client's connections: makes it, on a thread that is then the connection's own, and makes another when that one takes
 * no more requests, after a pause that grows with each failure.
 */
final class Slot {

  private final String threadName;
  private final ClientOptions options;
  private final Connections connections;
  private final Observer observer;
  private final ScheduledExecutorService timer;

  /** How many connections in a row failed or did not last. Only one thread at a time works for a slot. */
  private volatile int failures;

  private volatile long openedNanos;

  Slot(int number, ClientOptions options, Connections connections, Observer observer, ScheduledExecutorService timer) {
    this.threadName = "bitkv-client-" + options.target().address() + "-" + number;
    this.options = options;
    this.connections = connections;
    this.observer = observer;
    this.timer = timer;
  }

  /** Makes a connection, in the background. */
  void connect() {
    Thread.ofPlatform().daemon().name(threadName).start(this::run);
  }

  private void run() {
    ConnectEvent event = observer.connectBegins();
    long began = System.nanoTime();
    Connection connection;
    try {
      connection = new Connection(new Connector(options).open(), options, connections.calls());
    } catch (IOException | RuntimeException e) {
      long delay = options.timing().backoff().delayNanos(++failures);
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
    boolean lasted = System.nanoTime() - openedNanos > options.timing().backoff().maxNanos();
    failures = lasted ? 0 : failures + 1;
    connectAfter(failures <= 1 ? 0 : options.timing().backoff().delayNanos(failures - 1));
  }

  private void connectAfter(long nanos) {
    try {
      timer.schedule(this::connect, nanos, TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      // The client was closed meanwhile: nothing needs to be kept up any more.
      return;
    }
  }
}
