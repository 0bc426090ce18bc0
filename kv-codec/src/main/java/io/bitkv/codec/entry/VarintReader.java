package io.bitkv.codec.entry;

/**
 * Reads one number after another and remembers the first failure, so that a caller reads a whole structure in a straight
 * line and asks once at its end. After a failure every number is 0. Reusable, for one thread.
 */
final class VarintReader {
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
    if (at < to && bytes[at] >= 0) {
      return bytes[at++];
    }
    int length = Varint.length(bytes, at, to);
    if (length > 0) {
      long value = Varint.get(bytes, at, length);
      at += length;
      return value;
    }
    stop(length == Varint.TORN ? null : Fault.NUMBER);
    return 0;
  }

  /** Reads a number from 0 to a maximum, else fails with a fault. */
  long next(long max, Fault otherwise) {
    long value = next();
    if (Long.compareUnsigned(value, max) > 0) {
      stop(otherwise);
      return 0;
    }
    return value;
  }

  /** Reads 8 fixed bytes. */
  long nextLong() {
    if (to - at < Long.BYTES) {
      stop(null);
      return 0;
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

  private void stop(Fault found) {
    if (!torn && fault == null) {
      fault = found;
      torn = found == null;
    }
    at = to;
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
