package io.bitkv.server;

/**
 * A range of a string's bits, the first of which is the highest of the first byte.
 *
 * @param from the first bit
 * @param to the bit behind the last; the range is empty if it is not greater than {@code from}
 */
record BitRange(long from, long to) {

  static final BitRange EMPTY = new BitRange(0, 0);

  /** What a range's bounds count. */
  enum Unit {
    BYTE,
    BIT
  }

  /** The bits of the bytes from one to another, both included. */
  static BitRange ofBytes(long first, long last) {
    return new BitRange(8 * first, 8 * (last + 1));
  }

  /** The range that bounds mean, negative ones of which count from the end. */
  static BitRange of(long start, long end, Unit unit, int length) {
    long total = unit == Unit.BIT ? 8L * length : length;
    long first = Math.max(0, start < 0 ? total + start : start);
    long last = Math.min(total - 1, Math.max(0, end < 0 ? total + end : end));
    if (first > last) {
      return EMPTY;
    }
    return unit == Unit.BIT ? new BitRange(first, last + 1) : ofBytes(first, last);
  }

  boolean isEmpty() {
    return from >= to;
  }

  /** Counts the bits that are set. */
  long count(byte[] bytes) {
    long count = 0;
    long at = from;
    for (; at < to && at % 8 != 0; at++) {
      count += Bits.isSet(bytes, at) ? 1 : 0;
    }
    for (; at + 8 <= to; at += 8) {
      count += Integer.bitCount(bytes[(int) (at / 8)] & 0xff);
    }
    for (; at < to; at++) {
      count += Bits.isSet(bytes, at) ? 1 : 0;
    }
    return count;
  }

  /** Finds the first bit that is set, or that is not; -1 if there is none. */
  long first(byte[] bytes, boolean isWanted) {
    int full = isWanted ? 0 : 0xff;
    long at = from;
    while (at < to) {
      if (at % 8 == 0 && at + 8 <= to && (bytes[(int) (at / 8)] & 0xff) == full) {
        at += 8;
      } else if (Bits.isSet(bytes, at) == isWanted) {
        return at;
      } else {
        at++;
      }
    }
    return -1;
  }
}
