package io.bitkv.client;

import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Sees promised calls that were started together to their end: tells the observer of each, and gives up their time-out after the last. */
final class Watch {

  private final Observer observer;
  private final AtomicInteger left;
  private final Future<?> expiry;

  /**
   * Begins with calls that have not ended.
   *
   * @param expiry ends those calls that take too long
   */
  Watch(Observer observer, int calls, Future<?> expiry) {
    this.observer = observer;
    this.left = new AtomicInteger(calls);
    this.expiry = expiry;
  }

  /** A call begins; the recording of it, if there is one. */
  CallEvent begins() {
    return observer.callBegins();
  }

  /** A call has ended; its future has not, yet. */
  void ended(Call<?> call, CallEvent event, Throwable failure) {
    if (left.decrementAndGet() == 0) {
      expiry.cancel(false);
    }
    observer.callEnded(event, call, failure);
  }
}
