package io.bitkv.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The form in which values move between this server and Redis; the bytes are from redis-server 7.0.15. */
class DumpFormatTest {

  private static final int LIMIT = 1 << 20;

  @ParameterizedTest
  @CsvSource({
    "'', 00000a005d9b5c400f7fa2da",
    "a, 0001610a00bffeef9b8f367db4",
    "12, 00c00c0a003c2af8515c04bcd5",
    "-1, 00c0ff0a000c937e2485089dc5",
    "128, 00c180000a00eb7ab3b510cf4b65",
    "-129, 00c17fff0a001760822854808480",
    "32768, 00c2008000000a0045d82eedd5bda910",
    "2147483648, 000a323134373438333634380a00e7b129a34c1d76ee",
    "01, 000230310a006cddc441144c7da4"
  })
  void dumpIsByteForByteThatOfRedis(String value, String dump) {
    assertEquals(dump, HexFormat.of().formatHex(DumpFormat.encode(bytes(value))));
    assertArrayEquals(bytes(value), decoded(HexFormat.of().parseHex(dump)));
  }

  @ParameterizedTest
  @CsvSource({
    "x, 21, 00c30615017878e00a000a00941a83676017192f",
    "ab, 30, 00c30a3c02616261e02e010161620a00bb16d3ebae6fc574",
    "y, 70, 00c3094046017979e039000179790a00e12345b36b1a3945"
  })
  void whatRedisCompressedIsRestored(String part, int times, String dump) {
    byte[] bytes = HexFormat.of().parseHex(dump);
    assertTrue(DumpFormat.isIntact(bytes));
    assertArrayEquals(bytes(part.repeat(times)), decoded(bytes));
  }

  @Test
  void stringsOfEveryKindOfLengthComeBack() {
    for (int length : new int[] {0, 1, 63, 64, 16_383, 16_384, 100_000}) {
      byte[] value = new byte[length];
      Arrays.fill(value, (byte) 'z');
      assertArrayEquals(value, decoded(DumpFormat.encode(value)));
    }
  }

  @Test
  void oneFlippedBitIsNoticed() {
    byte[] dump = DumpFormat.encode(bytes("hello"));
    for (int bit = 0; bit < Byte.SIZE * dump.length; bit++) {
      byte[] damaged = dump.clone();
      damaged[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
      assertFalse(DumpFormat.isIntact(damaged));
    }
  }

  @Test
  void declaredLengthTakesNoMemory() {
    for (String body :
        new String[] {
          "008100000000ffffffff", "0080ffffffff", "00c3018100007fffffffffff00", "00c300811fffffff00",
          "00c3", "00c2ff", "00", "01c00c", "00c4", "00c305050100002005", "000161ff"
        }) {
      byte[] dump = HexFormat.of().parseHex(body + "0a00" + "0000000000000000");
      assertTrue(DumpFormat.decode(dump, LIMIT).isEmpty(), body);
    }
  }

  @Test
  void checksumIsThatOfJones() {
    byte[] digits = bytes("123456789");
    assertEquals(0xe9c6d914c4b8d9caL, Crc64.of(digits, digits.length));
  }

  private static byte[] decoded(byte[] dump) {
    assertTrue(DumpFormat.isIntact(dump));
    return DumpFormat.decode(dump, LIMIT).orElseThrow();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
