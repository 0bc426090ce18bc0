package io.bitkv.engine;

import java.util.Arrays;
import java.util.function.LongConsumer;

/** Some entries of one stripe in the order of their tags, those of one tag never divided. Reused from batch to batch. */
final class ScanBatch implements TagSlots.Visitor {
  private long[] locations = new long[16];
  private int size;
  private int fromTag;
  private int limit;
  private int lastTag;
  private boolean isFull;

  /** Begins a batch of the entries from a tag on, unsigned, which ends after a limit as soon as another tag comes. */
  void begin(int fromTag, int limit) {
    this.fromTag = fromTag;
    this.limit = limit;
    empty();
  }

  /** Begins again, with a lower limit, so that a stripe that changes all the time is read in short pieces. */
  void beginAgain() {
    limit = Math.max(1, limit / 2);
    empty();
  }

  /** Forgets the entries, as if the stripe had none. */
  void empty() {
    size = 0;
    isFull = false;
  }

  /** The tag that the batch begins with. */
  int fromTag() {
    return fromTag;
  }

  @Override
  public boolean visit(int tag, long location) {
    if (Integer.compareUnsigned(tag, fromTag) < 0) {
      return true;
    }
    if (size >= limit && tag != lastTag) {
      isFull = true;
      return false;
    }
    if (size == locations.length) {
      locations = Arrays.copyOf(locations, size * 2);
    }
    locations[size++] = location;
    lastTag = tag;
    return true;
  }

  /** The number of entries. */
  int size() {
    return size;
  }

  /** Whether the stripe has more entries after these. */
  boolean isFull() {
    return isFull;
  }

  /** The tag of the last entry, if there is one. */
  int lastTag() {
    return lastTag;
  }

  /** Hands the locations on. */
  void forEach(LongConsumer visitor) {
    for (int i = 0; i < size; i++) {
      visitor.accept(locations[i]);
    }
  }
}
