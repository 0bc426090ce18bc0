package io.bitkv.codec.resp;

import java.util.Locale;

/**
 * The text form of numbers on the wire and in values.
 *
 * <p>An integer is what Redis takes for one ({@code string2ll} in its {@code util.c}): decimal
 * digits of a 64-bit signed number, in the one shortest way to write it. {@code 01}, {@code +1},
 * {@code -0}, a blank anywhere and the empty string are no integers.
 */
public final class RespNumbers {
  /** The most bytes an integer takes: a sign and 19 digits. */
  public static final int MAX_LONG_BYTES = 20;

  /** The most digits that fit a {@code long} whatever they are. */
  private static final int SAFE_DIGITS = 18;

  /** Doubles below this size with no fraction are written as integers, without an exponent. */
  private static final double PLAIN_INTEGRAL_BOUND = 1e17;

  private RespNumbers() {}

  /**
   * Whether the bytes are an integer.
   *
   * @param source the array that holds them
   * @param offset where they begin
   * @param length how many they are
   * @return true if {@link #parseLong} accepts them
   * @throws IndexOutOfBoundsException if the range is not within the array
   */
  public static boolean isLong(byte[] source, int offset, int length) {
    if (length < 1 || length > MAX_LONG_BYTES) {
      return false;
    }
    boolean negative = source[offset] == '-';
    int first = negative ? offset + 1 : offset;
    int end = offset + length;
    int digits = end - first;
    if (digits < 1 || digits > SAFE_DIGITS + 1) {
      return false;
    }
    if (source[first] == '0') {
      return length == 1;
    }
    for (int i = first; i < end; i++) {
      if (!isDigit(source[i])) {
        return false;
      }
    }
    if (digits <= SAFE_DIGITS) {
      return true;
    }
    // Nineteen digits always fit 64 bits without a sign, so one that does not fit with it shows.
    long magnitude = magnitude(source, first, end);
    return magnitude >= 0 || (negative && magnitude == Long.MIN_VALUE);
  }

  /**
   * Reads an integer.
   *
   * @param source the array that holds its bytes
   * @param offset where they begin
   * @param length how many they are
   * @return the number
   * @throws NumberFormatException if the bytes are no integer
   * @throws IndexOutOfBoundsException if the range is not within the array
   */
  public static long parseLong(byte[] source, int offset, int length) {
    if (!isLong(source, offset, length)) {
      throw new NumberFormatException("value is not an integer or out of range");
    }
    if (source[offset] == '-') {
      return -magnitude(source, offset + 1, offset + length);
    }
    return magnitude(source, offset, offset + length);
  }

  /**
   * Writes an integer.
   *
   * @param target the array to write to
   * @param at where to begin
   * @param value the number
   * @return the index after the last byte written
   * @throws IndexOutOfBoundsException if the array ends before the number does; {@link
   *     #MAX_LONG_BYTES} bytes are always enough
   */
  public static int putLong(byte[] target, int at, long value) {
    int first = at;
    if (value < 0) {
      target[first++] = '-';
    }
    // The negative side holds the magnitude of every number, that of the least one included.
    long rest = value < 0 ? value : -value;
    int end = first + digits(rest);
    int i = end;
    while (rest < Integer.MIN_VALUE) {
      long tenth = rest / 10;
      target[--i] = (byte) ('0' + (tenth * 10 - rest));
      rest = tenth;
    }
    int small = (int) rest;
    do {
      int tenth = small / 10;
      target[--i] = (byte) ('0' + (tenth * 10 - small));
      small = tenth;
    } while (small != 0);
    return end;
  }

  /**
   * The text of a floating-point number: {@code 3}, {@code 0.1}, {@code 1.0E-7}, {@code inf},
   * {@code -inf} or {@code nan}.
   *
   * @param value the number
   * @return the shortest decimal text that reads back as the same number
   */
  public static String formatDouble(double value) {
    if (Double.isNaN(value)) {
      return "nan";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "inf" : "-inf";
    }
    boolean negativeZero = value == 0 && 1 / value < 0;
    if (value == Math.rint(value) && Math.abs(value) < PLAIN_INTEGRAL_BOUND && !negativeZero) {
      return Long.toString((long) value);
    }
    return Double.toString(value);
  }

  /**
   * Reads a floating-point number: decimal digits with an optional sign, fraction and exponent, or
   * {@code inf} or {@code nan} in either case.
   *
   * @param text the number's text
   * @return the nearest number
   * @throws NumberFormatException if the text is none of these
   */
  public static double parseDouble(String text) {
    switch (text.toLowerCase(Locale.ROOT)) {
      case "inf", "+inf":
        return Double.POSITIVE_INFINITY;
      case "-inf":
        return Double.NEGATIVE_INFINITY;
      case "nan", "-nan":
        return Double.NaN;
      default:
        break;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      // Java alone also takes blanks around a number, hexadecimal digits, and a type suffix.
      if (!isDigit(c) && c != '+' && c != '-' && c != '.' && c != 'e' && c != 'E') {
        throw new NumberFormatException("not a floating-point number");
      }
    }
    return Double.parseDouble(text);
  }

  /** Whether a byte or character is a decimal digit. */
  static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  private static long magnitude(byte[] source, int first, int end) {
    long value = 0;
    for (int i = first; i < end; i++) {
      value = value * 10 + (source[i] - '0');
    }
    return value;
  }

  private static int digits(long negative) {
    long bound = -10;
    for (int digits = 1; digits <= SAFE_DIGITS; digits++) {
      if (negative > bound) {
        return digits;
      }
      bound *= 10;
    }
    return SAFE_DIGITS + 1;
  }
}
