package io.bitkv.api.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.invoke.MethodHandles;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CodecTest {

  enum Level {
    LOW,
    HIGH
  }

  @Test
  void singleValuesHaveTheSpecifiedBytes() {
    assertBytes("6be282ac", Codec.STRING, "k€");
    assertBytes("80000001", Codec.INT, 1);
    assertBytes("7fffffffffffffff", Codec.LONG, -1L);
    assertBytes("bff0000000000000", Codec.DOUBLE, 1.0);
    assertBytes("400fffffffffffff", Codec.DOUBLE, -1.0);
    assertBytes("01", Codec.BOOLEAN, true);
    assertBytes("000102030405060708090a0b0c0d0e0f", Codec.UUID, UUID.fromString("00010203-0405-0607-0809-0a0b0c0d0e0f"));
    assertBytes("800000000000000100000002", Codec.INSTANT, Instant.ofEpochSecond(1, 2));
    assertBytes("48494748", Codec.ofEnum(Level.class), Level.HIGH);
  }

  record Inner(boolean yes, float rough) {}

  record Outer(long id, String name, byte[] raw, UUID uuid, Instant at, List<Integer> list, Map<String, Inner> map, Optional<Double> none, Level level) {}

  @Test
  void structuredValuesHaveTheSpecifiedBytes() {
    Codec<Outer> codec = Codec.ofRecord(Outer.class, MethodHandles.lookup());
    Outer outer =
        new Outer(
            -2, "€", new byte[] {7}, new UUID(1, 2), Instant.ofEpochSecond(-1, 300), List.of(64), Map.of("k", new Inner(true, 1)), Optional.empty(), Level.LOW);
    String expected =
        "0c08" // a record of eight fields: the empty one is left out
            + "026964" + "0303"
            + "046e616d65" + "0603e282ac"
            + "03726177" + "070107"
            + "0475756964" + "0800000000000000010000000000000002"
            + "026174" + "0901ac02"
            + "046c697374" + "0a01038001"
            + "036d6170" + "0b01" + "06016b" + "0c02" + "03796573" + "02" + "05726f756768" + "043f800000"
            + "056c6576656c" + "06034c4f57";
    assertEquals(expected, HexFormat.of().formatHex(codec.encode(outer)));
  }

  @Test
  void keyRecordsHaveTheSpecifiedBytes() {
    record Key(String text, int number, Level level) {}
    KeyRecordCodec<Key> codec = Codec.ofKeyRecord(Key.class, MethodHandles.lookup());
    assertBytes("6100ff0001" + "80000007" + "4c4f570001", codec, new Key("a\0", 7, Level.LOW));
    assertFalse(codec.isOrdered(), "names of enum constants have no useful order");
  }

  @Test
  void aStringThatUtf8CannotHoldIsRefusedRatherThanReplaced() {
    assertThrows(CodecException.class, () -> Codec.STRING.encode("a\uD800b"));
    assertThrows(CodecException.class, () -> Codec.STRING.encode("\uDC00"));
    assertThrows(CodecException.class, () -> Codec.STRING.encode("ends\uD800"));
    assertThrows(CodecException.class, () -> Codec.STRING.decode(new byte[] {(byte) 0xC3}));
    String replacement = "really \uFFFD";
    assertEquals(replacement, Codec.STRING.decode(replacement.getBytes(StandardCharsets.UTF_8)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "00", "000000000000000000"})
  void bytesOfTheWrongLengthAreRefused(String hex) {
    byte[] bytes = HexFormat.of().parseHex(hex);
    for (Codec<?> codec : List.of(Codec.INT, Codec.LONG, Codec.DOUBLE, Codec.UUID, Codec.INSTANT)) {
      assertThrows(CodecException.class, () -> codec.decode(bytes));
    }
  }

  @Test
  void bytesThatNoValueHasAreRefused() {
    assertRefused("a boolean is 0 or 1", Codec.BOOLEAN, "02");
    assertRefused("nanoseconds", Codec.INSTANT, "8000000000000001ffffffff");
    assertRefused("beyond the calendar", Codec.INSTANT, "ffffffffffffffff00000000");
    assertRefused("has no constant MIDDLE", Codec.ofEnum(Level.class), "4d4944444c45");
    assertRefused("2 bytes follow", Codec.ofList(Codec.LONG), "0a00" + "0000");
    assertRefused("goes beyond the end", Codec.ofList(Codec.LONG), "0affffffffff7f");
    assertRefused("goes beyond the end", Codec.ofList(Codec.LONG), "0affffffffffffffffff01");
    assertRefused("more than 64 bits", Codec.ofList(Codec.LONG), "0a0103ffffffffffffffffff02");
    assertRefused("more than 64 bits", Codec.ofList(Codec.LONG), "0a0103ffffffffffffffffffff01");
    assertRefused("expected an integer, found text", Codec.ofList(Codec.LONG), "0a010600");
    assertRefused("does not fit into a integer", Codec.ofList(Codec.INT), "0a01038080808020");
    assertRefused("neither an escape nor an end", Codec.ofKeyRecord(OneText.class, MethodHandles.lookup()), "610002");
    assertRefused("in the middle of a value", Codec.ofKeyRecord(OneText.class, MethodHandles.lookup()), "61");
  }

  record OneText(String text) {}

  @Test
  void nullIsNoValue() {
    assertThrows(NullPointerException.class, () -> Codec.STRING.encode(null));
    assertThrows(NullPointerException.class, () -> Codec.ofList(Codec.LONG).encode(null));
    assertThrows(NullPointerException.class, () -> Codec.of(String::getBytes, String::new).encode(null));
    assertThrows(CodecException.class, () -> Codec.ofKeyRecord(OneText.class, MethodHandles.lookup()).encode(new OneText(null)));
  }

  @Test
  void aConvertedCodecHasTheOtherTypeAndIsOrderedWhenItsAuthorSaysSo() {
    record Percent(int value) {}
    Codec<Percent> codec = Codec.INT.convert(Percent::new, Percent::value);
    assertEquals(new Percent(7), codec.decode(codec.encode(new Percent(7))));
    assertFalse(codec.isOrdered());
    assertTrue(codec.ordered().isOrdered());
    assertEquals(new Percent(7), codec.ordered().decode(codec.ordered().encode(new Percent(7))));
  }

  @Test
  void whatAFunctionThrowsIsACodecException() {
    Codec<Integer> codec = Codec.of(number -> null, bytes -> Integer.valueOf(new String(bytes, StandardCharsets.UTF_8)));
    assertThrows(CodecException.class, () -> codec.encode(1));
    CodecException refused = assertThrows(CodecException.class, () -> codec.decode(new byte[] {'x'}));
    assertTrue(refused.getCause() instanceof NumberFormatException);
    Codec<Long> failing = Codec.LONG.convert(number -> Codec.LONG.decode(new byte[1]), number -> number);
    assertThrows(CodecException.class, () -> failing.decode(new byte[8]));
  }

  @Test
  void codecsFromElsewhereMayBeElements() {
    Codec<List<StringBuilder>> codec = Codec.ofList(Codec.STRING.convert(StringBuilder::new, StringBuilder::toString));
    assertEquals("[ab]", codec.decode(codec.encode(List.of(new StringBuilder("ab")))).toString());
  }

  @Test
  void anOptionalOfAnOptionalIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> Codec.ofOptional(Codec.ofOptional(Codec.LONG)));
  }

  @Test
  void aCodecIsFoundByClass() {
    assertEquals(Codec.STRING, Codec.of(String.class));
    assertEquals(Codec.LONG, Codec.of(long.class));
    assertEquals(Level.LOW, Codec.of(Level.class).decode(Codec.of(Level.class).encode(Level.LOW)));
    IllegalArgumentException unknown = assertThrows(IllegalArgumentException.class, () -> Codec.of(Thread.class));
    assertTrue(unknown.getMessage().contains("java.lang.Thread"));
  }

  private static <T> void assertBytes(String hex, Codec<T> codec, T value) {
    assertEquals(hex, HexFormat.of().formatHex(codec.encode(value)));
    assertEquals(value, codec.decode(HexFormat.of().parseHex(hex)));
    assertArrayEquals(codec.encode(value), codec.encode(value));
  }

  private static void assertRefused(String reason, Codec<?> codec, String hex) {
    CodecException refused = assertThrows(CodecException.class, () -> codec.decode(HexFormat.of().parseHex(hex)));
    assertTrue(refused.getMessage().contains(reason), refused::getMessage);
  }
}
