package io.bitkv.client;

import io.bitkv.api.NotSentException;
import io.bitkv.api.OverloadedException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/** Carries calls out: finds a connection for each, waits, and ends what takes too long. */
final class Calls {

  private final ClientContext context;
  private final Connections connections;
  private final Deadlines deadlines;
  private final List<Slot> slots;

  /**
   * Makes the connections' keepers.
   *
   * @param cache keeps the values that were read; null if nothing does
   */
  Calls(ClientOptions options, ValueCache cache) {
    context = ClientContext.of(options, cache);
    connections = new Connections(options, this::restart);
    deadlines = new Deadlines(context.timer(), connections::forEachCall, this::expire);
    Connection.Owner owner = new Repetitions(context, this::restart);
    slots = IntStream.rangeClosed(1, options.limits().connections()).mapToObj(i -> new Slot(i, context, connections, owner)).toList();
  }

  ClientOptions options() {
    return context.options();
  }

  /** What is kept of the values that were read; null if nothing is. */
  ValueCache cache() {
    return context.cache();
  }

  Connections connections() {
    return connections;
  }

  /** Begins to connect. */
  void open() {
    slots.forEach(Slot::connect);
  }

  /** Carries a request out, and waits for its result. */
  <R> R run(Request<R> request, long deadlineNanos) {
    Call<R> call = Call.awaited(request, deadlineNanos);
    CallEvent event = context.observer().callBegins();
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
      context.observer().callEnded(event, call, failure);
    }
  }

  private void await(Call<?> call) {
    while (!call.isDone()) {
      long left = call.remainingNanos();
      if (left <= 0) {
        expire(call);
      } else if (Thread.currentThread().isInterrupted()) {
        abandon(call);
      } else {
        pause(call, left);
      }
    }
  }

  /** Waits a while for a call's end; where the thread can, it reads what brings that about. */
  private void pause(Call<?> call, long nanos) {
    if (!call.keepsTime()) {
      LockSupport.park(this);
      return;
    }
    Call.Place place = call.place();
    if (place == null || !place.connection().lead(call)) {
      LockSupport.parkNanos(this, nanos);
    }
  }

  /** Carries a request out, and does not wait. */
  <R> CompletableFuture<R> promise(Request<R> request, long deadlineNanos) {
    Call<R> call = Call.promised(request, deadlineNanos);
    call.begin(context.observer(), System.nanoTime());
    restart(call);
    return call.future();
  }

  /**
   * Sends several requests at once.
   *
   * @param calls promised calls
   * @param waiter the current thread if it will {@link #awaitAll} at once, else null
   * @param preferred the connection to send them on if it still takes requests, or null
   * @return the connection that they were sent on; null when there is none yet
   */
  Connection startAll(List<? extends Call<?>> calls, Thread waiter, Connection preferred) {
    // Their time counts from one moment: to ask for each costs as much as to write it.
    long now = System.nanoTime();
    calls.forEach(call -> call.begin(context.observer(), now));
    Connection connection = preferred == null ? connections.pick() : preferred;
    if (connection == null) {
      calls.forEach(this::restart);
      return null;
    }
    Connection chosen = connection;
    switch (connection.submit(calls, waiter)) {
      case QUEUED, SEND, PROMISED -> calls.forEach(deadlines::observe);
      case FULL -> calls.forEach(call -> call.fail(null, () -> overloaded(call, chosen)));
      case CLOSED -> {
        connections.remove(connection);
        calls.forEach(this::restart);
        return null;
      }
    }
    return connection;
  }

  /** Waits until promised calls that were sent together have ended, and their futures. */
  void awaitAll(List<? extends Call<?>> calls) {
    boolean canLead = !Thread.currentThread().isVirtual();
    for (Call<?> call : calls.reversed()) {
      Call.Place place = call.place();
      if (canLead && place != null) {
        place.connection().lead(call);
      }
      if (!call.future().isDone()) {
        call.future().exceptionally(failure -> null).join();
      }
    }
  }

  /** Finds a connection for a call; what goes wrong is thrown. */
  private void start(Call<?> call) {
    while (!call.isDone()) {
      Connection connection = connections.pick();
      if (connection == null) {
        if (connections.await(call)) {
          keepTime(call);
          return;
        }
        continue;
      }
      switch (connection.submit(call)) {
        case QUEUED, SEND, PROMISED -> {
          keepTime(call);
          return;
        }
        case FULL -> throw overloaded(call, connection);
        case CLOSED -> connections.remove(connection);
      }
    }
  }

  private void keepTime(Call<?> call) {
    if (!call.keepsTime()) {
      deadlines.observe(call);
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
    slots.forEach(Slot::close);
    connections.close(options().timing().deadlineNanos());
    deadlines.close();
    // What is scheduled still runs: a call that waits to be repeated learns by it that the client is closed.
    context.timer().shutdown();
  }
}
