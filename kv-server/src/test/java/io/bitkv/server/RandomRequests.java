package io.bitkv.server;

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

  private static final Arbitrary<String> KEY = Arbitraries.of("a", "b", "c", "{x}1", "");

  /**
   * Keys of small decimal numbers alone: on large ones Redis shows the rounding of its binary
   * arithmetic.
   */
  private static final Arbitrary<String> DECIMAL_KEY = Arbitraries.of("d", "e");

  private static final Arbitrary<String> INTEGER =
      Arbitraries.frequencyOf(
          Tuple.of(6, Arbitraries.integers().between(-3, 12).map(String::valueOf)),
          Tuple.of(
              1,
              Arbitraries.of(
                  "9223372036854775807",
                  "-9223372036854775808",
                  "9223372036854775808",
                  "536870912",
                  "4294967296")),
          Tuple.of(1, Arbitraries.of("x", "", " 1", "01", "+1", "-0", "1.5", "1 ", "0x10")));

  private static final Arbitrary<String> DECIMAL =
      Arbitraries.frequencyOf(
          Tuple.of(
              4,
              Arbitraries.of(
                  "0.5", "-0.25", "3", "-7", "10.125", "1e3", "5.0e-1", "+2", ".5", "2.")),
          Tuple.of(1, Arbitraries.of("x", "", " 1", "nan", "1e", "1..2", "--1", "1 ")));

  private static final Arbitrary<String> VALUE =
      Arbitraries.frequencyOf(
          Tuple.of(3, Arbitraries.of("v", "hello", "Hello World", "", "\0\r\n\u00ff")),
          Tuple.of(3, INTEGER),
          Tuple.of(2, DECIMAL));

  /** Times far enough from now that both servers see them on the same side of it. */
  private static final Arbitrary<String> TIME =
      Arbitraries.frequencyOf(
          Tuple.of(4, Arbitraries.of("1000", "50000", "2000000", "99999")),
          Tuple.of(2, Arbitraries.of("0", "-1", "-1000")),
          Tuple.of(
              1,
              Arbitraries.of(
                  "9223372036854775807", "-9223372036854775808", "9223372036854775", "x", "")));

  private static final Arbitrary<String> UNIX_SECONDS =
      Arbitraries.of(
          "4000000000",
          "5000000000",
          "1",
          "1000",
          "0",
          "-5",
          "9223372036854775807",
          "9223372036854775",
          "z");

  private static final Arbitrary<String> UNIX_MILLIS =
      Arbitraries.of(
          "4000000000000", "5000000000123", "1", "100000", "0", "-5", "9223372036854775807", "z");

  private static final Arbitrary<String> DATABASE =
      Arbitraries.of("0", "1", "0", "1", "15", "16", "-1", "x", "");

  private static final Arbitrary<String> SET_OPTION =
      Arbitraries.of(
          "NX",
          "XX",
          "GET",
          "KEEPTTL",
          "EX",
          "PX",
          "EXAT",
          "PXAT",
          "1000",
          "100000",
          "4000000000000",
          "nx",
          "get",
          "PERSIST",
          "bad");

  private static final Arbitrary<String> EXPIRE_OPTION =
      Arbitraries.of("NX", "XX", "GT", "LT", "nx", "gt", "bad");

  private static final Arbitrary<String> PATTERN =
      Arbitraries.of("*", "a", "[a-b]", "?", "[^a]", "\\a", "{x}*", "*1", "", "[", "a*b");

  private static final Arbitrary<String> WORD =
      Arbitraries.of("a", "1", "x", "NX", "", "DB", "REPLACE");

  private RandomRequests() {}

  /** Any request. */
  static Arbitrary<List<String>> any() {
    return Arbitraries.frequencyOf(
        Tuple.of(12, strings()),
        Tuple.of(8, parts()),
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
                            "1000000", "90000000", "0", "-1", "x", "9223372036854775807")),
                    request("EXPIREAT", KEY, UNIX_SECONDS),
                    request("PEXPIREAT", KEY, UNIX_MILLIS)),
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
    Arbitrary<String> name =
        Arbitraries.of(
            "GET",
            "SET",
            "SETNX",
            "SETEX",
            "GETSET",
            "GETEX",
            "MGET",
            "MSET",
            "MSETNX",
            "APPEND",
            "STRLEN",
            "GETRANGE",
            "SETRANGE",
            "INCR",
            "INCRBY",
            "INCRBYFLOAT",
            "DEL",
            "EXISTS",
            "TYPE",
            "KEYS",
            "RENAME",
            "COPY",
            "MOVE",
            "EXPIRE",
            "TTL",
            "PERSIST",
            "DBSIZE",
            "FLUSHDB",
            "PING",
            "ECHO",
            "SELECT",
            "MULTI",
            "EXEC",
            "WATCH",
            "UNWATCH",
            "CLIENT",
            "CONFIG");
    return Combinators.combine(name.map(List::of), WORD.list().ofMaxSize(5))
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
  private static Arbitrary<List<String>> request(String name, Arbitrary<String>... arguments) {
    return Combinators.combine(List.of(arguments)).as(values -> joined(List.of(name), values));
  }

  private static List<String> joined(List<String> head, List<String> tail) {
    List<String> all = new ArrayList<>(head);
    all.addAll(tail);
    return all;
  }
}
