package io.bitkv.client;

import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;

/**
 * What all parts of a client share.
 *
 * @param options what the client is to be like
 * @param observer is told of what happens
 * @param cache what is kept of the values that were read; null if nothing is
 * @param timer does what is due later, on a thread of the client's own
 */
record ClientContext(ClientOptions options, Observer observer, ValueCache cache, ScheduledExecutorService timer) {

  static ClientContext of(ClientOptions options, ValueCache cache) {
    ScheduledThreadPoolExecutor timer =
        new ScheduledThreadPoolExecutor(1, task -> Thread.ofPlatform().daemon().name(threadName(options, "timer")).unstarted(task));
    timer.setRemoveOnCancelPolicy(true);
    return new ClientContext(options, new Observer(options), cache, timer);
  }

  /** Who is told what connections say unasked. */
  Tracker tracker() {
    return cache == null ? Tracker.NONE : cache;
  }

  /** How a thread of the client's is called. */
  String threadName(String purpose) {
    return threadName(options, purpose);
  }

  private static String threadName(ClientOptions options, String purpose) {
    return "bitkv-client-" + options.target().address() + '-' + purpose;
  }
}
