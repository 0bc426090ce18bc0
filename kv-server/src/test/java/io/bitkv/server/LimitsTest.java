package io.bitkv.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a client may not do to the server and to the other clients. */
class LimitsTest {

  private static final int ONE_MB = 1 << 20;

  @Test
  @DisplayName("F60 a declared length reserves no memory, and an unfinished request has a deadline")
  void unfinishedRequestHasADeadline() {
    try (TestServer server = new TestServer("frame-timeout", "1")) {
      List<RespClient> clients = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        RespClient client = server.connect();
        client.send("*2\r\n$3\r\nGET\r\n$536870912\r\nx");
        clients.add(client);
      }
      try (RespClient other = server.connect()) {
        assertEquals("PONG", other.text("PING"));
      }
      clients.forEach(client -> assertEquals("", client.readToEnd()));
    }
  }

  @Test
  @DisplayName("F67 a client that never reads is closed at a finite limit")
  void clientThatNeverReadsIsClosed() {
    try (TestServer server = new TestServer("client-output-buffer-limit", "normal 1gb 256kb 1")) {
      try (RespClient writer = server.connect();
          RespClient deaf =
              new RespClient(new InetSocketAddress("127.0.0.1", server.port()), 4096)) {
        writer.call(List.of(RespClient.bytes("SET"), RespClient.bytes("big"), new byte[ONE_MB]));
        sendUntilRefused(deaf, "GET big\r\n".repeat(1000));
        assertEquals("PONG", writer.text("PING"));
      }
    }
  }

  @Test
  void replyBeyondTheHardLimitClosesTheConnection() {
    try (TestServer server = new TestServer("client-output-buffer-limit", "normal 2mb 256kb 30")) {
      try (RespClient client = server.connect()) {
        client.call(List.of(RespClient.bytes("SET"), RespClient.bytes("big"), new byte[ONE_MB]));
        assertEquals(ONE_MB, client.call("GET", "big").asBytes().length);
        client.send("MGET big big big\r\n");
        assertEquals("", client.readToEnd());
      }
      try (RespClient client = server.connect()) {
        assertEquals("PONG", client.text("PING"));
      }
    }
  }

  @Test
  @DisplayName("F68 before AUTH a client that never reads is closed much earlier")
  void unauthenticatedClientThatNeverReadsIsClosedEarlier() {
    try (TestServer server = new TestServer("requirepass", "secret");
        RespClient deaf = new RespClient(new InetSocketAddress("127.0.0.1", server.port()), 4096)) {
      sendUntilRefused(deaf, "GET k\r\n".repeat(1000));
    }
  }

  @Test
  @DisplayName("F69 clients that trickle in do not keep others waiting")
  void tricklingClientsKeepNobodyWaiting() {
    try (TestServer server = new TestServer("frame-timeout", "2")) {
      List<RespClient> slow = new ArrayList<>();
      for (int i = 0; i < 500; i++) {
        RespClient client = server.connect();
        client.send("*1\r\n$4\r\nPI");
        slow.add(client);
      }
      try (RespClient other = server.connect()) {
        for (int i = 0; i < 1000; i++) {
          assertEquals("PONG", other.text("PING"));
        }
      }
      slow.forEach(client -> assertEquals("", client.readToEnd()));
    }
  }

  @Test
  @DisplayName("F71 one client above the limit is told so and closed")
  void oneClientAboveTheLimitIsRefused() {
    try (TestServer server = new TestServer("maxclients", "3", "threads", "1");
        RespClient first = server.connect();
        RespClient second = server.connect();
        RespClient third = server.connect()) {
      List.of(first, second, third).forEach(client -> assertEquals("PONG", client.text("PING")));
      try (RespClient fourth = server.connect()) {
        assertEquals("-ERR max number of clients reached\r\n", fourth.readToEnd());
      }
      assertTrue(first.text("INFO", "stats").contains("rejected_connections:1\r\n"));
    }
  }

  @Test
  @DisplayName("F72 2,000 connects and closes leave the server as it was")
  void manyConnectsAndCloses() {
    try (TestServer server = new TestServer()) {
      for (int i = 0; i < 2000; i++) {
        server.connect().close();
      }
      try (RespClient client = server.connect()) {
        assertEquals("PONG", client.text("PING"));
      }
    }
  }

  @Test
  void idleClientIsClosedWhenATimeoutIsSet() {
    try (TestServer server = new TestServer("timeout", "1");
        RespClient client = server.connect()) {
      assertEquals("PONG", client.text("PING"));
      assertEquals("", client.readToEnd());
    }
  }

  @Test
  void valueLongerThanTheLimitIsRefusedByName() {
    try (TestServer server = new TestServer("proto-max-bulk-len", "1mb");
        RespClient client = server.connect()) {
      byte[] half = new byte[ONE_MB / 2 + 1];
      Arrays.fill(half, (byte) 'x');
      client.call(List.of(RespClient.bytes("SET"), RespClient.bytes("k"), half));
      assertEquals(
          "ERR string exceeds maximum allowed size (proto-max-bulk-len)",
          RespClient.text(
              client.call(List.of(RespClient.bytes("APPEND"), RespClient.bytes("k"), half))));
      assertEquals(Integer.toString(half.length), client.text("STRLEN", "k"));
      client.send("*2\r\n$4\r\nECHO\r\n$" + (ONE_MB + 1) + "\r\n");
      assertEquals("-ERR Protocol error: invalid bulk length\r\n", client.readToEnd());
    }
  }

  @Test
  void keyLongerThanKeysCanBeIsRefusedInEveryCommand() {
    String key = "k".repeat((64 << 10) + 1);
    try (TestServer server = new TestServer();
        RespClient client = server.connect()) {
      String refusal = "ERR key exceeds the maximum allowed size of 65536 bytes";
      assertEquals(refusal, client.text("SET", key, "v"));
      assertEquals(refusal, client.text("GET", key));
      assertEquals(refusal, client.text("DEL", "a", key));
      assertEquals("OK", client.text("SET", key.substring(1), "v"));
      assertEquals("v", client.text("GET", key.substring(1)));
      client.text("MULTI");
      client.text("GET", key);
      client.text("PING");
      assertEquals("[" + refusal + ", PONG]", client.text("EXEC"));
    }
  }

  @Test
  void limitsChangeWhileTheServerRuns() {
    try (TestServer server = new TestServer();
        RespClient client = server.connect()) {
      assertEquals(
          "OK", client.text("CONFIG", "SET", "proto-max-bulk-len", "1mb", "maxclients", "1"));
      assertEquals("[proto-max-bulk-len, 1048576]", client.text("CONFIG", "GET", "proto-max*"));
      try (RespClient second = server.connect()) {
        assertEquals("-ERR max number of clients reached\r\n", second.readToEnd());
      }
      assertEquals("OK", client.text("CONFIG", "SET", "requirepass", "secret"));
      assertEquals("OK", client.text("CONFIG", "SET", "maxclients", "2"));
      try (RespClient second = server.connect()) {
        assertEquals("NOAUTH Authentication required.", second.text("PING"));
      }
    }
  }

  /** Sends until the server has closed the connection. */
  private static void sendUntilRefused(RespClient client, String requests) {
    for (int i = 0; i < 1_000_000; i++) {
      try {
        client.send(requests);
      } catch (UncheckedIOException e) {
        return;
      }
    }
    throw new AssertionError("the server took everything");
  }
}
