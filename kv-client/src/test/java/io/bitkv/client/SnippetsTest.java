package io.bitkv.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitkv.api.KvMap;
import io.bitkv.api.Put;
import io.bitkv.api.Versioned;
import io.bitkv.api.codec.Codec;
import java.lang.invoke.MethodHandles;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The examples that the documentation of the public types shows, as they stand there. */
@Timeout(60)
class SnippetsTest {

  private final FakeServer server = FakeServer.kv(new FakeKv());
  private final String uri = server.uri();

  @AfterEach
  void close() {
    server.close();
  }

  private record User(String name) {}

  private record Reading(byte[] key, byte[] bytes) {}

  private static String password() {
    return "secret";
  }

  @Test
  void connect() {
    List<String> found = new ArrayList<>();
    // @start region="connect"
    try (KvClient client = KvClient.connect(uri)) { // @replace substring='uri' replacement='"kv://localhost"'
      KvMap<String, User> users = client.map("users", Codec.STRING, Codec.ofRecord(User.class, MethodHandles.lookup()));
      users.put("ada", new User("Ada"));
      Optional<User> ada = users.get("ada");
      ada.ifPresent(user -> found.add(user.name()));
    }
    // @end
    assertEquals(List.of("Ada"), found);
  }

  @Test
  void options() {
    // @start region="options"
    KvClient client =
        KvClient.builder(uri) // @replace substring='uri' replacement='"kvs://db.example:6380"'
            .credentials("app", () -> password())
            .clientName("billing")
            .deadline(Duration.ofSeconds(5))
            .connect();
    // @end
    assertTrue(client.server().hasKvCommands());
    client.close();
  }

  @Test
  void cache() {
    // @start region="cache"
    KvClient client =
        KvClient.builder(uri) // @replace substring='uri' replacement='"kv://localhost"'
            .cache(CacheOptions.ofBytes(64 << 20).maxAge(Duration.ofSeconds(30)))
            .connect();
    // @end
    try (client) {
      client.put("k".getBytes(UTF_8), "v".getBytes(UTF_8));
      client.get("k".getBytes(UTF_8));
      client.get("k".getBytes(UTF_8));
      // @start region="cacheStats"
      CacheStats stats = client.cacheStats().orElseThrow();
      double answered = (double) stats.hits() / (stats.hits() + stats.misses());
      // @end
      assertEquals(0.5, answered);
    }
  }

  @Test
  void server() {
    try (KvClient client = KvClient.connect(uri)) {
      // @start region="server"
      ServerInfo info = client.server();
      boolean isOrdinaryRedis = !info.hasKvCommands();
      // @end
      assertEquals("bitkv", info.product());
      assertEquals(false, isOrdinaryRedis);
    }
  }

  @Test
  void async() throws Exception {
    try (KvClient client = KvClient.connect(uri)) {
      byte[] key = "key".getBytes(UTF_8);
      client.put(key, key);
      // @start region="async"
      AsyncStore store = client.async();
      CompletionStage<Integer> length = store.get(key).thenApply(value -> value.map(bytes -> bytes.length).orElse(0));
      // @end
      assertEquals(3, length.toCompletableFuture().get(30, TimeUnit.SECONDS));
      // @start region="asyncMap"
      AsyncKvMap<String, User> users = client.async().map("users", Codec.STRING, Codec.ofRecord(User.class, MethodHandles.lookup()));
      CompletionStage<Optional<User>> ada = users.put("ada", new User("Ada")).thenCompose(version -> users.get("ada"));
      // @end
      assertEquals(Optional.of(new User("Ada")), ada.toCompletableFuture().get(30, TimeUnit.SECONDS));
      // @start region="asyncBytes"
      AsyncKeyspace keyspace = client.async();
      CompletionStage<Boolean> replaced =
          keyspace
              .getVersioned(key)
              .thenCompose(found -> keyspace.put(key, key, Put.ifVersion(found.map(Versioned::version).orElseThrow())))
              .thenApply(version -> version.isPresent());
      // @end
      assertTrue(replaced.toCompletableFuture().get(30, TimeUnit.SECONDS));
    }
  }

  @Test
  void pipeline() {
    List<Reading> readings = List.of(new Reading("a".getBytes(UTF_8), "1".getBytes(UTF_8)), new Reading("b".getBytes(UTF_8), "2".getBytes(UTF_8)));
    try (KvClient client = KvClient.connect(uri)) {
      // @start region="pipeline"
      List<CompletionStage<Long>> versions = new ArrayList<>();
      try (Pipeline pipeline = client.pipeline()) {
        for (Reading reading : readings) {
          versions.add(pipeline.put(reading.key(), reading.bytes()));
        }
      } // sent, and every stage has ended
      // @end
      assertTrue(versions.stream().allMatch(version -> version.toCompletableFuture().isDone()));
    }
    assertEquals(List.of("KV.SET 0 a 1", "KV.SET 0 b 2"), server.asked());
  }

  @Test
  void listener() {
    Map<String, LongAdder> calls = new ConcurrentHashMap<>();
    List<String> log = new ArrayList<>();
    // @start region="listener"
    ClientListener listener =
        event -> {
          switch (event) {
            case ClientListener.CallEnded call -> calls.computeIfAbsent(call.command(), command -> new LongAdder()).increment();
            case ClientListener.Disconnected lost -> log.add("lost " + lost.address() + ": " + lost.cause());
            default -> {}
          }
        };
    // @end
    try (KvClient client = KvClient.builder(uri).listener(listener).connect()) {
      client.put("k".getBytes(UTF_8), "v".getBytes(UTF_8));
    }
    assertEquals(1, calls.get("SET").sum());
  }
}
