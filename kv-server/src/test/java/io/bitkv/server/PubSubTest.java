package io.bitkv.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Channels: who gets which messages, and what becomes of subscribers that do not take them. */
@Timeout(60)
class PubSubTest {

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
  void messageReachesSubscribersOfChannelAndPattern() {
    try (RespClient two = server.connect();
        RespClient three = server.connect();
        RespClient publisher = server.connect()) {
      three.call("HELLO", "3");
      assertEquals("[subscribe, news, 1]", two.text("SUBSCRIBE", "news"));
      assertEquals("push[psubscribe, n*, 1]", three.text("PSUBSCRIBE", "n*"));
      assertEquals("2", publisher.text("PUBLISH", "news", "hello"));
      assertEquals("[message, news, hello]", two.readText());
      assertEquals("push[pmessage, n*, news, hello]", three.readText());
      assertEquals("[news]", publisher.text("PUBSUB", "CHANNELS", "n*"));
      assertEquals("1", publisher.text("PUBSUB", "NUMPAT"));
      assertTrue(publisher.text("CLIENT", "LIST", "TYPE", "pubsub").contains(" flags=P "));
    }
  }

  @Test
  void subscribedClientOfVersion2MayDoNothingElse() {
    try (RespClient client = server.connect()) {
      client.text("SUBSCRIBE", "a");
      assertEquals(
          "ERR Can't execute 'get': only (P|S)SUBSCRIBE / (P|S)UNSUBSCRIBE / PING / QUIT / RESET"
              + " are allowed in this context",
          client.text("GET", "k"));
      assertEquals("[pong, ]", client.text("PING"));
      assertEquals("RESET", client.text("RESET"));
      assertEquals("null", client.text("GET", "k"));
      assertEquals("0", client.text("PUBLISH", "a", "nobody"));
    }
  }

  @Test
  void messagesOfOnePublisherComeInOrder() {
    try (RespClient subscriber = server.connect();
        RespClient publisher = server.connect()) {
      subscriber.text("SUBSCRIBE", "order");
      for (int i = 0; i < 5000; i++) {
        publisher.send(RespClient.encode("PUBLISH", "order", Integer.toString(i)));
      }
      for (int i = 0; i < 5000; i++) {
        assertEquals("[message, order, " + i + "]", subscriber.readText());
        assertEquals("1", publisher.readText());
      }
    }
  }

  @Test
  void messageOfATransactionIsSentOnlyIfItIsApplied() {
    try (RespClient subscriber = server.connect();
        RespClient client = server.connect();
        RespClient other = server.connect()) {
      subscriber.text("SUBSCRIBE", "tx");
      client.text("WATCH", "guard");
      other.text("SET", "guard", "changed");
      client.text("MULTI");
      client.text("PUBLISH", "tx", "dropped");
      assertEquals("null", client.text("EXEC"));
      client.text("MULTI");
      client.text("PUBLISH", "tx", "sent");
      assertEquals("[1]", client.text("EXEC"));
      assertEquals("[message, tx, sent]", subscriber.readText());
    }
  }

  @Test
  void channelIsForgottenWithItsLastSubscriber() {
    try (RespClient client = server.connect()) {
      try (RespClient subscriber = server.connect()) {
        subscriber.text("SUBSCRIBE", "short");
        subscriber.text("PSUBSCRIBE", "short*");
        assertEquals("2", client.text("PUBLISH", "short", "m"));
      }
      awaitReply("0", client, "PUBLISH", "short", "m");
      assertEquals("[]", client.text("PUBSUB", "CHANNELS", "short"));
    }
  }

  @Test
  @DisplayName("F67 a subscriber that takes nothing is closed at a finite limit")
  void subscriberThatTakesNothingIsClosedAndTheOthersGoOn() {
    try (RespClient deaf = new RespClient(new InetSocketAddress("127.0.0.1", server.port()), 4096);
        RespClient listener = server.connect();
        RespClient publisher = server.connect()) {
      deaf.text("SUBSCRIBE", "flood");
      listener.text("SUBSCRIBE", "flood");
      List<byte[]> request =
          List.of(RespClient.bytes("PUBLISH"), RespClient.bytes("flood"), new byte[64 << 10]);
      int published = 0;
      while (!"1".equals(RespClient.text(publisher.call(request)))) {
        assertEquals(64 << 10, listener.read().asList().get(2).asBytes().length);
        published++;
        assertTrue(published < 10_000, "nobody closes a client that takes nothing");
      }
      assertEquals("[flood, 1]", publisher.text("PUBSUB", "NUMSUB", "flood"));
    }
  }

  private static void awaitReply(String expected, RespClient client, String... request) {
    String reply = client.text(request);
    while (!reply.equals(expected)) {
      Thread.onSpinWait();
      reply = client.text(request);
    }
  }
}
