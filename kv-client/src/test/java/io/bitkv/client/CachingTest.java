package io.bitkv.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitkv.api.Expiry;
import io.bitkv.api.KeyRef;
import io.bitkv.api.KeyspaceId;
import io.bitkv.api.Put;
import io.bitkv.api.Scan;
import io.bitkv.api.WriteBatch;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Which calls a client with a cache asks the server for, and which not. */
@Timeout(60)
class CachingTest {

  private static final byte[] K = {'k'};
  private static final byte[] V = {'v'};

  private final FakeKv kv = new FakeKv();

  static KvClient client(FakeServer server) {
    return KvClient.builder(server.uri()).connections(1).deadline(Duration.ofSeconds(30)).cache(CacheOptions.ofBytes(1 << 20)).connect();
  }

  /** Does something that the server must not be asked for. */
  private static void unasked(FakeServer server, Runnable action) {
    List<String> before = server.asked();
    action.run();
    assertEquals(before, server.asked());
  }

  static <T> T end(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
  }

  static String text(Optional<byte[]> found) {
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
  void withoutACacheThereAreNoFigures() {
    try (FakeServer server = FakeServer.kv(kv);
        KvClient client = KvClient.connect(server.uri())) {
      assertEquals(Optional.empty(), client.cacheStats());
    }
  }
}
