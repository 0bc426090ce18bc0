package io.bitkv.codec.resp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.bitkv.codec.resp.Wire.Outcome;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestErrorTest {
  private static final String PING = "*1\r\n$4\r\nPING\r\n";

  private final RequestParser parser = parser();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*2147483648",
        "*abc",
        "*12345678901234567890",
        "*9223372036854775808",
        "*",
        "*-",
        "*-0",
        "*01",
        "*+1",
        "* 1",
        "*1 ",
        "*-9223372036854775809",
        "*1\0"
      })
  @DisplayName("F57 a count that is no number, or too large, is an error")
  void badCountIsAnError(String line) {
    assertError("invalid multibulk length", line + "\r\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "$-1",
        "$+4",
        "$ 4",
        "$536870913",
        "$",
        "$04",
        "$-0",
        "$4x",
        "$9223372036854775808"
      })
  @DisplayName("F58 a length that is no number, negative or too large, is an error")
  void badLengthIsAnError(String line) {
    assertError("invalid bulk length", "*1\r\n" + line + "\r\n");
  }

  @Test
  @DisplayName("F57 F58 the largest count and length are no error")
  void largestCountAndLengthAreTaken() {
    assertEquals(new Outcome<>(List.of(), "", 13), Wire.requests(parser(), "*2147483647\r\n"));
    assertEquals(new Outcome<>(List.of(), "", 16), Wire.requests(parser, "*1\r\n$536870912\r\n"));
    assertEquals(536_870_914, parser.missing());
  }

  @Test
  @DisplayName("F59 before authentication 10 arguments and 16384 bytes are the most")
  void unauthenticatedRequestsAreSmall() {
    String tooLong = "unauthenticated bulk length";
    parser.authenticationRequired(true);
    String tenArguments = "*10\r\n" + "$1\r\na\r\n".repeat(10);
    String longArgument = "*1\r\n$16384\r\n" + "x".repeat(16_384) + "\r\n";
    assertEquals(2, Wire.requests(parser, tenArguments + longArgument).frames().size());
    assertEquals("Protocol error: " + tooLong, error(parser, "*1\r\n$16385\r\n"));

    RequestParser other = parser();
    other.authenticationRequired(true);
    assertEquals("Protocol error: unauthenticated multibulk length", error(other, "*11\r\n"));
  }

  @Test
  @DisplayName("F59 what is no length at all is called so, before authentication too")
  void invalidComesBeforeUnauthenticated() {
    RequestParser one = parser();
    one.authenticationRequired(true);
    assertEquals("Protocol error: invalid multibulk length", error(one, "*2147483648\r\n"));
    RequestParser two = parser();
    two.authenticationRequired(true);
    assertEquals("Protocol error: invalid bulk length", error(two, "*1\r\n$536870913\r\n"));
  }

  @Test
  @DisplayName("F59 once authenticated the wider limits hold")
  void authenticationWidensTheLimits() {
    parser.authenticationRequired(true);
    parser.authenticationRequired(false);
    assertEquals("", error(parser, "*11\r\n$16385\r\n"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"PINGxx", "PING\rx", "PINGx\n", "PING\n\r", "PING\n\n"})
  @DisplayName("F61 a bulk string that CR LF does not follow is an error")
  void bulkStringNeedsItsEnd(String rest) {
    assertError("expected CR LF after a bulk string", "*1\r\n$4\r\n" + rest);
  }

  @Test
  @DisplayName("F62 a line end without its CR or its LF is an error")
  void lineEndsAreWhole() {
    assertError("invalid multibulk length", "*1\n");
    assertError("invalid multibulk length", "*1\rx");
    assertError("invalid multibulk length", "*\n");
    assertError("invalid bulk length", "*1\r\n$4\n");
    assertError("invalid bulk length", "*1\r\n$4\rP");
    assertEquals("", error(parser(), "*1\r"));
  }

  @Test
  void anArgumentBeginsWithItsLength() {
    assertError("expected '$', got 'x'", "*1\r\nx4\r\n");
    assertError("expected '$', got '*'", "*1\r\n*1\r\n");
    assertError("expected '$', got '''", "*1\r\n'\r\n");
    assertError("expected '$', got ' '", "*1\r\n\r\n");
    assertError("expected '$', got ' '", "*1\r\n\n4\r\n");
    assertError("expected '$', got '\\x00'", "*1\r\n\0\r\n");
    assertError("expected '$', got '\\xff'", "*1\r\n\u00ff\r\n");
    assertError("expected '$', got '\\x7f'", "*1\r\n\u007f\r\n");
  }

  @Test
  @DisplayName("F63 a line that has no end within 64 KiB is an error, one byte less is awaited")
  void linesAreBounded() {
    String most = "1".repeat(65_535);
    assertEquals("", error(parser(), "a" + most));
    assertError("too big inline request", "a" + most + "a");
    assertError("too big inline request", "a" + most + "a\n");
    assertEquals(1, Wire.requests(parser(), "a" + most + "\n").frames().size());
    assertEquals("", error(parser(), "*" + most));
    assertError("too big mbulk count string", "*" + most + "1");
    assertError("invalid multibulk length", "*" + most + "\r\n");
    assertEquals("", error(parser(), "*1\r\n$" + most));
    assertError("too big bulk count string", "*1\r\n$" + most + "1");
    assertError("too big bulk count string", "*1\r\nx" + most + "1");
  }

  @Test
  void aBrokenStreamStaysBroken() {
    byte[] bad = Wire.bytes("*x\r\n");
    ProtocolException first =
        assertThrows(ProtocolException.class, () -> parser.parse(bad, 0, bad.length));
    byte[] good = Wire.bytes(PING);
    assertSame(
        first, assertThrows(ProtocolException.class, () -> parser.parse(good, 0, good.length)));
    assertEquals("ERR Protocol error: invalid multibulk length", first.replyText());
  }

  private static void assertError(String expected, String stream) {
    assertEquals("Protocol error: " + expected, error(parser(), stream));
    Outcome<List<String>> slowly = Wire.requests(parser(), Wire.bytes(stream), left -> 997);
    assertEquals("Protocol error: " + expected, slowly.error());
  }

  private static String error(RequestParser parser, String stream) {
    return Wire.requests(parser, stream).error();
  }

  private static RequestParser parser() {
    return new RequestParser(RequestLimits.DEFAULT);
  }
}
