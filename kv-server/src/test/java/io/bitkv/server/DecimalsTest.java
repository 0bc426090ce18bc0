package io.bitkv.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecimalsTest {

  @ParameterizedTest
  @CsvSource({
    "3.0e3, 3000",
    "0.10, 0.1",
    "-0, 0",
    "-0.0, 0",
    "+5, 5",
    ".5, 0.5",
    "2., 2",
    "1e-17, 0.00000000000000001",
    "1e-18, 0",
    "5e-18, 0",
    "1.000000000000000005, 1",
    "123456789.125, 123456789.125",
    "-1e-20, 0",
    "1e20, 100000000000000000000"
  })
  void writesPlainNumbersOfAtMostSeventeenDecimals(String text, String written) {
    assertEquals(written, Decimals.format(Decimals.parse(RespClient.bytes(text))));
  }

  @Test
  void tenthsAddUpExactly() {
    assertEquals(
        "0.3",
        Decimals.format(
            Decimals.parse(RespClient.bytes("0.1")).add(Decimals.parse(RespClient.bytes("0.2")))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " 1",
        "1 ",
        "1,5",
        "1e",
        "e1",
        "--1",
        "nan",
        "1..0",
        "0x10",
        "1e4933",
        "1e-4952",
        "1e999999999",
        "1e99999999999999999999"
      })
  void refusesWhatIsNoNumberOrBeyondRange(String text) {
    CommandException refusal =
        assertThrows(CommandException.class, () -> Decimals.parse(RespClient.bytes(text)));
    assertEquals("ERR value is not a valid float", refusal.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"inf", "-INF", "+infinity"})
  void refusesInfinity(String text) {
    CommandException refusal =
        assertThrows(CommandException.class, () -> Decimals.parse(RespClient.bytes(text)));
    assertEquals("ERR increment would produce NaN or Infinity", refusal.getMessage());
  }
}
