package io.bitkv.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client gets that breaks the protocol, and that it breaks nothing else. */
class ProtocolFaultsTest {

  private static TestServer server;

  @BeforeAll
  static void start() {
    server = new TestServer();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  @DisplayName("F55 frames that arrive byte by byte are answered as whole ones")
  void framesByteByByte() {
    try (RespClient client = server.connect()) {
      for (byte b :
          RespClient.bytes(
              "*3\r\n"
                  + "$3\r\n"
                  + "SET\r\n"
                  + "$1\r\n"
                  + "k\r\n"
                  + "$2\r\n\r\n\r\n"
                  + "*2\r\n"
                  + "$3\r\n"
                  + "GET\r\n"
                  + "$1\r\n"
                  + "k\r\n"
                  + "PING\r\n")) {
        client.send(new byte[] {b});
      }
      assertEquals("OK", client.readText());
      assertEquals("\r\n", client.readText());
      assertEquals("PONG", client.readText());
    }
  }

  @Test
  @DisplayName("F56 empty requests are ignored")
  void emptyRequestsAreIgnored() {
    try (RespClient client = server.connect()) {
      client.send("*0\r\n*-1\r\n\r\n\r\n\n   \r\nPING\r\n");
      assertEquals("PONG", client.readText());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"*2147483648\r\n", "*abc\r\n", "*12345678901234567890\r\n", "*1 \r\n", "*1\n"})
  @DisplayName("F57, F62 a bad number of arguments is refused and the connection closed")
  void badArgumentCountCloses(String frame) {
    assertEquals("-ERR Protocol error: invalid multibulk length\r\n", answerTo(frame));
  }

  @ParameterizedTest
  @ValueSource(strings = {"$-1", "$+4", "$ 4", "$536870913", "$x", "$"})
  @DisplayName("F58 a bad argument length is refused and the connection closed")
  void badArgumentLengthCloses(String length) {
    assertEquals(
        "-ERR Protocol error: invalid bulk length\r\n", answerTo("*1\r\n" + length + "\r\n"));
  }

  @Test
  void somethingElseThanAnArgumentCloses() {
    assertEquals("-ERR Protocol error: expected '$', got ':'\r\n", answerTo("*1\r\n:1\r\n"));
  }

  @ParameterizedTest
  @CsvSource({"*11, multibulk", "'*1\r\n$16385', bulk"})
  @DisplayName("F59 who has not authenticated may send little")
  void unauthenticatedLengthsAreSmall(String frame, String what) {
    try (TestServer guarded = new TestServer("requirepass", "secret");
        RespClient client = guarded.connect()) {
      client.send(frame + "\r\n");
      assertEquals(
          "-ERR Protocol error: unauthenticated " + what + " length\r\n", client.readToEnd());
    }
  }

  @Test
  @DisplayName("F61 an argument that is not ended by CRLF closes the connection")
  void argumentWithoutLineEndCloses() {
    String answer = answerTo("*1\r\n$4\r\nPINGxx*1\r\n$4\r\nPING\r\n");
    assertTrue(answer.startsWith("-ERR Protocol error: "), answer);
    assertEquals(1, answer.lines().count());
  }

  @ParameterizedTest
  @CsvSource({
    "1, too big inline request",
    "2, unbalanced quotes in request",
    "3, NUL byte in inline request"
  })
  @DisplayName("F63 a line without end, open quotes and NULs close the connection")
  void badInlineRequestsClose(int kind, String fault) {
    String line =
        switch (kind) {
          case 1 -> "x".repeat((64 << 10) + 1);
          case 2 -> "SET k \"open\r\n";
          default -> "SET k \0\r\n";
        };
    assertEquals("-ERR Protocol error: " + fault + "\r\n", answerTo(line));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "POST / HTTP/1.1\r\n",
        "GET / HTTP/1.1\r\n",
        "Host: localhost\r\n",
        "PUT /x HTTP/1.0\r\n",
        "post x\r\n"
      })
  @DisplayName("F64 HTTP is closed and nothing of it executed")
  void httpIsClosedAndNothingExecuted(String first) {
    try (RespClient client = server.connect()) {
      client.text("DEL", "hijacked");
    }
    assertEquals("", answerTo(first + "SET hijacked 1\r\n"));
    try (RespClient client = server.connect()) {
      assertEquals("0", client.text("EXISTS", "hijacked"));
    }
  }

  @Test
  @DisplayName("F65 TLS to the plain port is closed")
  void tlsToThePlainPortIsClosed() {
    String clientHello = "\u0016\u0003\u0001\u0002\0\u0001\0\u0001\u00fc\u0003\u0003";
    assertTrue(answerTo(clientHello).startsWith("-ERR Protocol error: "));
  }

  @Test
  void faultyRequestsBeforeTheFaultAreAnswered() {
    assertEquals(
        "+PONG\r\n+PONG\r\n-ERR Protocol error: invalid multibulk length\r\n",
        answerTo("PING\r\n*1\r\n$4\r\nPING\r\n*x\r\nPING\r\n"));
  }

  @Test
  void commandsPipelinedAfterQuitDoNotRun() {
    try (RespClient client = server.connect()) {
      client.text("DEL", "late");
      client.send("QUIT\r\nSET late 1\r\nPING\r\n");
      assertEquals("+OK\r\n", client.readToEnd());
    }
    try (RespClient client = server.connect()) {
      assertEquals("0", client.text("EXISTS", "late"));
    }
  }

  @Test
  @DisplayName("F76 an error shows at most 128 bytes of what was sent, and no line ends of it")
  void errorsShowLittleOfTheInput() {
    try (RespClient client = server.connect()) {
      String error = client.text("x".repeat(5000), "y".repeat(5000));
      assertTrue(error.length() < 400, error);
      assertEquals(
          "ERR unknown command 'a  b', with args beginning with: 'c  d' ",
          client.text("a\r\nb", "c\r\nd"));
    }
  }

  private static String answerTo(String bytes) {
    try (RespClient client = server.connect()) {
      client.send(bytes);
      return client.readToEnd();
    }
  }
}
