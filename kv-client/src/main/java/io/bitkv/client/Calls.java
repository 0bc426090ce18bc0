package io.bitkv.client;

import io.bitkv.api.NotSentException;
import io.bitkv.api.OverloadedException;
import io.bitkv.api.StoreClosedException;
import io.bitkv.codec.resp.Reply.ErrorReply;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Carries calls out: finds a connection for each, waits, repeats what is safe to repeat, and ends what takes too long. A request is safe to
 * repeat when it only reads, when it certainly was not sent, or when the server said that it did nothing and will do it later.
 */
final class Calls implements Connection.Owner {

  private final ClientOptions options;
  private final Observer observer;
  private final Connections connections;
  private final ScheduledThreadPoolExecutor timer;

  Calls(ClientOptions options) {
    this.options = options;
    this.observer = new Observer(options);
    this.connections = new Connections(options, this);
    this.timer =
        new ScheduledThreadPoolExecutor(
            1, task -> Thread.ofPlatform().daemon().name("bitkv-client-" + options.target().address() + "-timer").unstarted(task));
    timer.setRemoveOnCancelPolicy(true);
  }

  ClientOptions options() {
    return options;
  }

  Connections connections() {
    return connections;
  }

  /** Begins to connect. */
  void open() {
    for (int i = 1; i <= options.limits().connections(); i++) {
      new Slot(i, options, connections, observer, timer).connect();
    }
  }

  /** Carries a request out, and waits for its result. */
  <R> R run(Request<R> request, long deadlineNanos) {
    Call<R> call = Call.awaited(request, deadlineNanos);
    CallEvent event = observer.callBegins();
    Throwable failure = null;
    try {
      if (Thread.currentThread().isInterrupted()) {
        throw new NotSentException(request.name() + " was not sent: the thread is interrupted");
      }
      if (deadlineNanos <= 0) {
        throw new NotSentException(request.name() + " was not sent: its time is over");
      }
      start(call);
      await(call);
      return call.result();
    } catch (RuntimeException e) {
      failure = e;
      throw e;
    } finally {
      observer.callEnded(event, call, failure);
    }
  }

  private void await(Call<?> call) {
    boolean canLead = !Thread.currentThread().isVirtual();
    while (!call.isDone()) {
      long left = call.remainingNanos();
      if (left <= 0) {
        expire(call);
      } else if (Thread.currentThread().isInterrupted()) {
        abandon(call);
      } else {
        Call.Place place = canLead ? call.place() : null;
        if (place == null || !place.connection().lead(call)) {
          LockSupport.parkNanos(this, left);
        }
      }
    }
  }

  /** Carries a request out, and does not wait. */
  <R> CompletableFuture<R> promise(Request<R> request, long deadlineNanos) {
    Call<R> call = Call.promised(request, deadlineNanos);
    watch(List.of(call), deadlineNanos);
    restart(call);
    return call.future();
  }

  /**
   * Sends several requests at once.
   *
   * @param calls promised calls
   * @param deadlineNanos how long they may take
   * @param preferred the connection to send them on if it still takes requests, or null
   * @return the connection that they were sent on; null when there is none yet
   */
  Connection startAll(List<? extends Call<?>> calls, long deadlineNanos, Connection preferred) {
    watch(calls, deadlineNanos);
    Connection connection = preferred == null ? connections.pick() : preferred;
    if (connection == null) {
      calls.forEach(this::restart);
      return null;
    }
    Connection chosen = connection;
    switch (connection.submit(calls)) {
      case QUEUED, SEND -> {}
      case FULL -> calls.forEach(call -> call.fail(null, () -> overloaded(call, chosen)));
      case CLOSED -> {
        connections.remove(connection);
        calls.forEach(this::restart);
        return null;
      }
    }
    return connection;
  }

  /** Sees to it that promised calls end in time, and that their end is told. */
  private void watch(List<? extends Call<?>> calls, long deadlineNanos) {
    Future<?> expiry = expiry(List.copyOf(calls), deadlineNanos);
    AtomicInteger left = new AtomicInteger(calls.size());
    for (Call<?> call : calls) {
      CallEvent event = observer.callBegins();
      call.future()
          .whenComplete(
              (result, failure) -> {
                if (left.decrementAndGet() == 0) {
                  expiry.cancel(false);
                }
                observer.callEnded(event, call, failure);
              });
    }
  }

  private Future<?> expiry(List<? extends Call<?>> calls, long deadlineNanos) {
    try {
      return timer.schedule(() -> calls.forEach(this::expire), deadlineNanos, TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      // The client is closed, so that the calls fail at once.
      return CompletableFuture.completedFuture(null);
    }
  }

  /** Finds a connection for a call; what goes wrong is thrown. */
  private void start(Call<?> call) {
    while (!call.isDone()) {
      Connection connection = connections.pick();
      if (connection == null) {
        if (connections.await(call)) {
          return;
        }
        continue;
      }
      switch (connection.submit(call)) {
        case QUEUED, SEND -> {
          return;
        }
        case FULL -> throw overloaded(call, connection);
        case CLOSED -> connections.remove(connection);
      }
    }
  }

  private static OverloadedException overloaded(Call<?> call, Connection connection) {
    return new OverloadedException(
        call.request().name() + " was not sent: " + connection.pending() + " calls are pending on the connection to " + connection.address()
            + ", or too many bytes");
  }

  /** Finds a connection for a call; what goes wrong is the call's end. */
  void restart(Call<?> call) {
    try {
      start(call);
    } catch (RuntimeException e) {
      call.fail(null, () -> e);
    }
  }

  @Override
  public void refused(Call<?> call, ErrorReply error) {
    Call.Place place = call.place();
    if (!Failures.isPassing(error) || place == null || !repeat(call, place)) {
      call.refuse(error);
    }
  }

  @Override
  public void lost(Call<?> call, Call.Place place, Throwable cause) {
    boolean wasSent = place.connection().mayBeSent(place);
    if ((wasSent && !call.request().isRepeatable()) || !repeat(call, place)) {
      boolean isClosed = cause instanceof StoreClosedException && !wasSent;
      String address = place.connection().address();
      call.fail(place, () -> isClosed ? new StoreClosedException(cause.getMessage()) : Failures.lost(call, address, wasSent, cause));
    }
  }

  /** Sends a call again: at once for the first time, then after pauses; false if that is not wanted or there is no time left. */
  private boolean repeat(Call<?> call, Call.Place place) {
    int repetition = call.attempts();
    long delay = repetition == 1 ? 0 : options.timing().backoff().delayNanos(repetition - 1);
    if (!options.timing().isRepeating() || delay >= call.remainingNanos() || !call.takeOff(place)) {
      return false;
    }
    observer.repeated(call);
    try {
      timer.schedule(() -> restart(call), delay, TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      call.fail(null, () -> new StoreClosedException("the client was closed"));
    }
    return true;
  }

  /** Ends a call whose time is over. */
  private void expire(Call<?> call) {
    while (!call.isDone()) {
      Call.Place place = call.place();
      if (place == null) {
        call.fail(null, () -> Failures.timedOutUnsent(call, connections.trouble(), connections.lastFailure()));
        connections.forget(call);
      } else {
        Connection connection = place.connection();
        connections.remove(connection);
        connection.retire();
        boolean wasSent = connection.mayBeSent(place) || !connection.giveUp(call, place);
        call.fail(
            place,
            () -> wasSent ? Failures.timedOut(call, connection.address()) : Failures.timedOutUnsent(call, "the server takes no bytes", null));
        connection.retire();
      }
    }
  }

  /** Ends a call whose waiting thread was interrupted. Its connection stays: the reply is taken in its turn, and dropped. */
  private void abandon(Call<?> call) {
    while (!call.isDone()) {
      Call.Place place = call.place();
      call.fail(place, () -> Failures.interrupted(call, place != null));
      connections.forget(call);
    }
  }

  /** Takes no more calls, lets those under way end, and ends everything. */
  void close() {
    connections.close(options.timing().deadlineNanos());
    // What is scheduled still runs: a call that waits to be repeated learns by it that the client is closed.
    timer.shutdown();
  }
}
