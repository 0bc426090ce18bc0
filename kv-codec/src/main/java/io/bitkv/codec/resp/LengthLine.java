package io.bitkv.codec.resp;

/**
 * The quick way through a line of a type byte, a few digits and CR LF: nearly every length there
 * is.
 */
final class LengthLine {
  /** What {@link #read} returns for a line it leaves to the thorough way. */
  static final long NONE = -1;

  /** With this many digits a number is far from overflowing an {@code int}. */
  private static final int MAX_DIGITS = 8;

  /** The longest line taken the quick way, without its CR LF. */
  static final int LONGEST = 1 + MAX_DIGITS;

  private LengthLine() {}

  /**
   * Reads the number of the line that begins at an index.
   *
   * @return the number in the upper half and the index after the line in the lower, or {@link
   *     #NONE} if the line is not whole yet, is too long for the quick way, or holds no plain
   *     number
   */
  static long read(byte[] buffer, int at, int to) {
    int first = at + 1;
    int end = Math.min(to - 2, first + MAX_DIGITS);
    int value = 0;
    int i = first;
    while (i < end && RespNumbers.isDigit(buffer[i])) {
      value = value * 10 + (buffer[i] - '0');
      i++;
    }
    // More than one digit with a zero in front is no number.
    boolean plain = i > first && (i == first + 1 || buffer[first] != '0');
    if (plain && buffer[i] == '\r' && buffer[i + 1] == '\n') {
      return (long) value << 32 | i + 2;
    }
    return NONE;
  }

  /** The number in what {@link #read} returned. */
  static int value(long line) {
    return (int) (line >>> 32);
  }

  /** The index after the line in what {@link #read} returned. */
  static int end(long line) {
    return (int) line;
  }
}
