package io.bitkv.codec.resp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InlineRequestTest {
  @Test
  void wordsAreSplitAtBlanks() {
    assertEquals(List.of("SET", "a", "b"), words("SET a b"));
    assertEquals(List.of("SET", "a", "b"), words("  SET \t a\rb \u000b\f "));
    assertEquals(List.of("PING", "a\u000bb"), words("PING a\u000bb"));
    assertEquals(List.of("GET", "\u00e4"), words("GET \u00e4"));
  }

  @Test
  void doubleQuotesTakeEscapes() {
    assertEquals(
        List.of("PING", "aA\n\r\t\b\u0007q\""), words("PING \"a\\x41\\n\\r\\t\\b\\a\\q\\\"\""));
    assertEquals(List.of("PING", "\u00ff\0"), words("PING \"\\xFf\\x00\""));
    assertEquals(List.of("PING", "x4"), words("PING \"\\x4\""));
    assertEquals(List.of("PING", "xzz"), words("PING \"\\xzz\""));
    assertEquals(List.of("PING", "x4g"), words("PING \"\\x4g\""));
    assertEquals(List.of("PING", "\\"), words("PING \"\\\\\""));
    assertEquals(List.of("PING", ""), words("PING \"\""));
  }

  @Test
  void singleQuotesTakeAllButTheQuoteAsItIs() {
    assertEquals(List.of("PING", "a'b\\n\""), words("PING 'a\\'b\\n\"'"));
    assertEquals(List.of("PING", ""), words("PING ''"));
    assertEquals(List.of("PING", "a b"), words("PING 'a b'"));
  }

  @Test
  void aQuoteMayBeginWithinAWordAndEndsIt() {
    assertEquals(List.of("PING", "ab c"), words("PING a\"b c\""));
    assertEquals(List.of("PING", "ab c", "d"), words("PING a'b c' d"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"PING",
        "'PING",
        "\"PING\"x",
        "'PING'x",
        "\"a\"\"b\"",
        "PING \"a\\",
        "PING 'a\\'"
      })
  @DisplayName("F63 quotes that do not match are an error")
  void unbalancedQuotesAreAnError(String line) {
    assertEquals("Protocol error: unbalanced quotes in request", error(line + "\r\n"));
    assertEquals("Protocol error: unbalanced quotes in request", error(line + "\n"));
  }

  @Test
  @DisplayName("F63 a NUL is an error as soon as it comes")
  void nulIsAnError() {
    assertEquals("Protocol error: NUL byte in inline request", error("PING \0"));
    assertEquals("Protocol error: NUL byte in inline request", error("\0"));
  }

  @Test
  @DisplayName("F64 another protocol's request can be told by its words, and that it was inline")
  void httpIsSeen() {
    byte[] buffer = Wire.bytes("GET / HTTP/1.1\r\nHost: a\r\n\r\n*1\r\n$1\r\na\r\n");
    RequestParser parser = new RequestParser(RequestLimits.DEFAULT);
    assertTrue(parser.parse(buffer, 0, buffer.length));
    assertTrue(parser.inline());
    assertEquals("HTTP/1.1", Wire.text(buffer, parser.offset(2), parser.length(2)));
    assertTrue(parser.parse(buffer, parser.next(), buffer.length));
    assertEquals("Host:", Wire.text(buffer, parser.offset(0), parser.length(0)));
    assertTrue(parser.parse(buffer, parser.next(), buffer.length));
    assertFalse(parser.inline());
  }

  private static List<String> words(String line) {
    List<List<String>> withCr =
        Wire.requests(new RequestParser(RequestLimits.DEFAULT), line + "\r\n").frames();
    List<List<String>> withoutCr =
        Wire.requests(new RequestParser(RequestLimits.DEFAULT), line + "\n").frames();
    assertEquals(withCr, withoutCr);
    assertEquals(1, withCr.size());
    return withCr.get(0);
  }

  private static String error(String stream) {
    return Wire.requests(new RequestParser(RequestLimits.DEFAULT), stream).error();
  }
}
