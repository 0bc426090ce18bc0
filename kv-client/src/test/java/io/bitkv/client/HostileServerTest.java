package io.bitkv.client;

import static io.bitkv.client.Clients.builder;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitkv.api.KvException;
import io.bitkv.api.NotSentException;
import io.bitkv.api.Outcome;
import io.bitkv.api.OutcomeUnknownException;
import io.bitkv.api.Scan;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that answers badly never makes the client take one reply for another, hang, or send a write twice. */
@Timeout(120)
class HostileServerTest {

  private static final byte[] KEY = "key".getBytes(UTF_8);
  private static final byte[] VALUE = "value".getBytes(UTF_8);

  /** Answers the first request badly, and all others well. */
  private static FakeServer.Script firstBadly(FakeServer.Script bad) {
    FakeKv well = new FakeKv();
    AtomicInteger count = new AtomicInteger();
    return (request, client) -> (count.incrementAndGet() == 1 ? bad : well).answer(request, client);
  }

  @ParameterizedTest
  @DisplayName("F77 a reply that is none ends the write in doubt, and is not repeated")
  @ValueSource(
      strings = {
        "$2147483648\r\n", "$99999999999999999999\r\n", "$-5\r\n", "*2147483648\r\n", "*-7\r\n", "%-1\r\n", "$?\r\n", ":12x\r\n", "HTTP/1.1 400 Bad\r\n",
        "\r\n", "$3\r\nabcde", "+no end of line\n", "#x\r\n", "_x\r\n", "(12a\r\n", ",1.5.2\r\n", "~3\r\n:1\r\nx"
      })
  void aReplyThatIsNoneEndsTheWriteInDoubt(String raw) {
    try (FakeServer server = FakeServer.kv(firstBadly((request, client) -> client.send(raw)));
        KvClient client = builder(server).connect()) {
      OutcomeUnknownException unknown = assertThrows(OutcomeUnknownException.class, () -> client.put(KEY, VALUE));
      assertEquals(Outcome.UNKNOWN, unknown.outcome());
      assertTrue(client.get(KEY).isEmpty(), "the next call was given a wrong reply");
      assertEquals(List.of("KV.SET 0 key value", "GET key"), server.asked());
      assertEquals(2, server.connections());
    }
  }

  @ParameterizedTest
  @DisplayName("F77 a reply of a wrong type ends the write in doubt, and the connection")
  @ValueSource(strings = {"+OK\r\n", "$2\r\nOK\r\n", "*0\r\n", "#t\r\n", "_\r\n", "%1\r\n:1\r\n:2\r\n", ",1.5\r\n", "(12345678901234567890\r\n", "~0\r\n"})
  void aReplyOfAWrongTypeEndsTheWriteInDoubt(String raw) {
    try (FakeServer server = FakeServer.kv(firstBadly((request, client) -> client.send(raw)));
        KvClient client = builder(server).connect()) {
      assertThrows(OutcomeUnknownException.class, () -> client.put(KEY, VALUE));
      assertTrue(client.get(KEY).isEmpty());
      assertEquals(List.of("KV.SET 0 key value", "GET key"), server.asked());
      assertEquals(2, server.connections());
    }
  }

  @ParameterizedTest
  @DisplayName("F77 a reply of a wrong type or shape to a read is a typed error")
  @ValueSource(strings = {"+QUEUED\r\n", ":1\r\n", "*1\r\n:1\r\n", "*3\r\n_\r\n:1\r\n:0\r\n", "*3\r\n$1\r\nv\r\n$1\r\nx\r\n:0\r\n", "%0\r\n", "*2\r\n:0\r\n:0\r\n", "*2\r\n:1\r\n*0\r\n"})
  void aReplyOfAWrongShapeToAReadIsATypedError(String raw) {
    try (FakeServer server = FakeServer.kv((request, client) -> client.send(raw));
        KvClient client = builder(server).connect()) {
      assertThrows(OutcomeUnknownException.class, () -> client.get(KEY));
      assertThrows(OutcomeUnknownException.class, () -> client.keyspace(3).get(KEY));
      assertThrows(OutcomeUnknownException.class, () -> client.getVersioned(KEY));
      assertThrows(OutcomeUnknownException.class, () -> client.keyspace(3).getAll(List.of(KEY, VALUE)));
      assertThrows(OutcomeUnknownException.class, () -> client.keys(Scan.range(KEY, null)));
    }
  }

  @Test
  @DisplayName("F77 replies nested 10,000 deep are refused")
  void repliesNestedDeeplyAreRefused() {
    for (String opening : List.of("*1\r\n", "%1\r\n:1\r\n", "~1\r\n", "|1\r\n:1\r\n")) {
      try (FakeServer server = FakeServer.kv(firstBadly((request, client) -> client.send(opening.repeat(10_000) + ":1\r\n")));
          KvClient client = builder(server).connect()) {
        OutcomeUnknownException unknown = assertThrows(OutcomeUnknownException.class, () -> client.put(KEY, VALUE));
        assertTrue(unknown.getMessage().contains("nested deeper"), unknown::getMessage);
        assertTrue(client.get(KEY).isEmpty());
      }
    }
  }

  @ParameterizedTest
  @DisplayName("F77 a connection closed in mid-reply: the read is repeated, the write is not")
  @ValueSource(strings = {"", "$", "$5\r\nhel", "$5\r\nhello\r", "*3\r\n$1\r\nv\r\n:1"})
  void aConnectionClosedInMidReply(String raw) {
    FakeServer.Script closing =
        (request, client) -> {
          client.send(raw);
          client.socket().close();
        };
    try (FakeServer server = FakeServer.kv(firstBadly(closing));
        KvClient client = builder(server).connect()) {
      assertTrue(client.get(KEY).isEmpty());
      assertEquals(List.of("GET key", "GET key"), server.asked());
    }
    try (FakeServer server = FakeServer.kv(firstBadly(closing));
        KvClient client = builder(server).connect()) {
      assertThrows(OutcomeUnknownException.class, () -> client.put(KEY, VALUE));
      client.put(KEY, "second".getBytes(UTF_8));
      assertEquals(List.of("KV.SET 0 key value", "KV.SET 0 key second"), server.asked());
    }
  }

  @Test
  @DisplayName("F77 a connection reset: the read is repeated, the write is not")
  void aConnectionReset() {
    try (FakeServer server = FakeServer.kv(firstBadly((request, client) -> client.reset()));
        KvClient client = builder(server).connect()) {
      assertThrows(OutcomeUnknownException.class, () -> client.put(KEY, VALUE));
      assertTrue(client.get(KEY).isEmpty());
      assertEquals(List.of("KV.SET 0 key value", "GET key"), server.asked());
    }
    try (FakeServer server = FakeServer.kv((request, client) -> client.reset());
        KvClient client = builder(server).withoutRepetition().connect()) {
      assertThrows(OutcomeUnknownException.class, () -> client.get(KEY));
      assertEquals(List.of("GET key"), server.asked());
    }
  }

  @Test
  @DisplayName("F77 reads that fail for ever end with their deadline")
  void readsThatFailForEverEndWithTheirDeadline() {
    try (FakeServer server = FakeServer.kv((request, client) -> client.reset());
        KvClient client = builder(server).deadline(Duration.ofMillis(300)).connect()) {
      assertThrows(KvException.class, () -> client.get(KEY));
      assertTrue(server.asked().size() > 2, () -> "was repeated " + server.asked().size() + " times");
    }
  }

  @Test
  @DisplayName("F77 a reply too many ends the connection before it can be taken for another's")
  void aReplyTooMany() throws Exception {
    CountDownLatch lost = new CountDownLatch(1);
    try (FakeServer server = FakeServer.kv(firstBadly((request, client) -> client.send("_\r\n$5\r\nwrong\r\n")));
        KvClient client = builder(server).listener(event -> { if (event instanceof ClientListener.Disconnected) { lost.countDown(); } }).connect()) {
      assertTrue(client.get(KEY).isEmpty());
      lost.await();
      assertTrue(client.get(KEY).isEmpty(), "was given a reply that came before");
      assertEquals(2, server.connections());
    }
  }

  @Test
  @DisplayName("F77 a reply that comes too late goes to nobody")
  void aReplyThatComesTooLateGoesToNobody() throws Exception {
    CountDownLatch timedOut = new CountDownLatch(1);
    CountDownLatch sentLate = new CountDownLatch(1);
    FakeServer.Script late =
        (request, client) ->
            Thread.ofVirtual()
                .start(
                    () -> {
                      try {
                        timedOut.await();
                        client.send("$4\r\nlate\r\n");
                      } catch (Exception e) {
                        // The client has closed the connection already, which is as good.
                      } finally {
                        sentLate.countDown();
                      }
                    });
    try (FakeServer server = FakeServer.kv(firstBadly(late));
        KvClient client = builder(server).connect()) {
      KvClient hasty = client.withDeadline(Duration.ofMillis(100));
      OutcomeUnknownException unknown = assertThrows(OutcomeUnknownException.class, () -> hasty.get(KEY));
      assertTrue(unknown.getMessage().startsWith("GET: no reply from 127.0.0.1:" + server.port()), unknown::getMessage);
      timedOut.countDown();
      sentLate.await();
      assertTrue(client.get(KEY).isEmpty(), "was given the late reply");
      assertEquals(2, server.connections());
    }
  }

  @Test
  @DisplayName("F77 others' calls on a connection that is given up still get their replies")
  void othersCallsOnAConnectionThatIsGivenUpStillGetTheirReplies() throws Exception {
    CountDownLatch timedOut = new CountDownLatch(1);
    FakeServer.Script slow =
        (request, client) -> {
          if (request.text(1).equals("patient")) {
            Thread.ofVirtual()
                .start(
                    () -> {
                      try {
                        timedOut.await();
                        client.send("$5\r\nhasty\r\n$7\r\npatient\r\n");
                      } catch (Exception e) {
                        throw new AssertionError(e);
                      }
                    });
          } else if (!request.text(1).equals("hasty")) {
            client.send("_\r\n");
          }
        };
    try (FakeServer server = FakeServer.kv(slow);
        KvClient client = builder(server).connect()) {
      KvClient hasty = client.withDeadline(Duration.ofMillis(200));
      var first = hasty.async().get("hasty".getBytes(UTF_8)).toCompletableFuture();
      var second = client.async().get("patient".getBytes(UTF_8)).toCompletableFuture();
      assertTrue(first.handle((value, failure) -> failure).join() instanceof OutcomeUnknownException);
      timedOut.countDown();
      assertEquals("patient", new String(second.join().orElseThrow(), UTF_8));
      assertTrue(client.get(KEY).isEmpty());
      assertEquals(2, server.connections());
    }
  }

  @Test
  @DisplayName("F77 what is no Redis server is told as such")
  void whatIsNoRedisServerIsToldAsSuch() {
    for (String raw : List.of("HTTP/1.1 400 Bad Request\r\n\r\n", "SSH-2.0-OpenSSH_9.6\r\n", "$99999999999\r\n", "*1\r\n".repeat(10_000))) {
      try (FakeServer server = FakeServer.raw((request, client) -> client.send(raw))) {
        NotSentException refused = assertThrows(NotSentException.class, () -> builder(server).connect());
        assertTrue(refused.getMessage().contains("does not speak the Redis protocol"), refused::getMessage);
      }
    }
    try (FakeServer server = FakeServer.raw((request, client) -> client.socket().close())) {
      NotSentException refused = assertThrows(NotSentException.class, () -> builder(server).connect());
      assertTrue(refused.getMessage().contains("closed the connection"), refused::getMessage);
    }
    try (FakeServer server = FakeServer.raw((request, client) -> {})) {
      NotSentException refused =
          assertThrows(NotSentException.class, () -> builder(server).connectTimeout(Duration.ofMillis(200)).connect());
      assertTrue(refused.getMessage().contains("no connection to 127.0.0.1") || refused.getMessage().contains("within the time"), refused::getMessage);
    }
  }
}
