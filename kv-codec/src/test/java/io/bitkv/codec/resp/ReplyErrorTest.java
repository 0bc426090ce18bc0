package io.bitkv.codec.resp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.bitkv.codec.resp.Wire.Outcome;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReplyErrorTest {
  private final ReplyParser parser = parser();

  @Test
  @DisplayName("F77 a reply nested 10,000 deep is a typed error")
  void nestingIsBounded() {
    assertError("a reply is nested deeper than 128 levels", "*1\r\n".repeat(10_000));
    assertError("a reply is nested deeper than 128 levels", "*1\r\n".repeat(128) + "*0\r\n");
    assertError("a reply is nested deeper than 128 levels", "|1\r\n".repeat(129));
    assertEquals("", error(parser(), "*1\r\n".repeat(127) + "*0\r\n"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "$-2      | invalid bulk length",
        "=-1      | invalid bulk length",
        "!-1      | invalid bulk length",
        "*-2      | invalid multibulk length",
        "%-1      | invalid multibulk length",
        "~-1      | invalid multibulk length",
        "$abc     | invalid integer",
        "$        | invalid integer",
        "*1.5     | invalid integer",
        ":        | invalid integer",
        ":1a      | invalid integer",
        ":+-1     | invalid integer",
        ":+       | invalid integer",
        ":01      | invalid integer",
        ":9223372036854775808 | invalid integer",
        "#x       | invalid boolean",
        "#        | invalid boolean",
        "#tt      | invalid boolean",
        ",1.5f    | invalid double",
        ",        | invalid double",
        "(        | invalid big number",
        "(-       | invalid big number",
        "(1a      | invalid big number",
        "_x       | invalid null",
        "$1073741825 | a reply with a string of 1073741825 bytes is longer than 1073741824 bytes",
        "*16777217   | a reply with 16777217 more values has more than 16777216",
        "%8388609    | a reply with 8388609 more values has more than 16777216",
        "*9223372036854775807 | a reply with 9223372036854775807 more values has more than 16777216"
      })
  @DisplayName("F77 what is no reply, or beyond the limits, is a typed error")
  void badLinesAreErrors(String line, String expected) {
    assertError(expected, line + "\r\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"$?\r\n", "*?\r\n", "%?\r\n", "~?\r\n", ">?\r\n", "=?\r\n", ";4\r\n", ".\r\n"})
  @DisplayName("F77 streamed replies are refused by name")
  void streamedRepliesAreRefused(String stream) {
    assertError("streamed strings and aggregates are not supported", stream);
  }

  @Test
  @DisplayName("F77 an unknown type is refused with its first byte")
  void unknownTypesAreRefused() {
    assertError("unknown reply type 'H'", "HTTP/1.1 400 Bad Request\r\n");
    assertError("unknown reply type '\\x00'", "\0");
    assertError("unknown reply type '\\xff'", "\u00ff");
    assertError("invalid integer", ":?\r\n");
  }

  @Test
  @DisplayName("F77 lines and strings end in CR LF")
  void lineEndsAreWhole() {
    assertError("expected CR LF at the end of a line", "+OK\n");
    assertError("expected CR LF at the end of a line", "+OK\rx");
    assertError("expected CR LF at the end of a line", ":1\n");
    assertError("expected CR LF after a bulk string", "$1\r\nabc");
    assertError("expected CR LF after a bulk string", "$1\r\na\rb");
    assertError("invalid verbatim string", "=3\r\ntxt\r\n");
    assertError("invalid verbatim string", "=4\r\ntext\r\n");
  }

  @Test
  @DisplayName("F77 a line, a reply's bytes and its values are bounded together")
  void repliesAreBounded() {
    ReplyLimits small = new ReplyLimits(80, 4, 3, 32);
    String line = "+" + "a".repeat(31);
    assertEquals("", error(new ReplyParser(small), line + "\r\n"));
    assertEquals(
        "Protocol error: a line is longer than 32 bytes",
        error(new ReplyParser(small), line + "a"));
    String two = line + "\r\n" + line + "\r\n";
    assertEquals("", error(new ReplyParser(small), "*3\r\n" + two + ":12345\r\n"));
    assertEquals(
        "Protocol error: a reply is longer than 80 bytes",
        error(new ReplyParser(small), "*3\r\n" + two + ":123456\r\n"));
    assertEquals("", error(new ReplyParser(small), two + two));
    assertEquals(
        "Protocol error: a reply with a string of 76 bytes is longer than 80 bytes",
        error(new ReplyParser(small), "$76\r\n"));
    assertEquals(
        "Protocol error: a reply with 2 more values has more than 4",
        error(new ReplyParser(small), "*3\r\n*2\r\n"));
    assertEquals("", error(new ReplyParser(small), "*4\r\n*0\r\n:1\r\n:1\r\n:1\r\n*4\r\n"));
  }

  @Test
  void aBrokenStreamStaysBroken() {
    byte[] bad = Wire.bytes("?\r\n");
    ProtocolException first =
        assertThrows(ProtocolException.class, () -> parser.parse(bad, 0, bad.length));
    byte[] good = Wire.bytes("+OK\r\n");
    assertSame(
        first, assertThrows(ProtocolException.class, () -> parser.parse(good, 0, good.length)));
  }

  private static void assertError(String expected, String stream) {
    assertEquals("Protocol error: " + expected, error(parser(), stream));
    Outcome<Reply> slowly = Wire.replies(parser(), Wire.bytes(stream), left -> 1);
    assertEquals("Protocol error: " + expected, slowly.error());
  }

  private static String error(ReplyParser parser, String stream) {
    return Wire.replies(parser, Wire.bytes(stream), left -> left).error();
  }

  private static ReplyParser parser() {
    return new ReplyParser(ReplyLimits.DEFAULT);
  }
}
