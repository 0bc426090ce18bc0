package io.bitkv.engine;

/**
 * How the 64 bits of a key's hash are used: the top bits are the number of the stripe, the next 32 the tag within it.
 *
 * <p>Stripe and tag together are the <em>prefix</em> of the hash, {@code stripe << 32 | tag}: directories are ordered by it. A scan
 * cursor is a prefix aligned to 48 bits, so that it means the same with any number of stripes, and is exact as a double.
 *
 * @param count the number of stripes, a power of two up to 65,536
 */
record StripeLayout(int count) {
  private static final int CURSOR_BITS = 48;
  private static final int TAG_BITS = 32;
  private static final int MAX_COUNT = 1 << (CURSOR_BITS - TAG_BITS);

  /** Checks the number of stripes. */
  StripeLayout {
    if (count < 1 || count > MAX_COUNT || Integer.bitCount(count) != 1) {
      throw new IllegalArgumentException("stripe count " + count + " is not a power of two in 1.." + MAX_COUNT);
    }
  }

  private int bits() {
    return Integer.numberOfTrailingZeros(count);
  }

  /** The stripe of a hash. */
  int stripeOf(long hash) {
    return stripe(prefixOf(hash));
  }

  /** The tag of a hash: 32 bits, unsigned. */
  int tagOf(long hash) {
    return (int) prefixOf(hash);
  }

  /** The prefix of a hash. */
  long prefixOf(long hash) {
    return hash >>> (TAG_BITS - bits());
  }

  /** The prefix made of a stripe and a tag. */
  static long prefix(int stripe, int tag) {
    return (long) stripe << TAG_BITS | Integer.toUnsignedLong(tag);
  }

  /** The stripe of a prefix. */
  static int stripe(long prefix) {
    return (int) (prefix >>> TAG_BITS);
  }

  /** The lowest hash with a prefix. */
  long lowestHash(long prefix) {
    return prefix << (TAG_BITS - bits());
  }

  /** Whether a number is beyond all cursors. */
  static boolean isBeyondCursors(long cursor) {
    return cursor >>> CURSOR_BITS != 0;
  }

  /** The prefix at which a scan goes on. */
  long prefixAt(long cursor) {
    return cursor >>> (CURSOR_BITS - TAG_BITS - bits());
  }

  /** The cursor with which a scan goes on at a prefix, or 0 if that is beyond the last. */
  long cursorAt(long prefix) {
    long cursor = prefix << (CURSOR_BITS - TAG_BITS - bits());
    return isBeyondCursors(cursor) ? 0 : cursor;
  }
}
