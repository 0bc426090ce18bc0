package io.bitkv.codec.entry;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A variable-length number")
class VarintTest {

  @Test
  @DisplayName("comes back from each side of every power of two, in as many bytes as announced")
  void roundTripsAtPowersOfTwo() {
    for (int bit = 0; bit < Long.SIZE; bit++) {
      for (long value : new long[] {(1L << bit) - 1, 1L << bit, (1L << bit) + 1, -(1L << bit)}) {
        byte[] bytes = encode(value);
        assertEquals(Varint.size(value), bytes.length);
        VarintReader reader = reader(bytes);
        assertEquals(value, reader.next());
        assertEquals(bytes.length, reader.at());
        assertNull(reader.fault());
        assertFalse(reader.torn());
        assertEquals(value, Varint.unzigzag(Varint.zigzag(value)));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 00", "127, 7f", "128, 8001", "300, ac02", "16384, 808001", "-1, ffffffffffffffffff01"})
  @DisplayName("is LEB128")
  void knownBytes(long value, String hex) {
    assertArrayEquals(HexFormat.of().parseHex(hex), encode(value));
  }

  @ParameterizedTest
  @ValueSource(strings = {
    "8000", "ff00", "808000", "8080808080808080800200", "ffffffffffffffffff02", "ffffffffffffffffff00",
    "ffffffffffffffffffff01", "80808080808080808080"
  })
  @DisplayName("is refused in any but its shortest form, and beyond 64 bits")
  void malformed(String hex) {
    VarintReader reader = reader(HexFormat.of().parseHex(hex));
    assertEquals(0, reader.next());
    assertEquals(Fault.NUMBER, reader.fault());
    assertFalse(reader.torn());
  }

  @Test
  @DisplayName("is torn wherever it is cut, and what follows a failure is neither read nor judged")
  void torn() {
    byte[] whole = encode(-1);
    for (int length = 0; length < whole.length; length++) {
      VarintReader reader = reader(Arrays.copyOf(whole, length));
      assertEquals(0, reader.next());
      assertEquals(0, reader.nextLong());
      reader.require(false, Fault.EXPIRY);
      assertTrue(reader.torn());
      assertNull(reader.fault());
    }
  }

  @Test
  @DisplayName("is refused above a maximum, as an unsigned number")
  void maximum() {
    assertEquals(300, reader(encode(300)).next(300, Fault.KEYSPACE));
    for (long value : new long[] {301, -1}) {
      VarintReader reader = reader(encode(value));
      assertEquals(0, reader.next(300, Fault.KEYSPACE));
      assertEquals(Fault.KEYSPACE, reader.fault());
    }
  }

  @Test
  @DisplayName("is short for small magnitudes of either sign once it is folded")
  void folded() {
    assertArrayEquals(
        new long[] {0, 1, 2, 3, 4}, Arrays.stream(new long[] {0, -1, 1, -2, 2}).map(Varint::zigzag).toArray());
  }

  @Test
  @DisplayName("is never written beyond its array")
  void bounds() {
    assertThrows(IndexOutOfBoundsException.class, () -> Varint.put(new byte[1], 0, 128));
  }

  private static byte[] encode(long value) {
    byte[] bytes = new byte[Varint.MAX_LENGTH];
    return Arrays.copyOf(bytes, Varint.put(bytes, 0, value));
  }

  private static VarintReader reader(byte[] bytes) {
    VarintReader reader = new VarintReader();
    reader.begin(bytes, 0, bytes.length);
    return reader;
  }
}
