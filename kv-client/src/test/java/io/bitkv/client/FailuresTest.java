package io.bitkv.client;

import static io.bitkv.client.Clients.builder;
import static io.bitkv.client.Clients.freePort;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitkv.api.InvalidOptionException;
import io.bitkv.api.KvException;
import io.bitkv.api.LimitExceededException;
import io.bitkv.api.NotSentException;
import io.bitkv.api.Outcome;
import io.bitkv.api.OverloadedException;
import io.bitkv.api.RejectedException;
import io.bitkv.api.StoreIoException;
import io.bitkv.api.SyncFailedException;
import io.bitkv.api.UnsupportedFeatureException;
import io.bitkv.api.WritesRefusedException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
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
      FutureTask<Long> waiting = new FutureTask<>(() -> client.withDeadline(Duration.ofSeconds(60)).put(KEY, VALUE));
      Thread.ofVirtual().start(waiting);
      try (FakeServer server = FakeServer.start(ServerSocketFactory.getDefault(), port, FakeServer.KV_HELLO, new FakeKv())) {
        assertEquals(1, waiting.get(60, TimeUnit.SECONDS));
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
}
