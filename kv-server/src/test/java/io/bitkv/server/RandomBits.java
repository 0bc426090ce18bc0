package io.bitkv.server;

import static io.bitkv.server.RandomRequests.joined;
import static io.bitkv.server.RandomRequests.request;
import static io.bitkv.server.RandomWords.INTEGER;
import static io.bitkv.server.RandomWords.KEY;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Random requests that take strings for rows of bits, or compare them byte for byte. */
final class RandomBits {

  /** Near enough that no string grows large. */
  private static final Arbitrary<String> OFFSET =
      Arbitraries.frequencyOf(
          Tuple.of(6, Arbitraries.integers().between(-1, 100).map(String::valueOf)),
          Tuple.of(1, Arbitraries.of("x", "", "01", "9223372036854775807", "4294967296")));

  private static final Arbitrary<String> FIELD_OFFSET =
      Arbitraries.oneOf(OFFSET, OFFSET.map(offset -> "#" + offset));

  private static final Arbitrary<String> BIT = Arbitraries.of("0", "1", "1", "2", "-1", "x", "");

  private static final Arbitrary<String> UNIT = Arbitraries.of("BYTE", "BIT", "bit", "bad");

  private static final Arbitrary<String> TYPE =
      Arbitraries.frequencyOf(
          Tuple.of(
              6,
              Arbitraries.of("i", "u")
                  .flatMap(
                      sign ->
                          Arbitraries.integers().between(1, 63).map(width -> sign + width))),
          Tuple.of(1, Arbitraries.of("i64", "u64", "i65", "i0", "U8", "8", "", "i", "i08")));

  /** Of a number below this, Redis's check whether it is too great overflows. */
  private static final long LEAST_NUMBER = -(1L << 62);

  private static final Arbitrary<String> NUMBER =
      Arbitraries.oneOf(
          INTEGER.filter(word -> !word.equals(Long.toString(Long.MIN_VALUE))),
          Arbitraries.longs().greaterOrEqual(LEAST_NUMBER).map(String::valueOf));

  private RandomBits() {}

  /** Any request. */
  static Arbitrary<List<String>> any() {
    return Arbitraries.oneOf(
        request("SETBIT", KEY, OFFSET, BIT),
        request("GETBIT", KEY, OFFSET),
        Combinators.combine(request("BITCOUNT", KEY), bounds()).as(RandomRequests::joined),
        Combinators.combine(request("BITPOS", KEY, BIT), bounds()).as(RandomRequests::joined),
        Combinators.combine(
                request("BITOP", Arbitraries.of("AND", "OR", "xor", "NOT", "bad"), KEY),
                KEY.list().ofMinSize(1).ofMaxSize(3))
            .as(RandomRequests::joined),
        Combinators.combine(request("BITFIELD", KEY), operations()).as(RandomRequests::joined),
        Combinators.combine(request("BITFIELD_RO", KEY), operations()).as(RandomRequests::joined),
        Combinators.combine(
                request("LCS", KEY, KEY),
                Arbitraries.of("LEN", "IDX", "WITHMATCHLEN", "MINMATCHLEN", "1", "2", "idx")
                    .list()
                    .ofMaxSize(4))
            .as(RandomRequests::joined));
  }

  private static Arbitrary<List<String>> bounds() {
    return Arbitraries.oneOf(
        INTEGER.list().ofMaxSize(3),
        Combinators.combine(INTEGER.list().ofSize(2), UNIT.list().ofMaxSize(2))
            .as(RandomRequests::joined));
  }

  private static Arbitrary<List<String>> operations() {
    return Arbitraries.oneOf(
            request("GET", TYPE, FIELD_OFFSET),
            request("SET", TYPE, FIELD_OFFSET, NUMBER),
            request("INCRBY", TYPE, FIELD_OFFSET, NUMBER),
            request("OVERFLOW", Arbitraries.of("WRAP", "SAT", "fail", "bad")),
            request("get", TYPE))
        .list()
        .ofMaxSize(4)
        .map(parts -> parts.stream().reduce(List.of(), (head, tail) -> joined(head, tail)));
  }
}
