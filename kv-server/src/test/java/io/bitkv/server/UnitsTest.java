package io.bitkv.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.bitkv.api.InvalidOptionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnitsTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "17, 17",
    "1k, 1000",
    "1kb, 1024",
    "3MB, 3145728",
    "2gb, 2147483648",
    "5m, 5000000",
    "1g, 1000000000",
    "9b, 9"
  })
  void readsSizes(String text, long bytes) {
    assertEquals(bytes, Units.parseBytes(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "mb", "-1", "1.5mb", "1 mb", "1tb", "99999999999gb", "x"})
  void refusesWhatIsNoSize(String text) {
    String message =
        assertThrows(InvalidOptionException.class, () -> Units.parseBytes(text)).getMessage();
    assertEquals(
        "\"" + text + "\" is no size; write a whole number of bytes, or of kb, mb or gb", message);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "1023, 1023",
    "1024, 1kb",
    "268435456, 256mb",
    "1073741824, 1gb",
    "1536, 1536"
  })
  void writesSizesInTheLargestUnitThatDividesThem(long bytes, String text) {
    assertEquals(text, Units.formatBytes(bytes));
  }

  @ParameterizedTest
  @ValueSource(strings = {"always", "never", "every:1s", "every:250ms", "every:90s"})
  void writesSyncPoliciesAsItReadsThem(String text) {
    assertEquals(text, Units.formatSync(Units.parseSync(text)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "often",
        "every",
        "every:",
        "every:1",
        "every:x s",
        "every:0s",
        "every:-1s",
        "every:1h"
      })
  void refusesOtherSyncPolicies(String text) {
    assertThrows(InvalidOptionException.class, () -> Units.parseSync(text));
  }

  @Test
  void writesSizesForPeople() {
    assertEquals("512B", Units.humanBytes(512));
    assertEquals("1.50K", Units.humanBytes(1536));
    assertEquals("2.00G", Units.humanBytes(2L << 30));
  }
}
