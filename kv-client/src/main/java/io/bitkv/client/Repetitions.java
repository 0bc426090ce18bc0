package io.bitkv.client;

import io.bitkv.api.StoreClosedException;
import io.bitkv.codec.resp.Reply.ErrorReply;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Decides what becomes of calls that a server refused or that were on a connection when it ended: repeats what is safe to repeat, and ends
 * the others. A request is safe to repeat when it only reads, when it certainly was not sent, or when the server said that it did nothing
 * and will do it later.
 */
final class Repetitions implements Connection.Owner {

  private final ClientContext context;
  private final Consumer<Call<?>> restart;

  /**
   * Makes the decisions of a client.
   *
   * @param restart finds a connection for a call
   */
  Repetitions(ClientContext context, Consumer<Call<?>> restart) {
    this.context = context;
    this.restart = restart;
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
    ClientOptions.Timing timing = context.options().timing();
    int repetition = call.attempts();
    long delay = repetition == 1 ? 0 : timing.backoff().delayNanos(repetition - 1);
    if (!timing.isRepeating() || delay >= call.remainingNanos() || !call.takeOff(place)) {
      return false;
    }
    context.observer().repeated(call);
    try {
      context.timer().schedule(() -> restart.accept(call), delay, TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      call.fail(null, () -> new StoreClosedException("the client was closed"));
    }
    return true;
  }
}
