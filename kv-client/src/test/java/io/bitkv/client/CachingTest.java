package io.bitkv.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitkv.api.Expiry;
import io.bitkv.api.KeyRef;
import io.bitkv.api.KeyspaceId;
import io.bitkv.api.OutcomeUnknownException;
import io.bitkv.api.Put;
import io.bitkv.api.RejectedException;
import io.bitkv.api.Scan;
import io.bitkv.api.UnsupportedFeatureException;
import io.bitkv.api.WriteBatch;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Which calls a client with a cache asks the server for, and which not. */
@Timeout(60)
class CachingTest {

  private static final byte[] K = {'k'};
  private static final byte[] V = {'v'};
  private static final String INVALIDATION = ">2\r\n$10\r\ninvalidate\r\n*1\r\n$1\r\nk\r\n";

  private final FakeKv kv = new FakeKv();

  private static KvClient client(FakeServer server) {
    return KvClient.builder(server.uri()).connections(1).deadline(Duration.ofSeconds(30)).cache(CacheOptions.ofBytes(1 << 20)).connect();
  }

  /** Does something that the server must not be asked for. */
  private static void unasked(FakeServer server, Runnable action) {
    List<String> before = server.asked();
    action.run();
    assertEquals(before, server.asked());
  }

  private static <T> T end(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
  }

  private static String text(Optional<byte[]> found) {
    return found.map(value -> new String(value, UTF_8)).orElse("absent");
  }

  @Test
  void whatWasReadIsNotAskedForAgain() {
    kv.put("0", "k", "v");
    try (FakeServer server = FakeServer.kv(kv);
        KvClient client = client(server)) {
      Optional<byte[]> first = client.get(K);
      first.orElseThrow()[0] = 'x';
      unasked(
          server,
          () -> {
            Optional<byte[]> again = client.get(K);
            assertEquals("v", text(again));
            again.orElseThrow()[0] = 'x';
            assertEquals("v", client.read(K, view -> new String(view.toByteArray(), UTF_8)).orElseThrow());
            assertTrue(client.contains(K));
            assertEquals("v", text(client.getAll(List.of(K)).getFirst()));
            assertEquals("v", text(end(client.async().get(K))));
            assertEquals("v", text(end(client.async().getAll(List.of(K, K))).getLast()));
            assertTrue(end(client.async().contains(K)));
            assertEquals("v", text(client.withDeadline(Duration.ofSeconds(1)).get(K)));
          });
      assertEquals(List.of("v", "absent"), client.getAll(List.of(K, new byte[] {'n'})).stream().map(CachingTest::text).toList());
      assertEquals("KV.MGET 0 n", server.asked().getLast());
      unasked(server, () -> assertEquals(false, client.contains(new byte[] {'n'})));
    }
  }

  @Test
  void everyWriteOfTheClientsOwnIsSeenByItsNextRead() {
    KeyRef ref = new KeyRef(KeyspaceId.DEFAULT, K);
    try (FakeServer server = FakeServer.kv(kv);
        KvClient client = client(server)) {
      List<Runnable> writes =
          List.of(
              () -> client.put(K, V),
              () -> client.put(K, V, Put.ifPresent()),
              () -> client.expire(K, Expiry.NEVER),
              () -> client.commit(new WriteBatch().put(K, V)),
              () -> client.atomically(List.of(ref), transaction -> transaction.keyspace(KeyspaceId.DEFAULT).put(K, V)),
              () -> end(client.async().put(K, V)),
              () -> end(client.async().put(K, V, Put.ifPresent())),
              () -> end(client.async().commit(new WriteBatch().put(K, V))),
              () -> {
                try (Pipeline pipeline = client.pipeline()) {
                  pipeline.put(K, V);
                }
              },
              () -> end(client.async().delete(K)),
              client::clear);
      for (Runnable write : writes) {
        client.get(K);
        write.run();
        int asked = server.asked().size();
        client.get(K);
        assertEquals(asked + 1, server.asked().size(), () -> server.asked().toString());
      }
    }
  }

  @Test
  void versionsPipelinesScansAndTransactionsComeFromTheServer() {
    kv.put("0", "k", "v");
    KeyRef ref = new KeyRef(KeyspaceId.DEFAULT, K);
    try (FakeServer server = FakeServer.kv(kv);
        KvClient client = client(server)) {
      List<Runnable> reads =
          List.of(
              () -> client.getVersioned(K),
              () -> end(client.async().getVersioned(K)),
              () -> client.atomically(List.of(ref), transaction -> transaction.keyspace(KeyspaceId.DEFAULT).get(K)),
              () -> {
                try (Stream<byte[]> keys = client.keys(Scan.all())) {
                  assertEquals(1, keys.count());
                }
              },
              () -> {
                try (Pipeline pipeline = client.pipeline()) {
                  pipeline.get(K);
                  pipeline.getAll(List.of(K));
                }
              });
      for (Runnable read : reads) {
        client.get(K);
        int asked = server.asked().size();
        read.run();
        assertTrue(server.asked().size() > asked, () -> server.asked().toString());
      }
    }
  }

  @Test
  void whatAScanShowsIsNotFollowedByAnythingOlder() {
    try (FakeServer server = FakeServer.kv(kv);
        KvClient client = client(server)) {
      assertEquals("absent", text(client.get(K)));
      kv.put("0", "k", "v");
      assertEquals("absent", text(client.get(K)), "the server did not say anything");
      try (Stream<byte[]> keys = client.keys(Scan.all())) {
        keys.forEach(key -> {});
      }
      assertEquals("v", text(client.get(K)));
      kv.put("0", "k", "w");
      try (var entries = client.entries(Scan.all())) {
        entries.forEach(entry -> {});
      }
      assertEquals("w", text(client.get(K)));
    }
  }

  @Test
  void aValueWhoseInvalidationComesBeforeOrWithItIsNotKept() {
    kv.put("0", "k", "v");
    FakeServer.Script pushing =
        (request, peer) -> {
          boolean isRead = request.name().equals("KV.GET");
          if (isRead && request.text(1).equals("0")) {
            peer.send(INVALIDATION);
          }
          kv.answer(request, peer);
          if (isRead && request.text(1).equals("1")) {
            peer.send(INVALIDATION);
          }
        };
    try (FakeServer server = FakeServer.kv(pushing);
        KvClient client = client(server)) {
      client.get(K);
      int asked = server.asked().size();
      client.get(K);
      assertEquals(asked + 1, server.asked().size());
      client.keyspace(new KeyspaceId.Numbered(1)).get(K);
      client.server();
      asked = server.asked().size();
      client.keyspace(new KeyspaceId.Numbered(1)).get(K);
      assertEquals(asked + 1, server.asked().size());
    }
  }

  @Test
  void everyStageOfAPipelineHasEndedWhenItIsClosed() {
    try (FakeServer server = FakeServer.kv(kv);
        KvClient client = client(server)) {
      List<CompletionStage<?>> stages;
      try (Pipeline pipeline = client.pipeline()) {
        stages = List.of(pipeline.get(K), pipeline.put(K, V), pipeline.getAll(List.of(K)), pipeline.contains(K), pipeline.get(K));
      }
      stages.forEach(stage -> assertTrue(stage.toCompletableFuture().isDone()));
      assertEquals("v", text(client.get(K)));
    }
  }

  @Test
  void anAsynchronousCallThatFailsIsAccountedForBeforeThatIsTold() {
    FakeServer.Script refusing = (request, peer) -> peer.send("-ERR no\r\n");
    try (FakeServer server = FakeServer.kv(refusing);
        KvClient client = client(server)) {
      for (CompletionStage<?> stage : List.of(client.async().get(K), client.async().put(K, V))) {
        assertThrows(CompletionException.class, () -> end(stage));
      }
      assertEquals(0, client.cacheStats().orElseThrow().entries());
    }
  }

  @Test
  void nothingIsKeptAfterATimeOutEvenIfOthersGoOnWaiting() throws Exception {
    AtomicBoolean isSilent = new AtomicBoolean();
    FakeServer.Script script =
        (request, peer) -> {
          if (!isSilent.get()) {
            kv.answer(request, peer);
          }
        };
    try (FakeServer server = FakeServer.kv(script);
        KvClient client = client(server)) {
      client.get(K);
      isSilent.set(true);
      CompletionStage<Long> patient = client.async().put(new byte[] {'y'}, V);
      KvClient hasty = client.withDeadline(Duration.ofMillis(50));
      assertThrows(OutcomeUnknownException.class, () -> hasty.put(new byte[] {'x'}, V));
      assertEquals(0, client.cacheStats().orElseThrow().entries());
      assertEquals(1, client.cacheStats().orElseThrow().invalidations());
      server.resetAll();
      assertThrows(CompletionException.class, () -> end(patient));
    }
  }

  @Test
  void aServerThatTellsOfNoChangesIsRefused() {
    String old = "-ERR unknown command 'HELLO', with args beginning with: '3' \r\n";
    String subcommand = "-ERR unknown subcommand 'TRACKING'. Try CLIENT HELP.\r\n";
    for (String[] answers : new String[][] {{old, "+OK\r\n"}, {FakeServer.PLAIN_HELLO, subcommand}}) {
      try (FakeServer server = FakeServer.raw((request, peer) -> peer.send(answers[request.name().equals("HELLO") ? 0 : 1]))) {
        UnsupportedFeatureException refused = assertThrows(UnsupportedFeatureException.class, () -> client(server));
        assertTrue(refused.getMessage().contains("CLIENT TRACKING"), refused::getMessage);
        KvClientBuilder patient = KvClient.builder(server.uri()).deadline(Duration.ofSeconds(30)).cache(CacheOptions.ofBytes(1 << 20));
        try (KvClient later = patient.connectLater()) {
          assertThrows(UnsupportedFeatureException.class, () -> later.get(K));
        }
      }
    }
    String forbidden = "-NOPERM User ada has no permissions to run the 'client|tracking' command\r\n";
    FakeServer.Script strict = (request, peer) -> peer.send(request.name().equals("HELLO") ? FakeServer.KV_HELLO : forbidden);
    try (FakeServer server = FakeServer.raw(strict)) {
      assertEquals("NOPERM", assertThrows(RejectedException.class, () -> client(server)).code());
    }
  }

  @Test
  void wordsOfChangesMayComeWhileTheClientIntroducesItself() {
    String all = ">2\r\n$10\r\ninvalidate\r\n_\r\n";
    FakeServer.Script script =
        (request, peer) -> {
          switch (request.name()) {
            case "HELLO" -> peer.send(FakeServer.KV_HELLO);
            case "CLIENT" -> peer.send(all + "+OK\r\n" + all);
            default -> kv.answer(request, peer);
          }
        };
    try (FakeServer server = FakeServer.raw(script);
        KvClient client = client(server)) {
      assertEquals("absent", text(client.get(K)));
      assertTrue(server.asked().contains("CLIENT TRACKING ON"));
    }
  }

  @Test
  void withoutACacheThereAreNoFigures() {
    try (FakeServer server = FakeServer.kv(kv);
        KvClient client = KvClient.connect(server.uri())) {
      assertEquals(Optional.empty(), client.cacheStats());
    }
  }
}
