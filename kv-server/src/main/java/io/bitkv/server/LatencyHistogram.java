package io.bitkv.server;

import java.util.concurrent.TimeUnit;

/** How often something took how long, by powers of two. Used as {@link WorkerStats} is. */
final class LatencyHistogram {

  /** The last bucket's bound is some 18 minutes. */
  static final int BUCKETS = 31;

  private final long[] counts = new long[BUCKETS];

  /** Counts one. */
  void add(long nanos) {
    long micros = Math.max(1, Math.ceilDiv(nanos, TimeUnit.MICROSECONDS.toNanos(1)));
    int bucket = Long.SIZE - Long.numberOfLeadingZeros(micros - 1);
    counts[Math.min(bucket, BUCKETS - 1)]++;
  }

  /** Adds the counts to others. */
  void addTo(long[] sums) {
    for (int i = 0; i < BUCKETS; i++) {
      sums[i] += counts[i];
    }
  }

  /** The most microseconds that a bucket counts. */
  static long boundMicros(int bucket) {
    return 1L << bucket;
  }
}
