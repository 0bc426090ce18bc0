package io.bitkv.server;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * The decimal numbers of INCRBYFLOAT. They are exact; what is stored has at most {@value #DECIMALS}
 * digits behind the point, no exponent, no trailing zeros and no negative zero. (Redis adds in
 * 80-bit binary floating point and stores its rounding noise.)
 */
final class Decimals {

  private static final int DECIMALS = 17;

  /**
   * The decimal exponents of the greatest and the least 80-bit floating-point numbers; what lies
   * beyond is refused as there.
   */
  private static final int GREATEST_EXPONENT = 4932;

  private static final int LEAST_EXPONENT = -4951;

  /** The longest text that is read as a number. */
  private static final int MAX_LENGTH = 5 * 1024;

  private static final Pattern INFINITY =
      Pattern.compile("[+-]?inf(inity)?", Pattern.CASE_INSENSITIVE);

  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(\\d++(\\.\\d*+)?|\\.\\d++)([eE][+-]?\\d++)?");

  private Decimals() {}

  /**
   * Reads a number.
   *
   * @throws CommandException if it is none, or infinite, or beyond the range of 80-bit
   *     floating-point numbers
   */
  static BigDecimal parse(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    if (INFINITY.matcher(text).matches()) {
      throw new CommandException("ERR increment would produce NaN or Infinity");
    }
    if (text.length() > MAX_LENGTH || !NUMBER.matcher(text).matches()) {
      throw CommandException.NOT_A_FLOAT;
    }
    try {
      return inRange(new BigDecimal(text));
    } catch (NumberFormatException e) {
      throw CommandException.NOT_A_FLOAT;
    }
  }

  /** Writes a number, rounded to what is stored. */
  static String format(BigDecimal number) {
    BigDecimal rounded = number.setScale(DECIMALS, RoundingMode.HALF_EVEN);
    return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
  }

  private static BigDecimal inRange(BigDecimal number) {
    long exponent = (long) number.precision() - number.scale() - 1;
    if (number.signum() == 0) {
      return BigDecimal.ZERO;
    }
    if (exponent > GREATEST_EXPONENT || exponent < LEAST_EXPONENT) {
      throw CommandException.NOT_A_FLOAT;
    }
    return number;
  }
}
