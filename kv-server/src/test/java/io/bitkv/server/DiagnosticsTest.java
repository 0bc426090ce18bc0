package io.bitkv.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitkv.codec.resp.Reply;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What operators see of requests, and what they can do to connections. */
@Timeout(60)
class DiagnosticsTest {

  private static TestServer server;

  @BeforeAll
  static void start() {
    server = new TestServer("client-output-buffer-limit", "pubsub 4mb 1mb 60");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  @DisplayName("F76 a monitor sees requests, but no passwords")
  void monitorSeesRequestsButNoPasswords() {
    try (RespClient monitor = server.connect();
        RespClient client = server.connect()) {
      assertEquals("OK", monitor.text("MONITOR"));
      client.text("SELECT", "3");
      client.text("SET", "k", "\"\\\r\n\t\u0001\u00ff");
      client.text("AUTH", "secret");
      client.text("HELLO", "2", "AUTH", "default", "secret");
      client.text("CONFIG", "SET", "timeout", "0");
      client.text("MULTI");
      client.text("GET", "k");
      client.text("EXEC");
      assertSees(monitor, 3, "\"SELECT\" \"3\"");
      assertSees(monitor, 3, "\"SET\" \"k\" \"\\\"\\\\\\r\\n\\t\\x01\\xff\"");
      assertSees(monitor, 3, "\"AUTH\" \"(redacted)\"");
      assertSees(monitor, 3, "\"HELLO\" \"2\" \"AUTH\" \"(redacted)\" \"(redacted)\"");
      assertSees(monitor, 3, "\"MULTI\"");
      assertSees(monitor, 3, "\"GET\" \"k\"");
      assertSees(monitor, 3, "\"EXEC\"");
      assertTrue(client.text("CLIENT", "LIST").contains(" flags=O "));
    }
  }

  private static void assertSees(RespClient monitor, int database, String request) {
    String line = monitor.readText();
    assertTrue(
        line.matches("\\d+\\.\\d{6} \\[" + database + " 127\\.0\\.0\\.1:\\d+] .*"), line);
    assertEquals(request, line.substring(line.indexOf("] ") + 2));
  }

  @Test
  @DisplayName("F67 a monitor that takes nothing is closed at a finite limit")
  void monitorThatTakesNothingIsClosedAndTheOthersGoOn() {
    try (RespClient deaf = new RespClient(new InetSocketAddress("127.0.0.1", server.port()), 4096);
        RespClient client = server.connect()) {
      deaf.text("CLIENT", "SETNAME", "deaf");
      deaf.text("MONITOR");
      List<byte[]> request = List.of(RespClient.bytes("ECHO"), new byte[64 << 10]);
      int sent = 0;
      while (client.text("CLIENT", "LIST").contains("name=deaf")) {
        assertEquals(64 << 10, client.call(request).asBytes().length);
        sent++;
        assertTrue(sent < 10_000, "nobody closes a monitor that takes nothing");
      }
    }
  }

  @Test
  void slowRequestIsNotedWithTheBeginningOfItsArguments() {
    try (TestServer own =
            new TestServer("slowlog-log-slower-than", "0", "slowlog-max-len", "3");
        RespClient client = own.connect()) {
      client.text("CLIENT", "SETNAME", "me");
      client.text("SET", "k", "v".repeat(200));
      Reply entry = client.call("SLOWLOG", "GET", "1").asList().getFirst();
      assertEquals(
          "[SET, k, " + "v".repeat(128) + "... (72 more bytes)]",
          RespClient.text(entry.asList().get(3)));
      assertEquals("me", entry.asList().get(5).asString());
      String[] many = new String[40];
      Arrays.fill(many, "x");
      many[0] = "MGET";
      client.call(many);
      Reply cut = client.call("SLOWLOG", "GET", "1").asList().getFirst().asList().get(3);
      assertEquals(32, cut.asList().size());
      assertEquals("... (9 more arguments)", cut.asList().getLast().asString());
      assertEquals("3", client.text("SLOWLOG", "LEN"));
      client.text("CONFIG", "SET", "requirepass", "secret");
      assertFalse(client.text("SLOWLOG", "GET").contains("secret"));
      client.text("CONFIG", "SET", "slowlog-log-slower-than", "-1");
      client.text("SLOWLOG", "RESET");
      assertEquals("0", client.text("SLOWLOG", "LEN"));
    }
  }

  @Test
  void killedConnectionIsClosed() {
    try (RespClient first = server.connect();
        RespClient second = server.connect();
        RespClient client = server.connect()) {
      assertEquals("1", client.text("CLIENT", "KILL", "ID", first.text("CLIENT", "ID")));
      assertEquals("", first.readToEnd());
      String description = second.text("CLIENT", "INFO");
      String address = description.replaceFirst("(?s).* addr=(\\S+) .*", "$1");
      assertEquals("OK", client.text("CLIENT", "KILL", address));
      assertEquals("", second.readToEnd());
      String self = client.text("CLIENT", "ID");
      assertEquals("0", client.text("CLIENT", "KILL", "ID", self));
      assertEquals("1", client.text("CLIENT", "KILL", "ID", self, "SKIPME", "no"));
      assertEquals("", client.readToEnd());
    }
  }

  @Test
  void clientThatWantsNoRepliesGetsNone() {
    try (RespClient client = server.connect()) {
      client.send(RespClient.encode("CLIENT", "REPLY", "SKIP"));
      client.send(RespClient.encode("SET", "quiet", "1"));
      assertEquals("1", client.text("GET", "quiet"));
      client.send(RespClient.encode("CLIENT", "REPLY", "OFF"));
      client.send(RespClient.encode("INCR", "quiet"));
      client.send(RespClient.encode("NOSUCH"));
      client.send(RespClient.encode("CLIENT", "REPLY", "SKIP"));
      assertEquals("OK", client.text("CLIENT", "REPLY", "ON"));
      assertEquals("2", client.text("GET", "quiet"));
    }
  }

  @Test
  void countsBeginAnewOnRequest() {
    try (TestServer own = new TestServer("threads", "1");
        RespClient client = own.connect()) {
      client.text("GET", "absent");
      client.text("CONFIG", "RESETSTAT");
      String stats = client.text("INFO", "stats");
      assertTrue(stats.contains("keyspace_misses:0"), stats);
      assertTrue(stats.contains("total_connections_received:0"), stats);
    }
  }
}
