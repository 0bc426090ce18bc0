package io.bitkv.engine;

import io.bitkv.api.LimitExceededException;
import java.util.concurrent.atomic.AtomicLong;

/** Gives out the ids of segments, ascending, and none twice. Safe for use by any thread. */
final class SegmentIds {
  private final AtomicLong next;

  SegmentIds(long next) {
    this.next = new AtomicLong(next);
  }

  /** The next id. */
  int take() {
    long id = next.getAndIncrement();
    if (id > Integer.MAX_VALUE) {
      throw new LimitExceededException("the highest segment id is in use; copy the data into a new store");
    }
    return (int) id;
  }
}
