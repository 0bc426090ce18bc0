package io.bitkv.engine;

import io.bitkv.api.StoreStats.SyncStats;

/** How long syncs took. For each power of two of nanoseconds the syncs are counted that took less, so a high one is known within a factor of two. */
final class SyncLatency {
  private static final double HIGH = 0.99;

  private final long[] below = new long[Long.SIZE];
  private long count;
  private long totalNanos;
  private long maxNanos;

  /** Counts a sync that ended well. */
  synchronized void add(long nanos) {
    count++;
    totalNanos += nanos;
    maxNanos = Math.max(maxNanos, nanos);
    below[Long.SIZE - Long.numberOfLeadingZeros(nanos)]++;
  }

  synchronized SyncStats stats() {
    long seen = 0;
    int bits = 0;
    while (seen < count * HIGH) {
      seen += below[bits++];
    }
    long p99 = count == 0 ? 0 : Math.min(maxNanos, 1L << (bits - 1));
    return new SyncStats(count, totalNanos, p99, maxNanos);
  }
}
