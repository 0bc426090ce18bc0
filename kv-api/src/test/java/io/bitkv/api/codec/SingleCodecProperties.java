package io.bitkv.api.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What the codecs of single values promise: every value comes back, and bytes are ordered as values are. */
class SingleCodecProperties {

  enum Colour {
    RED,
    GREEN,
    BLUE
  }

  record Percent(int value) {}

  @Property
  void stringsComeBackInTheOrderOfCodePoints(@ForAll("texts") String a, @ForAll("texts") String b) {
    comesBackInOrder(Codec.STRING, a, b, Comparator.comparing(text -> text.codePoints().toArray(), Arrays::compare));
  }

  @Property
  void byteArraysComeBackInUnsignedOrder(@ForAll byte[] a, @ForAll byte[] b) {
    assertArrayEquals(a, Codec.BYTES.decode(Codec.BYTES.encode(a)));
    assertEquals(
        Integer.signum(Arrays.compareUnsigned(a, b)),
        Integer.signum(Arrays.compareUnsigned(Codec.BYTES.encode(a), Codec.BYTES.encode(b))));
  }

  @Property
  void intsComeBackInOrder(@ForAll int a, @ForAll int b) {
    comesBackInOrder(Codec.INT, a, b, Comparator.naturalOrder());
  }

  @Property
  void longsComeBackInOrder(@ForAll long a, @ForAll long b) {
    comesBackInOrder(Codec.LONG, a, b, Comparator.naturalOrder());
  }

  @Property
  void doublesComeBackInOrder(@ForAll("doubles") double a, @ForAll("doubles") double b) {
    comesBackInOrder(Codec.DOUBLE, a, b, Double::compare);
  }

  @Property
  void booleansComeBackInOrder(@ForAll boolean a, @ForAll boolean b) {
    comesBackInOrder(Codec.BOOLEAN, a, b, Boolean::compare);
  }

  @Property
  void uuidsComeBackInTheOrderOfTheirText(@ForAll long a1, @ForAll long a2, @ForAll long b1, @ForAll long b2) {
    comesBackInOrder(Codec.UUID, new UUID(a1, a2), new UUID(b1, b2), Comparator.comparing(UUID::toString));
    comesBackInOrder(Codec.UUID, new UUID(a1, a2), new UUID(a1, b2), Comparator.comparing(UUID::toString));
  }

  @Property
  void instantsComeBackInOrder(@ForAll("instants") Instant a, @ForAll("instants") Instant b) {
    comesBackInOrder(Codec.INSTANT, a, b, Comparator.naturalOrder());
    comesBackInOrder(Codec.INSTANT, a, a.minusNanos(a.equals(Instant.MIN) ? 0 : 1), Comparator.naturalOrder());
  }

  @Property
  void enumsComeBackByName(@ForAll Colour colour) {
    byte[] bytes = Codec.ofEnum(Colour.class).encode(colour);
    assertEquals(colour.name(), new String(bytes, StandardCharsets.UTF_8));
    assertEquals(colour, Codec.ofEnum(Colour.class).decode(bytes));
  }

  @Property
  void valuesOfOnesOwnTypeComeBackInTheOrderThatWasDeclared(@ForAll int a, @ForAll int b) {
    Codec<Percent> percents = Codec.INT.convert(Percent::new, Percent::value);
    assertFalse(percents.isOrdered(), "only its author can know");
    comesBackInOrder(percents.ordered(), new Percent(a), new Percent(b), Comparator.comparingInt(Percent::value));
  }

  @Property
  void optionalsComeBack(@ForAll("texts") String text) {
    Codec<Optional<String>> codec = Codec.ofOptional(Codec.STRING);
    assertEquals(Optional.of(text), codec.decode(codec.encode(Optional.of(text))));
    assertEquals(Optional.empty(), codec.decode(codec.encode(Optional.empty())));
  }

  private static <T> void comesBackInOrder(Codec<T> codec, T a, T b, Comparator<T> order) {
    assertEquals(a, codec.decode(codec.encode(a)));
    assertEquals(b, codec.decode(codec.encode(b)));
    assertTrue(codec.isOrdered());
    assertEquals(Integer.signum(order.compare(a, b)), Integer.signum(Arrays.compareUnsigned(codec.encode(a), codec.encode(b))));
  }

  @Provide
  Arbitrary<String> texts() {
    return Values.texts();
  }

  @Provide
  Arbitrary<Instant> instants() {
    return Values.instants();
  }

  @Provide
  Arbitrary<Double> doubles() {
    return Values.doubles();
  }

  /** Arbitrary values that the codecs' tests share. */
  static final class Values {
    private Values() {}

    static Arbitrary<String> texts() {
      return Arbitraries.strings().ofMaxLength(12).map(Values::withoutUnpairedSurrogates);
    }

    static Arbitrary<Instant> instants() {
      return Combinators.combine(
              Arbitraries.longs().between(Instant.MIN.getEpochSecond(), Instant.MAX.getEpochSecond()),
              Arbitraries.integers().between(0, 999_999_999))
          .as((seconds, nanos) -> Instant.ofEpochSecond(seconds, nanos))
          .edgeCases(edges -> edges.add(Instant.MIN, Instant.EPOCH, Instant.MAX));
    }

    static Arbitrary<Double> doubles() {
      Arbitrary<Double> bits = Arbitraries.longs().map(Double::longBitsToDouble).map(value -> Double.isNaN(value) ? Double.NaN : value);
      return Arbitraries.oneOf(
          bits, Arbitraries.of(0.0, -0.0, Double.NaN, Double.MIN_VALUE, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY));
    }

    private static String withoutUnpairedSurrogates(String text) {
      return new String(text.getBytes(StandardCharsets.UTF_16BE), StandardCharsets.UTF_16BE);
    }
  }
}
