package io.bitkv.server;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Tuple;

/** The words that random requests are made of. */
final class RandomWords {

  static final Arbitrary<String> KEY = Arbitraries.of("a", "b", "c", "{x}1", "");

  /**
   * Keys of small decimal numbers alone: on large ones Redis shows the rounding of its binary
   * arithmetic.
   */
  static final Arbitrary<String> DECIMAL_KEY = Arbitraries.of("d", "e");

  static final Arbitrary<String> INTEGER =
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

  static final Arbitrary<String> DECIMAL =
      Arbitraries.frequencyOf(
          Tuple.of(
              4,
              Arbitraries.of(
                  "0.5", "-0.25", "3", "-7", "10.125", "1e3", "5.0e-1", "+2", ".5", "2.")),
          Tuple.of(1, Arbitraries.of("x", "", " 1", "nan", "1e", "1..2", "--1", "1 ")));

  static final Arbitrary<String> VALUE =
      Arbitraries.frequencyOf(
          Tuple.of(3, Arbitraries.of("v", "hello", "Hello World", "", "\0\r\n\u00ff")),
          Tuple.of(3, INTEGER),
          Tuple.of(2, DECIMAL));

  /** Times far enough from now that both servers see them on the same side of it. */
  static final Arbitrary<String> TIME =
      Arbitraries.frequencyOf(
          Tuple.of(4, Arbitraries.of("1000", "50000", "2000000", "99999")),
          Tuple.of(2, Arbitraries.of("0", "-1", "-1000")),
          Tuple.of(
              1,
              Arbitraries.of(
                  "9223372036854775807", "-9223372036854775808", "9223372036854775", "x", "")));

  static final Arbitrary<String> UNIX_SECONDS =
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

  static final Arbitrary<String> UNIX_MILLIS =
      Arbitraries.of(
          "4000000000000", "5000000000123", "1", "100000", "0", "-5", "9223372036854775807", "z");

  static final Arbitrary<String> DATABASE =
      Arbitraries.of("0", "1", "0", "1", "15", "16", "-1", "x", "");

  static final Arbitrary<String> SET_OPTION =
      Arbitraries.of(
          "NX",
          "XX",
          "GET",
          "KEEPTTL",
          "EX",
          "PX",
          "EXAT",
          "PXAT",
          "9000",
          "100000",
          "4000000000000",
          "nx",
          "get",
          "PERSIST",
          "bad");

  static final Arbitrary<String> EXPIRE_OPTION =
      Arbitraries.of("NX", "XX", "GT", "LT", "nx", "gt", "bad");

  /** Whether one time from now is greater than another depends on the moments of both requests. */
  static final Arbitrary<String> RELATIVE_EXPIRE_OPTION = Arbitraries.of("NX", "XX", "nx", "bad");

  static final Arbitrary<String> PATTERN =
      Arbitraries.of("*", "a", "[a-b]", "?", "[^a]", "\\a", "{x}*", "*1", "", "[", "a*b");

  /** The names of commands. */
  static final Arbitrary<String> NAME =
      Arbitraries.of(
          """
          GET SET SETNX SETEX GETSET GETEX MGET MSET MSETNX APPEND STRLEN
          GETRANGE SETRANGE INCR INCRBY INCRBYFLOAT DEL EXISTS TYPE KEYS RENAME
          COPY MOVE EXPIRE TTL PERSIST DBSIZE FLUSHDB PING ECHO SELECT MULTI
          EXEC WATCH UNWATCH CLIENT CONFIG SETBIT GETBIT BITCOUNT BITPOS BITOP
          BITFIELD LCS
          """
              .split("\\s+"));

  static final Arbitrary<String> WORD = Arbitraries.of("a", "1", "x", "NX", "", "DB", "REPLACE");

  private RandomWords() {}
}
