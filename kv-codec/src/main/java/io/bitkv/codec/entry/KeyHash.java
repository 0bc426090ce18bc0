package io.bitkv.codec.entry;

import java.util.Objects;

/**
 * The 64-bit hash of a key: wyhash, final version 4.2, by Wang Yi (https://github.com/wangyi-fudan/wyhash, public
 * domain), with its default secrets.
 *
 * <p>Hint files store it, so it belongs to the file format. All 64 bits are of equal quality: a key directory may
 * take a stripe from the top ones and a tag from any others. The seed depends on the store's random id, so that
 * keys chosen to collide in one store do not collide in another; it is no defence against somebody who knows the
 * id. Stateless, safe for use by any thread.
 */
public final class KeyHash {
  private static final long SECRET_0 = 0x2d358dccaa6c78a5L;
  private static final long SECRET_1 = 0x8bb84b93962eacc9L;
  private static final long SECRET_2 = 0x4b33a62ed433d4a3L;
  private static final long SECRET_3 = 0x4d5a2da51de1aa47L;
  private static final int STRIDE = 48;
  private static final int STEP = 16;

  private KeyHash() {}

  /**
   * Derives the seed for the keys of one keyspace, so that the same key in two keyspaces has two hashes. It is the
   * mix of wyhash over (store id xor secret 0) and (keyspace xor secret 1).
   *
   * @param storeId the id of the store, from any of its segment headers
   * @param keyspace the number of the keyspace, 0 or more
   * @return the seed for {@link #hash}
   */
  public static long seed(long storeId, int keyspace) {
    return mix(storeId ^ SECRET_0, keyspace ^ SECRET_1);
  }

  /**
   * Hashes a key.
   *
   * @param key the array that holds it
   * @param from the index of its first byte
   * @param length how many bytes it has, 0 or more
   * @param seed what {@link #seed} returned for its store and keyspace
   * @return the hash
   * @throws IndexOutOfBoundsException if the key does not lie within the array
   */
  public static long hash(byte[] key, int from, int length, long seed) {
    Objects.checkFromIndexSize(from, length, key.length);
    long state = seed ^ mix(seed ^ SECRET_0, SECRET_1);
    if (length > STEP) {
      return hashLong(key, from, length, state);
    }
    if (length >= Integer.BYTES) {
      int middle = length >>> 3 << 2;
      int last = from + length - Integer.BYTES;
      long a = LittleEndian.getUnsignedInt(key, from) << 32 | LittleEndian.getUnsignedInt(key, from + middle);
      long b = LittleEndian.getUnsignedInt(key, last) << 32 | LittleEndian.getUnsignedInt(key, last - middle);
      return finish(a, b, state, length);
    }
    return finish(length == 0 ? 0 : upToThree(key, from, length), 0, state, length);
  }

  private static long hashLong(byte[] key, int from, int length, long start) {
    long state = start;
    int at = from;
    int rest = length;
    if (rest >= STRIDE) {
      long second = start;
      long third = start;
      for (; rest >= STRIDE; at += STRIDE, rest -= STRIDE) {
        state = step(key, at, SECRET_1, state);
        second = step(key, at + STEP, SECRET_2, second);
        third = step(key, at + 2 * STEP, SECRET_3, third);
      }
      state ^= second ^ third;
    }
    for (; rest > STEP; at += STEP, rest -= STEP) {
      state = step(key, at, SECRET_1, state);
    }
    int end = from + length;
    long a = LittleEndian.getLong(key, end - 2 * Long.BYTES);
    long b = LittleEndian.getLong(key, end - Long.BYTES);
    return finish(a, b, state, length);
  }

  private static long upToThree(byte[] key, int from, int length) {
    return (key[from] & 0xFFL) << 16 | (key[from + (length >>> 1)] & 0xFFL) << 8 | key[from + length - 1] & 0xFFL;
  }

  private static long step(byte[] key, int at, long secret, long state) {
    return mix(LittleEndian.getLong(key, at) ^ secret, LittleEndian.getLong(key, at + Long.BYTES) ^ state);
  }

  private static long finish(long a, long b, long state, int length) {
    long left = a ^ SECRET_1;
    long right = b ^ state;
    long low = left * right;
    long high = Math.unsignedMultiplyHigh(left, right);
    return mix(low ^ SECRET_0 ^ length, high ^ SECRET_1);
  }

  private static long mix(long a, long b) {
    return a * b ^ Math.unsignedMultiplyHigh(a, b);
  }
}
