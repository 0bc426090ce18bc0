package io.bitkv.client;

import static io.bitkv.client.Clients.builder;
import static io.bitkv.client.Clients.freePort;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitkv.api.NotSentException;
import io.bitkv.api.Outcome;
import io.bitkv.api.OverloadedException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is more than the client may hold is refused at once, and a server that takes nothing makes nobody wait for long. */
@Timeout(120)
class OverloadTest {

  private static final byte[] KEY = "key".getBytes(UTF_8);
  private static final byte[] VALUE = "value".getBytes(UTF_8);

  /** Answers a request, and reads nothing more. */
  private static FakeServer.Script answerThenStop(String raw, CountDownLatch resume) {
    return (request, client) -> {
      client.send(raw);
      try {
        resume.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    };
  }

  @Test
  void aFullQueueRefusesAtOnce() throws Exception {
    CountDownLatch full = new CountDownLatch(4);
    try (FakeServer server = FakeServer.kv((request, client) -> full.countDown());
        KvClient client = builder(server).maxPending(4).withoutRepetition().connect()) {
      for (int i = 0; i < 4; i++) {
        client.async().get(KEY);
      }
      full.await();
      OverloadedException refused = assertThrows(OverloadedException.class, () -> client.put(KEY, VALUE));
      assertEquals(Outcome.NOT_APPLIED, refused.outcome());
      assertTrue(refused.getMessage().contains("4 calls are pending"), refused::getMessage);
      Throwable async = client.async().put(KEY, VALUE).handle((version, failure) -> failure).toCompletableFuture().join();
      assertInstanceOf(OverloadedException.class, async);
      try (Pipeline pipeline = client.pipeline()) {
        var stage = pipeline.put(KEY, VALUE);
        pipeline.flush();
        assertInstanceOf(OverloadedException.class, stage.handle((version, failure) -> failure).toCompletableFuture().join());
      }
      assertEquals(4, server.asked().size());
      server.resetAll();
    }
  }

  @Test
  void tooManyWhoWaitForAConnectionAreRefusedAtOnce() throws Exception {
    try (KvClient client = KvClient.builder("kv://127.0.0.1:" + freePort()).maxPending(2).deadline(Duration.ofSeconds(60)).connectLater()) {
      client.async().get(KEY);
      client.async().get(KEY);
      OverloadedException refused = assertThrows(OverloadedException.class, () -> client.get(KEY));
      assertTrue(refused.getMessage().startsWith("2 calls wait already"), refused::getMessage);
    }
  }

  @Test
  void aServerThatTakesNothingMakesNobodyWaitBeyondTheDeadline() {
    CountDownLatch resume = new CountDownLatch(1);
    try (FakeServer server = FakeServer.kv(answerThenStop("+PONG\r\n", resume));
        KvClient client = builder(server).connect()) {
      client.server();
      KvClient hasty = client.withDeadline(Duration.ofMillis(300));
      NotSentException unsent = assertThrows(NotSentException.class, () -> hasty.put(KEY, new byte[32 << 20]));
      assertEquals(Outcome.NOT_APPLIED, unsent.outcome());
      resume.countDown();
      assertEquals(List.of("PING"), server.asked());
    }
  }

  @Test
  void whatCannotBeSentSoonIsRefusedWhenTooMuchWaits() throws Exception {
    CountDownLatch resume = new CountDownLatch(1);
    try (FakeServer server = FakeServer.kv(answerThenStop("+PONG\r\n", resume));
        KvClient client = builder(server).maxUnsentBytes(1 << 20).withoutRepetition().connect()) {
      client.server();
      CompletableFuture<Long> large = client.async().put(KEY, new byte[32 << 20]).toCompletableFuture();
      assertThrows(OverloadedException.class, () -> client.put(KEY, VALUE));
      server.resetAll();
      resume.countDown();
      assertInstanceOf(NotSentException.class, large.handle((version, failure) -> failure).join());
    }
  }
}
