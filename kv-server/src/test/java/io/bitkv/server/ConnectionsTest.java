package io.bitkv.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitkv.codec.resp.Reply;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** How connections are opened, used and ended. */
class ConnectionsTest {

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
  void clientsThatPipelineTheirHandshakeGetEachAnswerInOrder() {
    try (RespClient client = server.connect()) {
      client.send(
          "HELLO 3\r\n"
              + "CLIENT SETNAME app\r\n"
              + "CLIENT SETINFO LIB-NAME lettuce\r\n"
              + "CLIENT SETINFO LIB-VER 7.7\r\n"
              + "SELECT 3\r\n"
              + "CLIENT MAINT_NOTIFICATIONS ON\r\n"
              + "PING\r\n");
      assertEquals(7, ((Reply.MapReply) client.read()).entries().size());
      assertEquals("OK", client.readText());
      assertEquals("OK", client.readText());
      assertEquals("OK", client.readText());
      assertEquals("OK", client.readText());
      assertEquals(
          "ERR unknown subcommand 'MAINT_NOTIFICATIONS'. Try CLIENT HELP.", client.readText());
      assertEquals("PONG", client.readText());
      String info = client.text("CLIENT", "INFO");
      assertTrue(
          info.contains(" name=app ")
              && info.contains(" db=3 ")
              && info.contains(" resp=3 lib-name=lettuce lib-ver=7.7"),
          info);
    }
  }

  @Test
  void version3HasItsOwnTypes() {
    try (RespClient client = server.connect()) {
      client.call("HELLO", "3");
      client.send("GET absent\r\n*1\r\n$4\r\nQUIT\r\n");
      assertEquals("_\r\n+OK\r\n", client.readToEnd());
    }
    try (RespClient client = server.connect()) {
      client.call("HELLO", "3");
      assertTrue(client.call("INFO") instanceof Reply.Verbatim);
      assertTrue(client.call("CONFIG", "GET", "timeout") instanceof Reply.MapReply);
      client.call("RESET");
      assertTrue(client.call("CONFIG", "GET", "timeout") instanceof Reply.ArrayReply);
    }
  }

  @Test
  void helloSaysWhatClientsLookFor() {
    try (RespClient client = server.connect()) {
      Map<String, Reply> hello = client.call("HELLO", "3", "SETNAME", "me").asMap();
      assertEquals(
          List.of("server", "version", "proto", "id", "mode", "role", "modules"),
          List.copyOf(hello.keySet()));
      assertEquals("7.0.15", hello.get("version").asString());
      assertEquals(3, hello.get("proto").asLong());
      assertEquals("me", client.text("CLIENT", "GETNAME"));
    }
  }

  @Test
  void passwordIsAskedForBeforeAnythingElse() {
    try (TestServer guarded = new TestServer("requirepass", "secret");
        RespClient client = guarded.connect()) {
      assertEquals("NOAUTH Authentication required.", client.text("GET", "k"));
      assertEquals("NOAUTH Authentication required.", client.text("PING"));
      assertEquals(
          "WRONGPASS invalid username-password pair or user is disabled.",
          client.text("AUTH", "wrong"));
      assertEquals(
          "WRONGPASS invalid username-password pair or user is disabled.",
          client.text("AUTH", "other", "secret"));
      assertTrue(
          client
              .text("HELLO", "3")
              .startsWith("NOAUTH HELLO must be called with the client already authenticated"));
      assertEquals("OK", client.text("AUTH", "secret"));
      assertEquals("null", client.text("GET", "k"));
      assertEquals("RESET", client.text("RESET"));
      assertEquals("NOAUTH Authentication required.", client.text("GET", "k"));
      assertTrue(client.text("HELLO", "3", "AUTH", "default", "secret").startsWith("map"));
      assertEquals("PONG", client.text("PING"));
    }
  }

  @Test
  @DisplayName("F70 a half-closed connection gets its replies and is then closed")
  void halfCloseGetsItsReplies() {
    try (RespClient client = server.connect()) {
      client.send("SET half closed\r\nGET half\r\n");
      client.endOutput();
      assertEquals("+OK\r\n$6\r\nclosed\r\n", client.readToEnd());
    }
  }

  @Test
  @DisplayName("F70 a reset in mid-reply leaves nothing behind")
  void resetInMidReplyLeavesNothing() {
    try (RespClient observer = server.connect()) {
      byte[] large = new byte[8 << 20];
      Arrays.fill(large, (byte) 'x');
      observer.call(List.of(RespClient.bytes("SET"), RespClient.bytes("large"), large));
      for (int i = 0; i < 20; i++) {
        RespClient client = server.connect();
        client.send("GET large\r\nGET large\r\n");
        client.reset();
      }
      String line = "";
      for (long deadline = System.nanoTime() + 60_000_000_000L;
          System.nanoTime() < deadline && !line.equals("1"); ) {
        line =
            observer
                .text("INFO", "clients")
                .lines()
                .filter(l -> l.startsWith("connected_clients:"))
                .findFirst()
                .orElseThrow()
                .substring(18);
      }
      assertEquals("1", line);
    }
  }

  @Test
  @DisplayName("F66 a pipeline of 1,000,000 commands is answered in order")
  void longPipelineIsAnsweredInOrder() throws InterruptedException {
    int count = 1_000_000;
    try (RespClient client = server.connect()) {
      Thread sender =
          Thread.ofVirtual()
              .start(
                  () -> {
                    StringBuilder requests = new StringBuilder();
                    for (int i = 0; i < count; i++) {
                      requests.append("ECHO ").append(i).append("\r\n");
                      if (requests.length() > 1 << 16 || i + 1 == count) {
                        client.send(requests.toString());
                        requests.setLength(0);
                      }
                    }
                  });
      for (int i = 0; i < count; i++) {
        assertEquals(Integer.toString(i), client.readText());
      }
      sender.join();
    }
  }

  @Test
  void setOfManyKeysIsOneRequest() {
    List<byte[]> request = new ArrayList<>(List.of(RespClient.bytes("MSET")));
    for (int i = 0; i < 10_001; i++) {
      request.add(RespClient.bytes("many:" + i));
      request.add(RespClient.bytes("value " + i));
    }
    try (RespClient client = server.connect()) {
      assertEquals("OK", RespClient.text(client.call(request)));
      assertEquals("value 10000", client.text("GET", "many:10000"));
    }
  }

  @Test
  void largeValuesComeBackAsTheyWere() {
    byte[] value = new byte[20 << 20];
    for (int i = 0; i < value.length; i++) {
      value[i] = (byte) (i * 31 + (i >> 8));
    }
    try (RespClient client = server.connect()) {
      assertEquals(
          "OK",
          RespClient.text(
              client.call(List.of(RespClient.bytes("SET"), RespClient.bytes("big"), value))));
      client.send("GET big\r\nSTRLEN big\r\nGET big\r\n");
      assertTrue(Arrays.equals(value, client.read().asBytes()));
      assertEquals(value.length, client.read().asLong());
      assertTrue(Arrays.equals(value, client.read().asBytes()));
    }
  }
}
