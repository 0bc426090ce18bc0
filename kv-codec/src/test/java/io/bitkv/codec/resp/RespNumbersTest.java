package io.bitkv.codec.resp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RespNumbersTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "-",
        "+",
        " 1",
        "1 ",
        "01",
        "+1",
        "-0",
        "-01",
        "00",
        "0x1",
        "1.0",
        "1e3",
        "1\0",
        "--1",
        "a",
        "9223372036854775808",
        "-9223372036854775809",
        "18446744073709551615",
        "18446744073709551616",
        "9999999999999999999",
        "-9999999999999999999",
        "10000000000000000000",
        "-10000000000000000000",
        "123456789012345678901",
        "/",
        ":"
      })
  void whatRedisTakesForNoIntegerIsNone(String text) {
    byte[] bytes = Wire.bytes(text);
    assertFalse(RespNumbers.isLong(bytes, 0, bytes.length));
    assertThrows(NumberFormatException.class, () -> RespNumbers.parseLong(bytes, 0, bytes.length));
  }

  @ParameterizedTest
  @ValueSource(
      longs = {
        0,
        1,
        -1,
        9,
        10,
        99,
        100,
        -100,
        123456789,
        2147483647,
        2147483648L,
        -2147483648,
        -2147483649L,
        99999999999L,
        999999999999999999L,
        1000000000000000000L,
        -999999999999999999L,
        Long.MAX_VALUE,
        Long.MIN_VALUE,
        Long.MAX_VALUE - 1,
        Long.MIN_VALUE + 1
      })
  void integersAreWrittenAndReadBack(long number) {
    byte[] bytes = new byte[2 + RespNumbers.MAX_LONG_BYTES];
    int end = RespNumbers.putLong(bytes, 2, number);
    assertEquals(Long.toString(number), Wire.text(bytes, 2, end - 2));
    assertTrue(RespNumbers.isLong(bytes, 2, end - 2));
    assertEquals(number, RespNumbers.parseLong(bytes, 2, end - 2));
  }

  @Test
  void anIntegerCanLieAnywhereInAnArray() {
    byte[] bytes = Wire.bytes("a-12b");
    assertEquals(-12, RespNumbers.parseLong(bytes, 1, 3));
    assertFalse(RespNumbers.isLong(bytes, 1, 4));
  }

  @Test
  void doublesAreShortAndPlain() {
    assertEquals("3", RespNumbers.formatDouble(3));
    assertEquals("-3", RespNumbers.formatDouble(-3));
    assertEquals("0", RespNumbers.formatDouble(0));
    assertEquals("-0.0", RespNumbers.formatDouble(-0.0));
    assertEquals("0.1", RespNumbers.formatDouble(0.1));
    assertEquals("10000000000000000", RespNumbers.formatDouble(1e16));
    assertEquals("1.0E17", RespNumbers.formatDouble(1e17));
    assertEquals("1.0E-7", RespNumbers.formatDouble(1e-7));
    assertEquals("inf", RespNumbers.formatDouble(Double.POSITIVE_INFINITY));
    assertEquals("-inf", RespNumbers.formatDouble(Double.NEGATIVE_INFINITY));
    assertEquals("nan", RespNumbers.formatDouble(Double.NaN));
  }

  @Test
  void doublesAreRead() {
    assertEquals(1.5, RespNumbers.parseDouble("1.5"));
    assertEquals(-1500.0, RespNumbers.parseDouble("-1.5e3"));
    assertEquals(10, RespNumbers.parseDouble("+10"));
    assertEquals(Double.POSITIVE_INFINITY, RespNumbers.parseDouble("inf"));
    assertEquals(Double.POSITIVE_INFINITY, RespNumbers.parseDouble("+INF"));
    assertEquals(Double.NEGATIVE_INFINITY, RespNumbers.parseDouble("-inf"));
    assertEquals(Double.NaN, RespNumbers.parseDouble("nan"));
    assertEquals(Double.NaN, RespNumbers.parseDouble("-nan"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " 1", "1 ", "0x1p3", "1f", "1d", "NaN1", "Infinity", "e", "1e", "--1"})
  void whatIsNoDoubleIsRefused(String text) {
    assertThrows(NumberFormatException.class, () -> RespNumbers.parseDouble(text));
  }
}
