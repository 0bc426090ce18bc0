package io.bitkv.codec.entry;

/**
 * Variable-length integers of 64 bits: LEB128, seven bits a byte, the lowest first, the top bit set in every byte but
 * the last. Only the shortest form of a number is valid, so each number has one encoding.
 *
 * <p>Source of the encoding: DWARF 5, section 7.6. Stateless, safe for use by any thread.
 */
public final class Varint {
  /** The most bytes that one number takes: ten, for those with the 64th bit set. */
  public static final int MAX_LENGTH = 10;

  static final int PAYLOAD_BITS = 7;
  static final int PAYLOAD_MASK = (1 << PAYLOAD_BITS) - 1;
  private static final int MORE = 1 << PAYLOAD_BITS;

  private Varint() {}

  /**
   * Tells how many bytes a number takes.
   *
   * @param value the number, all 64 bits of it taken as unsigned
   * @return 1 to {@link #MAX_LENGTH}
   */
  public static int size(long value) {
    return (Long.SIZE - Long.numberOfLeadingZeros(value | 1) + PAYLOAD_BITS - 1) / PAYLOAD_BITS;
  }

  /**
   * Writes a number.
   *
   * @param bytes where to
   * @param at the index of its first byte
   * @param value the number, all 64 bits of it taken as unsigned
   * @return the index behind its last byte
   * @throws IndexOutOfBoundsException if the array ends before the number does
   */
  public static int put(byte[] bytes, int at, long value) {
    int next = at;
    long rest = value;
    while ((rest & ~PAYLOAD_MASK) != 0) {
      bytes[next++] = (byte) (rest | MORE);
      rest >>>= PAYLOAD_BITS;
    }
    bytes[next++] = (byte) rest;
    return next;
  }

  /**
   * Folds a signed number into an unsigned one, so that small magnitudes of either sign are short: 0, -1, 1, -2
   * become 0, 1, 2, 3.
   *
   * @param value any number
   * @return its folded form, for {@link #put}
   */
  public static long zigzag(long value) {
    return (value << 1) ^ (value >> (Long.SIZE - 1));
  }

  /**
   * Undoes {@link #zigzag}.
   *
   * @param folded the folded form
   * @return the signed number
   */
  public static long unzigzag(long folded) {
    return (folded >>> 1) ^ -(folded & 1);
  }
}
