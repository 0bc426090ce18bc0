package io.bitkv.codec.resp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitkv.codec.resp.Wire.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RequestParserTest {
  private static final String PING = "*1\r\n$4\r\nPING\r\n";

  private final RequestParser parser = new RequestParser(RequestLimits.DEFAULT);

  @Test
  void argumentsLieInTheBufferThatWasGiven() {
    byte[] buffer = Wire.bytes("xx*3\r\n$3\r\nSET\r\n$1\r\nk\r\n$0\r\n\r\n*1\r\n");

    assertTrue(parser.parse(buffer, 2, buffer.length));

    assertEquals(3, parser.count());
    assertEquals(10, parser.offset(0));
    assertEquals(3, parser.length(0));
    assertEquals("k", Wire.text(buffer, parser.offset(1), parser.length(1)));
    assertEquals(0, parser.length(2));
    assertFalse(parser.inline());
    assertEquals(buffer.length - 4, parser.next());
    assertThrows(IndexOutOfBoundsException.class, () -> parser.offset(3));
    assertThrows(IndexOutOfBoundsException.class, () -> parser.length(-1));
  }

  @Test
  void aPipelineIsReadInOrder() {
    Outcome<List<String>> outcome =
        Wire.requests(parser, PING + "GET a\r\n" + PING + "*2\r\n$3\r\nGET\r\n$1\r\nb\r\n*2\r\n");

    assertEquals(
        List.of(List.of("PING"), List.of("GET", "a"), List.of("PING"), List.of("GET", "b")),
        outcome.frames());
    assertEquals("", outcome.error());
    assertEquals(4, outcome.unread());
  }

  @Test
  @DisplayName("F55 a stream cut in two anywhere, or byte by byte, is read as if it came at once")
  void everyCutReadsTheSame() {
    String stream =
        "*0\r\n"
            + "*3\r\n$3\r\nSET\r\n$11\r\nkey\r\n\0bytes\r\n$100\r\n"
            + "v".repeat(100)
            + "\r\n\r\nSET \"a \\x41\\\"\" 'it''\r\n"
            + "*-1\r\n"
            + PING;
    String sound = stream.replace("'it''", "'it\\''");
    for (String each : List.of(stream, sound, "*1\r\n$00000004\r\n", "*1\r\n$4\r\nPINGx\n")) {
      byte[] bytes = Wire.bytes(each);
      Outcome<List<String>> atOnce = Wire.requests(parser(), bytes, left -> left);
      for (int cut = 1; cut < bytes.length; cut++) {
        int first = cut;
        assertEquals(
            atOnce,
            Wire.requests(parser(), bytes, left -> left == bytes.length ? first : left),
            "cut at " + cut);
      }
      assertEquals(atOnce, Wire.requests(parser(), bytes, left -> 1));
    }
  }

  @Test
  @DisplayName("F55 an unfinished request says how much more it needs")
  void missingBytesAreCounted() {
    byte[] buffer = Wire.bytes("*2\r\n$3\r\nGET\r\n$10\r\n0123456789\r\n");
    assertFalse(parser.parse(buffer, 0, 0));
    assertEquals(1, parser.missing());
    assertFalse(parser.parse(buffer, 0, 3));
    assertEquals(1, parser.missing());
    assertFalse(parser.parse(buffer, 0, 10));
    assertEquals(3, parser.missing());
    assertFalse(parser.parse(buffer, 0, 20));
    assertEquals(10, parser.missing());
    assertEquals(0, parser.next());
    assertTrue(parser.parse(buffer, 0, 30));
  }

  @Test
  @DisplayName("F55 a large request that trickles in costs no more than its bytes")
  void tricklingIsNotQuadratic() {
    byte[] value = new byte[4 * 1024 * 1024];
    Arrays.fill(value, (byte) '\n');
    byte[] manyArguments = Wire.bytes("*200000\r\n" + "$1\r\na\r\n".repeat(200_000));
    byte[] largeArgument =
        Wire.bytes("*1\r\n$" + value.length + "\r\n" + Wire.text(value) + "\r\n");
    byte[] longLines = Wire.bytes(("a".repeat(65_000) + "\n").repeat(100));

    assertTimeoutPreemptively(
        Duration.ofMinutes(1),
        () -> {
          assertEquals(List.of(200_000), trickle(manyArguments));
          assertEquals(List.of(1), trickle(largeArgument));
          assertEquals(100, trickle(longLines).size());
        });
  }

  @Test
  @DisplayName("F56 empty requests are skipped, and consumed before the next one comes")
  void emptyRequestsAreSkipped() {
    String empty = "*0\r\n*-1\r\n\r\n\n  \t\r\n*-9223372036854775808\r\n";
    assertEquals(List.of(List.of("PING")), Wire.requests(parser, empty + PING).frames());
    assertEquals(List.of(List.of("PING")), Wire.requests(parser, empty + "PING\n").frames());
    assertEquals(new Outcome<>(List.of(), "", 0), Wire.requests(parser, empty));
  }

  @Test
  void limitsCanChangeBetweenRequests() {
    parser.limits(RequestLimits.DEFAULT.withMaxBulkBytes(5));
    assertEquals(1, Wire.requests(parser, "*1\r\n$5\r\nabcde\r\n").frames().size());
    assertEquals("Protocol error: invalid bulk length", error(parser, "*1\r\n$6\r\n"));
    RequestParser few = new RequestParser(new RequestLimits(32, 2, 10, 1, 1));
    assertEquals("Protocol error: invalid multibulk length", error(few, "*3\r\n"));
  }

  @Test
  @DisplayName("F60 a declared length reserves no memory")
  void declaredLengthsReserveNothing() {
    byte[] count = Wire.bytes("*2147483647\r\n$536870912\r\nabc");
    List<RequestParser> parsers = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      RequestParser each = parser();
      assertFalse(each.parse(count, 0, count.length));
      parsers.add(each);
    }
    assertEquals(10_000, parsers.size());
  }

  @Test
  void requestsBeforeAnErrorAreSound() {
    Outcome<List<String>> outcome = Wire.requests(parser, PING + "*abc\r\n");
    assertEquals(List.of(List.of("PING")), outcome.frames());
    assertEquals("Protocol error: invalid multibulk length", outcome.error());
  }

  @Test
  void theWindowMustLieInTheArray() {
    assertThrows(IndexOutOfBoundsException.class, () -> parser.parse(new byte[4], 2, 5));
  }

  @Test
  void manyArgumentsAreTaken() {
    String[] expected = new String[20_002];
    Arrays.fill(expected, "a");
    Outcome<List<String>> outcome =
        Wire.requests(parser, "*20002\r\n" + "$1\r\na\r\n".repeat(20_002) + PING);
    assertArrayEquals(expected, outcome.frames().get(0).toArray());
    assertEquals(List.of("PING"), outcome.frames().get(1));
  }

  private static List<Integer> trickle(byte[] stream) {
    RequestParser parser = parser();
    List<Integer> counts = new ArrayList<>();
    int from = 0;
    for (int to = 1; to <= stream.length; to++) {
      if (parser.parse(stream, from, to)) {
        counts.add(parser.count());
      }
      from = parser.next();
    }
    return counts;
  }

  private static String error(RequestParser parser, String stream) {
    return Wire.requests(parser, stream).error();
  }

  private static RequestParser parser() {
    return new RequestParser(RequestLimits.DEFAULT);
  }
}
