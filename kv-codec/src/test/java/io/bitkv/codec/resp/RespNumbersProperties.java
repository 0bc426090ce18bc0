package io.bitkv.codec.resp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;

class RespNumbersProperties {
  @Property
  void everyLongReadsBack(@ForAll long number) {
    byte[] bytes = new byte[RespNumbers.MAX_LONG_BYTES];
    int length = RespNumbers.putLong(bytes, 0, number);
    assertEquals(Long.toString(number), Wire.text(bytes, 0, length));
    assertEquals(number, RespNumbers.parseLong(bytes, 0, length));
  }

  @Property
  void anIntegerIsWhatIsWrittenInTheOneShortestWay(
      @ForAll @StringLength(min = 1, max = 22) @CharRange(from = '-', to = '9') String text) {
    assertEquals(isShortestLong(text), isLong(text));
  }

  @Property
  void digitsThatFitAreAnIntegerWhateverTheirNumber(
      @ForAll @StringLength(min = 17, max = 20) @CharRange(from = '0', to = '9') String digits,
      @ForAll boolean negative) {
    String text = negative ? "-" + digits : digits;
    assertEquals(isShortestLong(text), isLong(text));
  }

  @Property
  void everyDoubleReadsBack(@ForAll double number) {
    assertEquals(number, RespNumbers.parseDouble(RespNumbers.formatDouble(number)));
  }

  private static boolean isLong(String text) {
    byte[] bytes = Wire.bytes(text);
    return RespNumbers.isLong(bytes, 0, bytes.length);
  }

  private static boolean isShortestLong(String text) {
    try {
      BigInteger number = new BigInteger(text);
      return number.bitLength() < Long.SIZE && number.toString().equals(text);
    } catch (NumberFormatException e) {
      return false;
    }
  }
}
