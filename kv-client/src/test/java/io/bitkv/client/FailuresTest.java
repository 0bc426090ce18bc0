package io.bitkv.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitkv.api.InvalidOptionException;
import io.bitkv.api.KvException;
import io.bitkv.api.LimitExceededException;
import io.bitkv.api.NotSentException;
import io.bitkv.api.Outcome;
import io.bitkv.api.OutcomeUnknownException;
import io.bitkv.api.OverloadedException;
import io.bitkv.api.RejectedException;
import io.bitkv.api.StoreClosedException;
import io.bitkv.api.StoreIoException;
import io.bitkv.api.SyncFailedException;
import io.bitkv.api.UnsupportedFeatureException;
import io.bitkv.api.WritesRefusedException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ServerSocketFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Each failure says what became of the call, and comes in time. */
@Timeout(120)
class FailuresTest {

  private static final byte[] KEY = "key".getBytes(UTF_8);
  private static final byte[] VALUE = "value".getBytes(UTF_8);

  private static KvClientBuilder builder(FakeServer server) {
    return KvClient.builder(server.uri()).connections(1).backoff(Duration.ofMillis(1), Duration.ofMillis(10)).deadline(Duration.ofSeconds(30));
  }

  /** A port at which nobody listens. */
  private static int freePort() throws Exception {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  @Test
  void aServerThatIsNotThereIsToldAtOnce() throws Exception {
    String uri = "kv://127.0.0.1:" + freePort();
    NotSentException refused = assertThrows(NotSentException.class, () -> KvClient.connect(uri));
    assertTrue(refused.getMessage().contains(uri.substring(5)), refused::getMessage);
    assertEquals(Outcome.NOT_APPLIED, refused.outcome());
    NotSentException unknownHost = assertThrows(NotSentException.class, () -> KvClient.connect("kv://no-such-host.invalid"));
    assertTrue(unknownHost.getMessage().contains("no-such-host.invalid"), unknownHost::getMessage);
  }

  @Test
  void callsWaitForTheServerAsLongAsTheirDeadlineAllows() throws Exception {
    int port = freePort();
    KvClientBuilder builder = KvClient.builder("kv://127.0.0.1:" + port).backoff(Duration.ofMillis(1), Duration.ofMillis(10));
    try (KvClient client = builder.deadline(Duration.ofMillis(200)).connectLater()) {
      NotSentException late = assertThrows(NotSentException.class, () -> client.put(KEY, VALUE));
      assertTrue(late.getMessage().startsWith("SET was not sent within"), late::getMessage);
      CompletableFuture<Long> waiting = CompletableFuture.supplyAsync(() -> client.withDeadline(Duration.ofSeconds(60)).put(KEY, VALUE));
      try (FakeServer server = FakeServer.start(ServerSocketFactory.getDefault(), port, FakeServer.KV_HELLO, new FakeKv())) {
        assertEquals(1, waiting.join());
        assertEquals(List.of("KV.SET 0 key value"), server.asked());
      }
    }
  }

  @Test
  void aServerThatComesBackIsFoundAgain() throws Exception {
    FakeKv kv = new FakeKv();
    FakeServer first = FakeServer.kv(kv);
    int port = first.port();
    try (KvClient client = builder(first).connect()) {
      client.put(KEY, VALUE);
      first.close();
      try (FakeServer second = FakeServer.start(ServerSocketFactory.getDefault(), port, FakeServer.KV_HELLO, kv)) {
        assertEquals("value", new String(client.get(KEY).orElseThrow(), UTF_8));
        assertEquals(List.of("GET key"), second.asked());
      }
    }
  }

  @Test
  void wrongCredentialsAreToldAndNotWaitedFor() {
    FakeServer.Script refusing =
        (request, client) ->
            client.send(request.name().equals("HELLO") && request.toString().contains("secret") ? FakeServer.KV_HELLO : "-WRONGPASS invalid username-password pair\r\n");
    try (FakeServer server = FakeServer.raw(refusing)) {
      RejectedException refused = assertThrows(RejectedException.class, () -> builder(server).credentials("ada", () -> "guess").connect());
      assertEquals("WRONGPASS", refused.code());
      assertFalse(refused.toString().contains("guess"), "the password is in the message");
      try (KvClient client = builder(server).credentials(() -> "guess").connectLater()) {
        assertEquals("WRONGPASS", assertThrows(RejectedException.class, () -> client.put(KEY, VALUE)).code());
      }
      assertEquals("HELLO 3 AUTH ada guess", server.asked().getFirst());
      assertTrue(server.asked().contains("HELLO 3 AUTH default guess"));
      AtomicReference<String> password = new AtomicReference<>("guess");
      try (KvClient client = builder(server).credentials(password::get).deadline(Duration.ofSeconds(60)).connectLater()) {
        password.set("secret");
        assertThrows(RejectedException.class, () -> { while (true) { client.server(); } }).code();
      }
    }
  }

  @Test
  void errorsOfTheServerAreThoseOfTheApi() {
    Map<String, Class<? extends KvException>> expected =
        Map.ofEntries(
            Map.entry("UNSUPPORTED no order here", UnsupportedFeatureException.class),
            Map.entry("LIMIT too long", LimitExceededException.class),
            Map.entry("INVALID bad expiry", InvalidOptionException.class),
            Map.entry("READONLY no writes", WritesRefusedException.class),
            Map.entry("DISKFULL no space", WritesRefusedException.class),
            Map.entry("POISONED a write failed", WritesRefusedException.class),
            Map.entry("UNSYNCED not confirmed", SyncFailedException.class),
            Map.entry("IOERR cannot read", StoreIoException.class),
            Map.entry("BUSY queue full", OverloadedException.class),
            Map.entry("WRONGTYPE not a string", RejectedException.class));
    AtomicReference<String> next = new AtomicReference<>();
    try (FakeServer server = FakeServer.kv((request, client) -> client.send("-" + next.get() + "\r\n"));
        KvClient client = builder(server).connect()) {
      expected.forEach(
          (text, type) -> {
            next.set(text);
            KvException thrown = assertThrows(type, () -> client.put(KEY, VALUE));
            assertTrue(thrown.getMessage().contains(text.substring(text.indexOf(' ') + 1)), thrown::getMessage);
            assertEquals(text.startsWith("UNSYNCED") ? Outcome.UNKNOWN : Outcome.NOT_APPLIED, thrown.outcome());
          });
      assertEquals(1, server.connections());
      next.set("DISKFULL no space");
      WritesRefusedException full = assertThrows(WritesRefusedException.class, () -> client.put(KEY, VALUE));
      assertEquals(WritesRefusedException.Reason.DISK_FULL, full.reason());
    }
  }

  @Test
  void aTraceShowsTheCaller() {
    try (FakeServer server = FakeServer.kv((request, client) -> client.send("-ERR no\r\n"));
        KvClient client = builder(server).connect()) {
      RejectedException refused = assertThrows(RejectedException.class, () -> client.put(KEY, VALUE));
      assertTrue(List.of(refused.getStackTrace()).stream().anyMatch(frame -> frame.getMethodName().equals("aTraceShowsTheCaller")));
    }
  }

  @Test
  void aServerThatIsLoadingIsAskedAgain() {
    FakeKv kv = new FakeKv();
    AtomicInteger count = new AtomicInteger();
    FakeServer.Script loading =
        (request, client) -> {
          if (count.incrementAndGet() <= 5) {
            client.send("-LOADING Redis is loading the dataset in memory\r\n");
          } else if (request.name().equals("HELLO")) {
            client.send(FakeServer.KV_HELLO);
          } else if (request.name().equals("CLIENT")) {
            client.send("-ERR unknown subcommand\r\n");
          } else if (count.get() <= 10) {
            client.send("-LOADING Redis is loading the dataset in memory\r\n");
          } else {
            kv.answer(request, client);
          }
        };
    try (FakeServer server = FakeServer.raw(loading);
        KvClient client = builder(server).connectLater()) {
      assertEquals(1, client.put(KEY, VALUE));
    }
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

  @Test
  void anInterruptEndsTheCallAndNotTheConnection() throws Exception {
    for (Thread.Builder threads : List.<Thread.Builder>of(Thread.ofPlatform(), Thread.ofVirtual())) {
      CountDownLatch asked = new CountDownLatch(1);
      CountDownLatch interrupted = new CountDownLatch(1);
      FakeKv kv = new FakeKv();
      FakeServer.Script slow =
          (request, client) -> {
            asked.countDown();
            try {
              interrupted.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
            kv.answer(request, client);
          };
      try (FakeServer server = FakeServer.kv(slow);
          KvClient client = builder(server).connect()) {
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        AtomicReference<Boolean> flag = new AtomicReference<>();
        Thread thread =
            threads.start(
                () -> {
                  try {
                    client.put(KEY, VALUE);
                  } catch (KvException e) {
                    thrown.set(e);
                  }
                  flag.set(Thread.currentThread().isInterrupted());
                });
        asked.await();
        thread.interrupt();
        thread.join();
        assertInstanceOf(OutcomeUnknownException.class, thrown.get());
        assertTrue(flag.get());
        interrupted.countDown();
        assertEquals("value", new String(client.get(KEY).orElseThrow(), UTF_8));
        assertEquals(1, server.connections());
      }
    }
  }

  @Test
  void anInterruptedThreadSendsNothing() throws Exception {
    try (FakeServer server = FakeServer.kv(new FakeKv());
        KvClient client = builder(server).connect()) {
      Thread.currentThread().interrupt();
      assertThrows(NotSentException.class, () -> client.put(KEY, VALUE));
      assertTrue(Thread.interrupted());
      assertEquals(List.of(), server.asked());
    }
    Thread.currentThread().interrupt();
    assertThrows(NotSentException.class, () -> KvClient.connect("kv://127.0.0.1:1"));
    assertTrue(Thread.interrupted());
  }

  @Test
  void anInterruptEndsTheWaitingForAConnection() throws Exception {
    try (KvClient client = KvClient.builder("kv://127.0.0.1:" + freePort()).deadline(Duration.ofSeconds(60)).connectLater()) {
      AtomicReference<Throwable> thrown = new AtomicReference<>();
      Thread thread =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      client.put(KEY, VALUE);
                    } catch (KvException e) {
                      thrown.set(e);
                    }
                  });
      while (thread.getState() != Thread.State.TIMED_WAITING) {
        Thread.onSpinWait();
      }
      thread.interrupt();
      thread.join();
      assertInstanceOf(NotSentException.class, thrown.get());
    }
  }

  @Test
  void closingLetsCallsUnderWayEnd() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch closing = new CountDownLatch(1);
    FakeServer.Script slow =
        (request, client) -> {
          asked.countDown();
          try {
            closing.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          client.send("$5\r\nvalue\r\n");
        };
    try (FakeServer server = FakeServer.kv(slow)) {
      KvClient client = builder(server).connect();
      CompletableFuture<Optional<byte[]>> call = client.async().get(KEY).toCompletableFuture();
      asked.await();
      Thread closer = Thread.ofVirtual().start(client::close);
      while (closer.getState() != Thread.State.TIMED_WAITING && closer.isAlive()) {
        Thread.onSpinWait();
      }
      assertThrows(StoreClosedException.class, () -> client.get(KEY));
      closing.countDown();
      assertEquals("value", new String(call.join().orElseThrow(), UTF_8));
      closer.join();
    }
  }

  @Test
  void closingDoesNotWaitForEver() {
    try (FakeServer server = FakeServer.kv((request, client) -> {})) {
      KvClient client = builder(server).deadline(Duration.ofMillis(100)).connect();
      AsyncStore patient = client.withDeadline(Duration.ofHours(1)).async();
      CompletableFuture<Long> write = patient.put(KEY, VALUE).toCompletableFuture();
      CompletableFuture<Optional<byte[]>> read = patient.get(KEY).toCompletableFuture();
      client.close();
      assertInstanceOf(OutcomeUnknownException.class, write.handle((version, failure) -> failure).join());
      assertInstanceOf(StoreClosedException.class, read.handle((value, failure) -> failure).join());
    }
  }
}
