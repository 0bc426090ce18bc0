package io.bitkv.server;

import static io.bitkv.server.RandomRequests.request;
import static io.bitkv.server.RandomWords.DATABASE;
import static io.bitkv.server.RandomWords.KEY;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Random requests that take values out and bring them in, and that tell how they are kept. */
final class RandomTransfers {

  /** What redis-server dumps: strings, numbers, a compressed string, one with a flipped bit. */
  private static final Arbitrary<String> DUMP =
      Arbitraries.of(
          "\000\005hello\012\000cr\337ve4\040\012",
          "\000\301\177\377\012\000\027\140\202\050T\200\204\200",
          "\000\303\012\074\002aba\340\056\001\001ab\012\000\273\026\323\353\256o\305t",
          "\000\300\014\012\000\074\052\370Q\134\004\274\325",
          "\000\302\377\377\377\177\012\000\054t\345\236\340\056\255\241",
          "\000\000\012\000\135\233\134\100\017\177\242\332",
          "\000\005hello\012\000cr\337ve4\040\013",
          "abc");

  private static final Arbitrary<String> TTL =
      Arbitraries.of("0", "0", "1000000", "4000000000000", "-1", "x");

  private static final Arbitrary<List<String>> OPTIONS =
      Arbitraries.of("REPLACE", "REPLACE", "ABSTTL", "IDLETIME", "FREQ", "5", "bad", "replace")
          .list()
          .ofMaxSize(3);

  private RandomTransfers() {}

  /** Any request. */
  static Arbitrary<List<String>> any() {
    return Arbitraries.frequencyOf(
        Tuple.of(3, request("DUMP", KEY)),
        Tuple.of(
            4,
            Combinators.combine(request("RESTORE", KEY, TTL, DUMP), OPTIONS)
                .as(RandomRequests::joined)),
        Tuple.of(1, request("SWAPDB", DATABASE, DATABASE)),
        Tuple.of(1, request("OBJECT", Arbitraries.of("ENCODING", "nosuch"), KEY)),
        Tuple.of(1, request("WAIT", Arbitraries.of("0", "x"), Arbitraries.of("0", "-1", "x"))));
  }
}
