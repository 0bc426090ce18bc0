package io.bitkv.api.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.invoke.MethodHandles;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** What the codecs of records, lists, maps and optional values promise: every value comes back, and bad bytes are told as such. */
class StructureCodecProperties {

  record Numbers(boolean yes, byte tiny, short small, char letter, int medium, long large, float rough, double fine) {}

  record Boxes(Boolean yes, Byte tiny, Short small, Character letter, Integer medium, Long large, Float rough, Double fine) {}

  record Texts(String text, UUID id, Instant at, SingleCodecProperties.Colour colour) {}

  record Times(Duration length, LocalDate date, LocalTime time, LocalDateTime local, OffsetDateTime offset, ZonedDateTime zoned) {}

  record Exact(BigInteger whole, BigDecimal decimal, URI address) {}

  record Tree(String name, Optional<Texts> label, List<Tree> children, Map<String, List<Long>> tags, Set<Integer> marks) {}

  record Everything(Numbers numbers, Boxes boxes, Texts texts, Tree tree) {}

  private static final Codec<Everything> EVERYTHING = Codec.ofRecord(Everything.class, MethodHandles.lookup());

  @Property
  void recordsComeBack(@ForAll("everything") Everything value) {
    assertEquals(value, EVERYTHING.decode(EVERYTHING.encode(value)));
  }

  @Property
  void datesAndDecimalsComeBack(@ForAll("instants") Instant at, @ForAll long unscaled, @ForAll @IntRange(min = -50, max = 50) int scale) {
    LocalDateTime local = LocalDateTime.ofInstant(Instant.ofEpochSecond(at.getEpochSecond() >> 20, at.getNano()), ZoneOffset.UTC);
    Times times =
        new Times(
            Duration.ofSeconds(unscaled >> 2, at.getNano()),
            local.toLocalDate(),
            local.toLocalTime(),
            local,
            local.atOffset(ZoneOffset.ofHours(2)),
            local.atZone(ZoneOffset.ofHours(-3)));
    Codec<Times> ofTimes = Codec.ofRecord(Times.class, MethodHandles.lookup());
    assertEquals(times, ofTimes.decode(ofTimes.encode(times)));
    Exact exact = new Exact(BigInteger.valueOf(unscaled).pow(3), BigDecimal.valueOf(unscaled, scale), URI.create("kv://host/" + scale));
    Codec<Exact> ofExact = Codec.ofRecord(Exact.class, MethodHandles.lookup());
    assertEquals(exact, ofExact.decode(ofExact.encode(exact)));
  }

  @Property
  void listsAndMapsComeBackInTheirOrderWithTheirNulls(@ForAll List<Integer> numbers, @ForAll Map<Long, Boolean> map) {
    Codec<List<Optional<Integer>>> ofList = Codec.ofList(Codec.ofOptional(Codec.INT));
    List<Optional<Integer>> list = numbers.stream().map(n -> n % 3 == 0 ? Optional.<Integer>empty() : Optional.of(n)).toList();
    assertEquals(list, ofList.decode(ofList.encode(list)));
    Codec<Map<Long, Boolean>> ofMap = Codec.ofMap(Codec.LONG, Codec.BOOLEAN);
    assertEquals(List.copyOf(map.entrySet()), List.copyOf(ofMap.decode(ofMap.encode(map)).entrySet()));
    Codec<List<byte[]>> ofBytes = Codec.ofList(Codec.BYTES);
    byte[][] withNull = {{1, 2}, null, {}};
    assertArrayEquals(withNull, ofBytes.decode(ofBytes.encode(Arrays.asList(withNull))).toArray());
  }

  @Property
  void aValueCutShortIsRefused(@ForAll("everything") Everything value, @ForAll @IntRange(min = 0, max = 1_000_000) int where) {
    byte[] bytes = EVERYTHING.encode(value);
    refusedOrDecoded(Arrays.copyOf(bytes, where % bytes.length));
  }

  @Property
  void aChangedByteNeverEndsInAnythingButAValueOrARefusal(
      @ForAll("everything") Everything value, @ForAll @IntRange(min = 0, max = 1_000_000) int where, @ForAll byte change) {
    byte[] bytes = EVERYTHING.encode(value);
    bytes[where % bytes.length] ^= change;
    refusedOrDecoded(bytes);
  }

  @Property
  void arbitraryBytesNeverEndInAnythingButAValueOrARefusal(@ForAll byte[] bytes) {
    refusedOrDecoded(bytes);
    byte[] asRecord = Arrays.copyOf(new byte[] {Tag.RECORD, 2}, bytes.length + 2);
    System.arraycopy(bytes, 0, asRecord, 2, bytes.length);
    refusedOrDecoded(asRecord);
  }

  private static void refusedOrDecoded(byte[] bytes) {
    try {
      EVERYTHING.decode(bytes);
    } catch (CodecException e) {
      assertEquals(false, e.getMessage().isBlank());
    }
  }

  @Provide
  Arbitrary<Instant> instants() {
    return SingleCodecProperties.Values.instants();
  }

  @Provide
  Arbitrary<Everything> everything() {
    return Combinators.combine(numbers(), boxes().injectNull(0.2), texts().injectNull(0.2), tree(2).injectNull(0.2)).as(Everything::new);
  }

  private static Arbitrary<Numbers> numbers() {
    return Combinators.combine(
            Arbitraries.of(true, false),
            Arbitraries.bytes(),
            Arbitraries.shorts(),
            Arbitraries.chars(),
            Arbitraries.integers(),
            Arbitraries.longs(),
            Arbitraries.floats(),
            SingleCodecProperties.Values.doubles())
        .as(Numbers::new);
  }

  private static Arbitrary<Boxes> boxes() {
    return numbers()
        .map(n -> new Boxes(n.yes, n.tiny == 0 ? null : n.tiny, n.small, n.letter, n.medium == 0 ? null : n.medium, n.large, n.rough, null));
  }

  private static Arbitrary<Texts> texts() {
    return Combinators.combine(
            SingleCodecProperties.Values.texts(),
            Arbitraries.longs().map(n -> new UUID(n, ~n)).injectNull(0.2),
            SingleCodecProperties.Values.instants(),
            Arbitraries.of(SingleCodecProperties.Colour.class).injectNull(0.2))
        .as(Texts::new);
  }

  private static Arbitrary<Tree> tree(int depth) {
    Arbitrary<List<Tree>> children = depth == 0 ? Arbitraries.just(List.of()) : Arbitraries.lazy(() -> tree(depth - 1)).list().ofMaxSize(2);
    return Combinators.combine(
            SingleCodecProperties.Values.texts(),
            texts().optional(),
            children,
            Arbitraries.maps(SingleCodecProperties.Values.texts(), Arbitraries.longs().list().ofMaxSize(3)).ofMaxSize(3),
            Arbitraries.integers().set().ofMaxSize(3))
        .as(Tree::new);
  }
}
