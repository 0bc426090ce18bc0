package io.bitkv.api.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.invoke.MethodHandles;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What records as keys promise: they come back, are ordered by their components, and their leading components are a prefix. */
class KeyRecordCodecProperties {

  record Place(int shelf, double height) {}

  record Key(String owner, Place place, boolean isNew, Instant at, UUID id, long number) {}

  private static final KeyRecordCodec<Key> KEYS = Codec.ofKeyRecord(Key.class, MethodHandles.lookup());

  private static final Comparator<Key> ORDER =
      Comparator.comparing((Key key) -> key.owner.codePoints().toArray(), Arrays::compare)
          .thenComparing(key -> key.place.shelf)
          .thenComparing(key -> key.place.height)
          .thenComparing(Key::isNew)
          .thenComparing(Key::at)
          .thenComparing(key -> key.id.toString())
          .thenComparing(Key::number);

  @Property
  void keysComeBackInOrder(@ForAll("keys") Key a, @ForAll("keys") Key b) {
    assertEquals(a, KEYS.decode(KEYS.encode(a)));
    assertTrue(KEYS.isOrdered());
    assertEquals(Integer.signum(ORDER.compare(a, b)), Integer.signum(Arrays.compareUnsigned(KEYS.encode(a), KEYS.encode(b))));
  }

  @Property
  void leadingComponentsAreAPrefixOfTheirKeysAndOfNoOthers(@ForAll("keys") Key a, @ForAll("keys") Key b) {
    assertEquals(a.owner.equals(b.owner), beginsWith(KEYS.encode(b), KEYS.prefix(a.owner)));
    assertEquals(
        a.owner.equals(b.owner) && Codec.DOUBLE.decode(Codec.DOUBLE.encode(a.place.height)).equals(b.place.height) && a.place.shelf == b.place.shelf,
        beginsWith(KEYS.encode(b), KEYS.prefix(a.owner, a.place)));
    assertTrue(beginsWith(KEYS.encode(a), KEYS.prefix()));
  }

  private static boolean beginsWith(byte[] bytes, byte[] prefix) {
    return bytes.length >= prefix.length && Arrays.equals(bytes, 0, prefix.length, prefix, 0, prefix.length);
  }

  @Provide
  Arbitrary<Key> keys() {
    Arbitrary<String> owners = Arbitraries.oneOf(Arbitraries.of("", "a", "a\0", "a\0b", "ab", "\0", "\0\1", "\uFFFF"), SingleCodecProperties.Values.texts());
    Arbitrary<Place> places =
        Combinators.combine(Arbitraries.integers().between(-2, 2), SingleCodecProperties.Values.doubles()).as(Place::new);
    Arbitrary<UUID> ids = Arbitraries.longs().between(-1, 1).map(n -> new UUID(n, n));
    return Combinators.combine(
            owners, places, Arbitraries.of(true, false), SingleCodecProperties.Values.instants(), ids, Arbitraries.longs())
        .as(Key::new);
  }
}
