package io.bitkv.engine;

/**
 * Where an entry lies in the log, packed into one {@code long}: the value a {@link KeyDirectory} keeps for each key.
 *
 * <pre>
 * bit 63         the entry has an expiry
 * bits 62..32    segment id, 1 to 2^31 - 1
 * bits 31..0     offset of the entry in its segment, in bytes, unsigned
 * </pre>
 *
 * <p>Segment ids start at 1, so {@link #NONE} (zero) is never a location. The expiry bit lets expiring keys be counted and sampled
 * without a look into the log.
 */
final class EntryLocation {
  /** No location: the key is absent. */
  static final long NONE = 0;

  /** The largest offset a location can hold. */
  static final long MAX_OFFSET = 0xFFFF_FFFFL;

  private static final long EXPIRES = 1L << 63;

  private EntryLocation() {}

  /**
   * Packs a location.
   *
   * @param segmentId the segment, from 1
   * @param offset bytes from the start of the segment, 0 to {@link #MAX_OFFSET}
   * @param expires whether the entry has an expiry
   * @return the location
   * @throws IllegalArgumentException if the segment id or the offset is out of range
   */
  static long of(int segmentId, long offset, boolean expires) {
    if (segmentId <= 0) {
      throw new IllegalArgumentException("segment id " + segmentId + " is not in 1.." + Integer.MAX_VALUE);
    }
    if (offset < 0 || offset > MAX_OFFSET) {
      throw new IllegalArgumentException("offset " + offset + " is not in 0.." + MAX_OFFSET);
    }
    return (expires ? EXPIRES : 0) | (long) segmentId << 32 | offset;
  }

  /** The segment id of a location. */
  static int segmentId(long location) {
    return (int) (location >>> 32) & Integer.MAX_VALUE;
  }

  /** The offset of a location in its segment, in bytes. */
  static long offset(long location) {
    return location & MAX_OFFSET;
  }

  /** Whether the entry at a location has an expiry. */
  static boolean expires(long location) {
    return location < 0;
  }

  /** Orders locations by segment id, then offset. */
  static int compare(long location, long other) {
    return Long.compare(location & ~EXPIRES, other & ~EXPIRES);
  }

  /** A location in words, for messages: {@code segment 7 offset 4096}. */
  static String describe(long location) {
    return "segment " + segmentId(location) + " offset " + offset(location);
  }
}
