package io.bitkv.server;

import static io.bitkv.server.RandomWords.DATABASE;
import static io.bitkv.server.RandomWords.DECIMAL;
import static io.bitkv.server.RandomWords.DECIMAL_KEY;
import static io.bitkv.server.RandomWords.EXPIRE_OPTION;
import static io.bitkv.server.RandomWords.INTEGER;
import static io.bitkv.server.RandomWords.KEY;
import static io.bitkv.server.RandomWords.NAME;
import static io.bitkv.server.RandomWords.PATTERN;
import static io.bitkv.server.RandomWords.RELATIVE_EXPIRE_OPTION;
import static io.bitkv.server.RandomWords.SET_OPTION;
import static io.bitkv.server.RandomWords.TIME;
import static io.bitkv.server.RandomWords.UNIX_MILLIS;
import static io.bitkv.server.RandomWords.UNIX_SECONDS;
import static io.bitkv.server.RandomWords.VALUE;
import static io.bitkv.server.RandomWords.WORD;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/**
 * Random requests: most of them make sense, on few keys so that they meet, and some are wrong in
 * every way there is.
 */
final class RandomRequests {

  private RandomRequests() {}

  /** Any request. */
  static Arbitrary<List<String>> any() {
    return Arbitraries.frequencyOf(
        Tuple.of(12, strings()),
        Tuple.of(8, parts()),
        Tuple.of(8, RandomBits.any()),
        Tuple.of(4, RandomTransfers.any()),
        Tuple.of(8, keys()),
        Tuple.of(6, expiry()),
        Tuple.of(3, transactions()),
        Tuple.of(3, others()),
        Tuple.of(1, wrongArity()));
  }

  private static Arbitrary<List<String>> strings() {
    return Arbitraries.oneOf(
        request("GET", KEY),
        request("SET", KEY, VALUE),
        Combinators.combine(request("SET", KEY, VALUE), SET_OPTION.list().ofMinSize(1).ofMaxSize(4))
            .as(RandomRequests::joined),
        request("SETNX", KEY, VALUE),
        request("SETEX", KEY, TIME, VALUE),
        request("PSETEX", KEY, Arbitraries.of("1000000", "0", "-1", "x"), VALUE),
        request("GETSET", KEY, VALUE),
        request("GETDEL", KEY),
        Combinators.combine(request("GETEX", KEY), SET_OPTION.list().ofMaxSize(3))
            .as(RandomRequests::joined),
        Combinators.combine(request("MGET"), KEY.list().ofMinSize(1).ofMaxSize(4))
            .as(RandomRequests::joined),
        Combinators.combine(request("MSET"), pairs()).as(RandomRequests::joined),
        Combinators.combine(request("MSETNX"), pairs()).as(RandomRequests::joined));
  }

  private static Arbitrary<List<String>> parts() {
    return Arbitraries.oneOf(
        request("APPEND", KEY, VALUE),
        request("STRLEN", KEY),
        request("GETRANGE", KEY, INTEGER, INTEGER),
        request("SUBSTR", KEY, INTEGER, INTEGER),
        request("SETRANGE", KEY, INTEGER, VALUE),
        request("INCR", KEY),
        request("DECR", KEY),
        request("INCRBY", KEY, INTEGER),
        request("DECRBY", KEY, INTEGER),
        request("INCRBYFLOAT", DECIMAL_KEY, DECIMAL),
        request("SET", DECIMAL_KEY, DECIMAL),
        request("GET", DECIMAL_KEY));
  }

  private static Arbitrary<List<String>> keys() {
    return Arbitraries.oneOf(
        Combinators.combine(
                Arbitraries.of("DEL", "UNLINK", "EXISTS", "TOUCH").map(List::of),
                KEY.list().ofMinSize(1).ofMaxSize(3))
            .as(RandomRequests::joined),
        request("TYPE", KEY),
        request("RENAME", KEY, KEY),
        request("RENAMENX", KEY, KEY),
        request("COPY", KEY, KEY),
        Combinators.combine(
                request("COPY", KEY, KEY),
                Arbitraries.of("DB", "REPLACE", "1", "db", "replace", "99", "x")
                    .list()
                    .ofMaxSize(3))
            .as(RandomRequests::joined),
        request("MOVE", KEY, DATABASE),
        request("KEYS", PATTERN),
        request("DBSIZE"),
        request(
            "SCAN",
            Arbitraries.of("0", "x", ""),
            Arbitraries.of("COUNT"),
            Arbitraries.of("1000", "0", "-1", "x")),
        request(
            "SCAN",
            Arbitraries.of("0"),
            Arbitraries.of("COUNT"),
            Arbitraries.of("1000"),
            Arbitraries.of("MATCH"),
            PATTERN),
        request(
            "SCAN",
            Arbitraries.of("0"),
            Arbitraries.of("COUNT"),
            Arbitraries.of("1000"),
            Arbitraries.of("TYPE"),
            Arbitraries.of("string", "hash")),
        request("SCAN", Arbitraries.of("0"), Arbitraries.of("MATCH", "BAD")));
  }

  private static Arbitrary<List<String>> expiry() {
    return Arbitraries.oneOf(
        Combinators.combine(
                Arbitraries.oneOf(
                    request("EXPIRE", KEY, TIME),
                    request(
                        "PEXPIRE",
                        KEY,
                        Arbitraries.of(
                            "1000000", "90000000", "0", "-1", "x", "9223372036854775807"))),
                RELATIVE_EXPIRE_OPTION.list().ofMaxSize(2))
            .as(RandomRequests::joined),
        Combinators.combine(
                Arbitraries.oneOf(
                    request("EXPIREAT", KEY, UNIX_SECONDS), request("PEXPIREAT", KEY, UNIX_MILLIS)),
                EXPIRE_OPTION.list().ofMaxSize(2))
            .as(RandomRequests::joined),
        request("TTL", KEY),
        request("PTTL", KEY),
        request("EXPIRETIME", KEY),
        request("PEXPIRETIME", KEY),
        request("PERSIST", KEY));
  }

  private static Arbitrary<List<String>> transactions() {
    return Arbitraries.oneOf(
        request("MULTI"),
        request("EXEC"),
        request("EXEC"),
        request("DISCARD"),
        request("WATCH", KEY),
        request("UNWATCH"));
  }

  private static Arbitrary<List<String>> others() {
    return Arbitraries.oneOf(
        request("PING"),
        request("ping", VALUE),
        request("ECHO", VALUE),
        request("SELECT", DATABASE),
        request("FLUSHDB"),
        request("FLUSHALL", Arbitraries.of("ASYNC", "sync", "bad")),
        request("CLIENT", Arbitraries.of("GETNAME", "nosuch", "SETNAME")),
        request("CLIENT", Arbitraries.of("SETNAME"), Arbitraries.of("me", "", "a b", "\u00ff")),
        request("CONFIG", Arbitraries.of("nosuch", "GET")),
        request(
            "COMMAND",
            Arbitraries.of("GETKEYS"),
            Arbitraries.of("GET", "MSET", "nosuch", "PING", "COPY"),
            KEY,
            KEY),
        request("HELLO", Arbitraries.of("4", "1", "x")),
        request("AUTH", VALUE),
        request("NOSUCH", KEY, INTEGER),
        request("RESET"));
  }

  private static Arbitrary<List<String>> wrongArity() {
    return Combinators.combine(NAME.map(List::of), WORD.list().ofMaxSize(5))
        .as(RandomRequests::joined);
  }

  private static Arbitrary<List<String>> pairs() {
    return Combinators.combine(KEY, VALUE)
        .as((key, value) -> List.of(key, value))
        .list()
        .ofMinSize(1)
        .ofMaxSize(3)
        .map(pairs -> pairs.stream().flatMap(List::stream).toList());
  }

  @SafeVarargs
  @SuppressWarnings("varargs") // The arguments are only read.
  static Arbitrary<List<String>> request(String name, Arbitrary<String>... arguments) {
    return Combinators.combine(List.of(arguments)).as(values -> joined(List.of(name), values));
  }

  static List<String> joined(List<String> head, List<String> tail) {
    List<String> all = new ArrayList<>(head);
    all.addAll(tail);
    return all;
  }
}
