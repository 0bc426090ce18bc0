package io.bitkv.bench;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.SplittableRandom;

/**
 * The keys and values of a run: 16-byte keys made from their index, and values cut from one random block, so that making them costs
 * little beside any store. Safe for many threads.
 */
public final class Workload {

  /** The length of every key, in bytes. */
  public static final int KEY_BYTES = 16;

  private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final int MOST_VALUES = 1024;
  private static final int POOL_BYTES = 64 << 20;

  private final long keys;
  private final byte[][] values;

  /**
   * Makes a workload.
   *
   * @param keys how many keys there are
   * @param valueBytes how long each value is, 1 byte to 64 MiB
   */
  public Workload(long keys, int valueBytes) {
    this.keys = keys;
    SplittableRandom random = new SplittableRandom(42);
    values = new byte[Math.min(MOST_VALUES, Integer.highestOneBit(POOL_BYTES / valueBytes))][];
    for (int i = 0; i < values.length; i++) {
      values[i] = new byte[valueBytes];
      random.nextBytes(values[i]);
    }
  }

  /**
   * Tells how many keys there are.
   *
   * @return their number
   */
  public long keys() {
    return keys;
  }

  /**
   * Tells how long each value is.
   *
   * @return bytes
   */
  public int valueBytes() {
    return values[0].length;
  }

  /**
   * Makes the key of an index whose byte order is that of the indexes.
   *
   * @param index the index
   * @return the key
   */
  public static byte[] orderedKey(long index) {
    byte[] key = new byte[KEY_BYTES];
    LONGS.set(key, 0, index);
    LONGS.set(key, 8, mix(index));
    return key;
  }

  /**
   * Makes the key of an index whose byte order is scattered. Indexes from {@link #keys()} on are keys that were never stored.
   *
   * @param index the index
   * @return the key
   */
  public static byte[] key(long index) {
    byte[] key = new byte[KEY_BYTES];
    LONGS.set(key, 0, mix(index));
    LONGS.set(key, 8, index);
    return key;
  }

  /**
   * Picks the value of the n-th write.
   *
   * @param n which write
   * @return the value, which nobody changes
   */
  public byte[] value(long n) {
    return values[(int) mix(n) & values.length - 1];
  }

  /**
   * Visits every index from 0 to the number of keys once, in a scattered order: a full-period linear congruential generator.
   *
   * @param n which visit, from 0
   * @return the index
   */
  public long scattered(long n) {
    long size = Long.highestOneBit(Math.max(2, keys - 1)) << 1;
    long at = n;
    do {
      at = at * 0x5851F42D4C957F2DL + 0x14057B7EF767814FL & size - 1;
    } while (at >= keys);
    return at;
  }

  /** The finalizer of SplitMix64 (Steele, Lea and Flood, 2014). */
  private static long mix(long z) {
    z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
    z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
    return z ^ z >>> 31;
  }
}
