package io.bitkv.client;

import io.bitkv.api.InvalidOptionException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How long to wait between attempts: each time twice as long, up to a bound, and by chance a little less, so that clients that failed
 * together do not come back together.
 *
 * @param firstNanos before the first repetition
 * @param maxNanos at most
 */
record Backoff(long firstNanos, long maxNanos) {

  /** More doublings than any bound allows. */
  private static final int MAX_DOUBLINGS = 30;

  static Backoff of(Duration first, Duration max) {
    if (first.compareTo(Duration.ofMillis(1)) < 0 || max.compareTo(first) < 0 || max.compareTo(Duration.ofHours(1)) > 0) {
      throw new InvalidOptionException("a back-off begins at 1 ms or more and ends at an hour or less, not from " + first + " to " + max);
    }
    return new Backoff(first.toNanos(), max.toNanos());
  }

  /** How long to wait before a repetition, counted from 1: between a half and all of the time that is due. */
  long delayNanos(int repetition) {
    long due = Math.min(maxNanos, firstNanos << Math.min(MAX_DOUBLINGS, repetition - 1));
    if (due < firstNanos) {
      due = maxNanos;
    }
    return ThreadLocalRandom.current().nextLong(due / 2, due + 1);
  }
}
