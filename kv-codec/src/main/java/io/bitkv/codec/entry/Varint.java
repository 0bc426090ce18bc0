package io.bitkv.codec.entry;

/**
 * Variable-length integers of 64 bits: LEB128, seven bits a byte, the lowest first, the top bit set in every byte but
 * the last. Only the shortest form of a number is valid, so each number has one encoding.
 *
 * <p>Reading takes two steps, so that no object is made: {@link #length} says how many bytes the number takes, then
 * {@link #get} reads that many. Source of the encoding: DWARF 5, section 7.6. Stateless, safe for use by any thread.
 */
public final class Varint {
  /** The most bytes that one number takes: ten, for those with the 64th bit set. */
  public static final int MAX_LENGTH = 10;

  /** What {@link #length} returns when the bytes end before the number does. */
  public static final int TORN = 0;

  /** What {@link #length} returns when the bytes are not the shortest form of a 64-bit number. */
  public static final int MALFORMED = -1;

  private static final int PAYLOAD_BITS = 7;
  private static final int PAYLOAD_MASK = (1 << PAYLOAD_BITS) - 1;
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
   * Tells how many bytes the number takes that begins at an index, without reading a byte at or behind a limit.
   *
   * @param bytes where from
   * @param at the index of its first byte
   * @param to the limit
   * @return 1 to {@link #MAX_LENGTH}, or {@link #TORN}, or {@link #MALFORMED}
   */
  public static int length(byte[] bytes, int at, int to) {
    for (int index = at; index < to; index++) {
      int length = index - at + 1;
      byte current = bytes[index];
      if (current >= 0) {
        boolean overlong = current == 0 && length > 1;
        boolean tooLarge = length == MAX_LENGTH && current > 1;
        return overlong || tooLarge ? MALFORMED : length;
      }
      if (length == MAX_LENGTH) {
        return MALFORMED;
      }
    }
    return TORN;
  }

  /**
   * Reads a number whose length is known.
   *
   * @param bytes where from
   * @param at the index of its first byte
   * @param length what {@link #length} returned for it, 1 to {@link #MAX_LENGTH}
   * @return the number, all 64 bits of it to be taken as unsigned
   */
  public static long get(byte[] bytes, int at, int length) {
    long value = bytes[at] & PAYLOAD_MASK;
    for (int index = 1; index < length; index++) {
      value |= (long) (bytes[at + index] & PAYLOAD_MASK) << (PAYLOAD_BITS * index);
    }
    return value;
  }

  /**
   * Folds a signed number into an unsigned one, so that small magnitudes of either sign are short: 0, -1, 1, -2 become
   * 0, 1, 2, 3.
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
