package io.bitkv.client;

import io.bitkv.codec.resp.Reply;
import io.bitkv.codec.resp.Reply.ErrorReply;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * A request under way: when it must be over, where it is, and how it ended. Somebody waits for it, either a thread or a future. It ends
 * exactly once; a reply that comes after that is taken in its turn and dropped.
 *
 * <p>Its state is one atomic variable: null while it is on no connection, a {@link Place} while it is on one, and then its result or a
 * {@link Failure}. So a call that is told to be unsent is on no connection, and cannot get on one any more.
 *
 * @param <R> the type of the result
 */
final class Call<R> {

  private static final VarHandle STATE;

  static {
    try {
      STATE = MethodHandles.lookup().findVarHandle(Call.class, "state", Object.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /**
   * Where a call is.
   *
   * @param connection the connection whose queue it is in
   * @param end where its bytes end in the connection's stream
   */
  record Place(Connection connection, long end) {}

  /** How a call ended that has no result; the exception is made where it is thrown, so that its trace shows the caller. */
  private record Failure(Supplier<? extends RuntimeException> exception) {}

  private final Request<R> request;
  private final long allowedNanos;
  private long startedNanos;
  private final Thread waiter;
  private final CompletableFuture<R> future;
  private volatile Object state;
  private volatile int attempts;

  /** Told of its end, with the recording of it if there is one; null when a thread waits. */
  private Observer observer;

  private CallEvent event;

  /** How many replies it will have, and those that came; set before it is queued, then used by the connection's reader. */
  private int expected;

  private List<Reply> received;

  private Call(Request<R> request, long allowedNanos, Thread waiter, CompletableFuture<R> future) {
    this.request = request;
    this.allowedNanos = allowedNanos;
    this.waiter = waiter;
    this.future = future;
  }

  /** A call that the current thread will wait for. */
  static <R> Call<R> awaited(Request<R> request, long deadlineNanos) {
    Call<R> call = new Call<>(request, deadlineNanos, Thread.currentThread(), null);
    call.startedNanos = System.nanoTime();
    return call;
  }

  /** A call that ends in a future; it must be {@link #begin begun}. */
  static <R> Call<R> promised(Request<R> request, long deadlineNanos) {
    return new Call<>(request, deadlineNanos, null, new CompletableFuture<>());
  }

  Request<R> request() {
    return request;
  }

  /** The thread that waits for it; null when a future does. */
  Thread waiter() {
    return waiter;
  }

  CompletableFuture<R> future() {
    return future;
  }

  /** Whether it waits by the clock itself: a platform thread's call does. A virtual thread's or a future's is left to {@link Deadlines}. */
  boolean keepsTime() {
    return waiter != null && !waiter.isVirtual();
  }

  /**
   * Begins a promised call, which may have been held back: the observer will be told of its end.
   *
   * @param nowNanos what its time counts from, by {@link System#nanoTime}
   */
  void begin(Observer somebody, long nowNanos) {
    startedNanos = nowNanos;
    observer = somebody;
    event = somebody.callBegins();
  }

  /** When it must be over, by {@link System#nanoTime}. */
  long deadlineNanos() {
    return startedNanos + allowedNanos;
  }

  /** How long it may still take, in nanoseconds; not above 0 when its time is over. */
  long remainingNanos() {
    return deadlineNanos() - System.nanoTime();
  }

  long elapsedNanos() {
    return System.nanoTime() - startedNanos;
  }

  /** How often it was written to a connection. */
  int attempts() {
    return attempts;
  }

  boolean isDone() {
    Object now = state;
    return now != null && !(now instanceof Place);
  }

  /** Where it is; null when it is on no connection. */
  Place place() {
    return state instanceof Place place ? place : null;
  }

  /** Puts it on a connection; false if it has ended meanwhile. */
  boolean put(Place place, int replies) {
    expected = replies;
    received = replies == 1 ? null : new ArrayList<>(replies);
    attempts++;
    return STATE.compareAndSet(this, null, place);
  }

  /** Takes it off the connection that it is on; false if it has ended meanwhile. */
  boolean takeOff(Place place) {
    return STATE.compareAndSet(this, place, null);
  }

  /**
   * Takes a reply.
   *
   * @return the complete reply, or null when more are to come; of several an array, or the first error among them
   */
  Reply take(Reply reply) {
    if (expected == 1) {
      return reply;
    }
    received.add(reply);
    if (received.size() < expected) {
      return null;
    }
    for (Reply each : received) {
      if (each instanceof ErrorReply) {
        return each;
      }
    }
    return new Reply.ArrayReply(received);
  }

  /**
   * Ends with what a reply says.
   *
   * @throws RuntimeException if the reply is of another type than the request has; the call has not ended then
   */
  void succeed(Reply reply) {
    Place at = place();
    if (at == null) {
      return;
    }
    end(at, request.reader().read(reply, at.connection.server()));
  }

  /** Ends with the server's refusal. */
  void refuse(ErrorReply error) {
    Place at = place();
    if (at != null) {
      fail(at, () -> Failures.of(error, at.connection.server()));
    }
  }

  /**
   * Ends without a result.
   *
   * @param at where it is, as far as the caller knows; null for on no connection
   * @param exception makes what is thrown
   * @return false, and nothing happened, if it has ended or is somewhere else
   */
  boolean fail(Place at, Supplier<? extends RuntimeException> exception) {
    return end(at, new Failure(exception));
  }

  private boolean end(Place at, Object how) {
    if (!STATE.compareAndSet(this, at, how)) {
      return false;
    }
    if (waiter == null) {
      complete(how);
    } else if (waiter != Thread.currentThread()) {
      LockSupport.unpark(waiter);
    }
    return true;
  }

  private void complete(Object how) {
    RuntimeException exception = how instanceof Failure failure ? failure.exception.get() : null;
    try {
      observer.callEnded(event, this, exception);
    } finally {
      if (exception == null) {
        future.complete(result(how));
      } else {
        request.onFailure().run();
        future.completeExceptionally(exception);
      }
    }
  }

  /**
   * What the call ended with; it must have ended.
   *
   * @throws RuntimeException what it failed with
   */
  R result() {
    Object how = state;
    if (how instanceof Failure failure) {
      throw failure.exception.get();
    }
    return result(how);
  }

  @SuppressWarnings("unchecked") // Only succeed() ends a call with anything but a failure.
  private R result(Object how) {
    return (R) how;
  }
}
