package io.bitkv.codec.entry;

/**
 * Reads one number after another and remembers the first failure, so that a caller reads a whole structure in a
 * straight line and asks once at its end. After a failure every number is 0. Reusable, for one thread.
 */
final class VarintReader {
  private static final int LAST_BITS = (Varint.MAX_LENGTH - 1) * Varint.PAYLOAD_BITS;

  private byte[] bytes;
  private int at;
  private int to;
  private boolean torn;
  private Fault fault;

  /** Starts at an index; no byte at or behind the limit is read. */
  void begin(byte[] from, int first, int limit) {
    bytes = from;
    at = first;
    to = limit;
    torn = false;
    fault = null;
  }

  /** Reads a number of up to 64 bits. */
  long next() {
    int index = at;
    int limit = Math.min(to, index + Varint.MAX_LENGTH);
    long value = 0;
    for (int bits = 0; index < limit; bits += Varint.PAYLOAD_BITS) {
      byte current = bytes[index++];
      value |= (long) (current & Varint.PAYLOAD_MASK) << bits;
      if (current >= 0) {
        if (bits != 0 && !isShortest(current, bits)) {
          return stop(Fault.NUMBER);
        }
        at = index;
        return value;
      }
    }
    return stop(index - at < Varint.MAX_LENGTH ? null : Fault.NUMBER);
  }

  /** Tells whether a number may end in a byte that stands behind so many bits: not in a 0, nor in a 65th bit. */
  private static boolean isShortest(byte last, int bits) {
    return last != 0 && (bits < LAST_BITS || last == 1);
  }

  /** Reads a number from 0 to a maximum, else fails with a fault. */
  long next(long max, Fault otherwise) {
    long value = next();
    if (Long.compareUnsigned(value, max) > 0) {
      return stop(otherwise);
    }
    return value;
  }

  /** Reads 8 fixed bytes. */
  long nextLong() {
    if (to - at < Long.BYTES) {
      return stop(null);
    }
    long value = LittleEndian.getLong(bytes, at);
    at += Long.BYTES;
    return value;
  }

  /** Fails with a fault unless a condition holds. */
  void require(boolean condition, Fault otherwise) {
    if (!condition) {
      stop(otherwise);
    }
  }

  /** Records a failure, null if the bytes have ended, and gives the number that stands for what was not read. */
  private long stop(Fault found) {
    if (!torn && fault == null) {
      fault = found;
      torn = found == null;
    }
    at = to;
    return 0;
  }

  /** The index behind what was read. */
  int at() {
    return at;
  }

  /** Whether the bytes ended before a number did. */
  boolean torn() {
    return torn;
  }

  /** The first fault found, or null. */
  Fault fault() {
    return fault;
  }
}
