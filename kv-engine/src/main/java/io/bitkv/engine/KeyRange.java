package io.bitkv.engine;

import java.util.Arrays;

/**
 * A range of keys in unsigned byte order. Immutable.
 *
 * @param from the lower bound, or null for none
 * @param fromInclusive whether the lower bound itself belongs to the range
 * @param to the upper bound, or null for none
 * @param toInclusive whether the upper bound itself belongs to the range
 */
record KeyRange(byte[] from, boolean fromInclusive, byte[] to, boolean toInclusive) {
  private static final KeyRange ALL = new KeyRange(null, true, null, true);

  /** The range of all keys. */
  static KeyRange all() {
    return ALL;
  }

  /** The range of the keys that begin with some bytes. */
  static KeyRange startingWith(byte[] prefix) {
    return new KeyRange(prefix, true, successorOfPrefix(prefix), false);
  }

  /** The least key after all that begin with a prefix: its last byte below 255 raised by one, or null if there is none. */
  private static byte[] successorOfPrefix(byte[] prefix) {
    int length = prefix.length;
    while (length > 0 && prefix[length - 1] == (byte) 0xFF) {
      length--;
    }
    if (length == 0) {
      return null;
    }
    byte[] successor = Arrays.copyOf(prefix, length);
    successor[length - 1]++;
    return successor;
  }

  /** The part of this range from a key on. */
  KeyRange from(byte[] key, boolean inclusive) {
    int order = from == null ? 1 : Arrays.compareUnsigned(key, from);
    boolean isNarrower = order > 0 || order == 0 && fromInclusive;
    return isNarrower ? new KeyRange(key, inclusive, to, toInclusive) : this;
  }

  /** The part of this range up to a key. */
  KeyRange to(byte[] key, boolean inclusive) {
    int order = to == null ? -1 : Arrays.compareUnsigned(key, to);
    boolean isNarrower = order < 0 || order == 0 && toInclusive;
    return isNarrower ? new KeyRange(from, fromInclusive, key, inclusive) : this;
  }

  /** Whether no key lies in the range, because the lower bound is not below the upper one. */
  boolean isEmpty() {
    if (from == null || to == null) {
      return false;
    }
    int order = Arrays.compareUnsigned(from, to);
    return order > 0 || order == 0 && !(fromInclusive && toInclusive);
  }
}
