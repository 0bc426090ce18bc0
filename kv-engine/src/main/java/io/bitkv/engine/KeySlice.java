package io.bitkv.engine;

import java.util.Arrays;

/**
 * A key as the directory sees it: some bytes of an array, and their 64-bit hash.
 *
 * <p>The slice borrows the array. Whoever keeps one beyond the call keeps a {@link #copy()}. The hash takes part in nothing but
 * speed: equality and order are those of the bytes, and equal bytes must come with equal hashes.
 *
 * @param bytes the array that holds the key
 * @param offset index of the key's first byte
 * @param length number of bytes, 0 or more
 * @param hash the store's hash of these bytes; its top bits choose the stripe
 */
record KeySlice(byte[] bytes, int offset, int length, long hash) implements Comparable<KeySlice> {

  private static final byte[] NO_BYTES = {};

  /** The slice that is the whole of an array. */
  static KeySlice of(byte[] key, long hash) {
    return new KeySlice(key, 0, key.length, hash);
  }

  /** A slice that stands for a key of which only the hash is known, for a directory that keeps no keys. */
  static KeySlice hashOnly(long hash) {
    return of(NO_BYTES, hash);
  }

  /** The same key in an array of its own. */
  KeySlice copy() {
    return of(toByteArray(), hash);
  }

  /** The key's bytes in a new array. */
  byte[] toByteArray() {
    return Arrays.copyOfRange(bytes, offset, offset + length);
  }

  /** Orders keys by their bytes, unsigned; a prefix comes before what it begins. */
  @Override
  public int compareTo(KeySlice other) {
    return Arrays.compareUnsigned(
        bytes, offset, offset + length, other.bytes, other.offset, other.offset + other.length);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof KeySlice that && hash == that.hash && compareTo(that) == 0;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(hash);
  }

  @Override
  public String toString() {
    return "key of " + length + " bytes, hash " + Long.toHexString(hash);
  }
}
