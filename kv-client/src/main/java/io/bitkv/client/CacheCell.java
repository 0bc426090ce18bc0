package io.bitkv.client;

/**
 * What the cache knows of a key; at least one of the two.
 *
 * @param kept its value, or null
 * @param flight the reads under way that may be kept, or null
 */
record CacheCell(KeptValue kept, Flight flight) {

  /** Reads of a key that are under way together; the first to end is kept. Each is another, whatever its time. */
  static final class Flight {
    private final long beganNanos;

    Flight(long beganNanos) {
      this.beganNanos = beganNanos;
    }

    /** When the first of them was announced. */
    long beganNanos() {
      return beganNanos;
    }
  }

  /** The same without a value; null when nothing is left. */
  CacheCell withoutValue() {
    return flight == null ? null : new CacheCell(null, flight);
  }

  /** The same without reads under way; null when nothing is left. */
  CacheCell withoutFlight() {
    return kept == null ? null : new CacheCell(kept, null);
  }
}
