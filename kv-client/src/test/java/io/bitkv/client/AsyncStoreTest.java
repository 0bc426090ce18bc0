package io.bitkv.client;

import static io.bitkv.client.Texts.bytes;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitkv.api.Condition;
import io.bitkv.api.Expiry;
import io.bitkv.api.KeyspaceId;
import io.bitkv.api.OutcomeUnknownException;
import io.bitkv.api.Put;
import io.bitkv.api.Versioned;
import io.bitkv.api.WriteBatch;
import io.bitkv.api.codec.Codec;
import io.bitkv.api.codec.CodecException;
import java.lang.invoke.MethodHandles;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Calls that do not wait do what the waiting ones do, and end in a result or in the same exceptions. */
@Timeout(60)
class AsyncStoreTest {

  /** What the tests keep. */
  private record User(String name, int age) {}

  private final FakeKv kv = new FakeKv();
  private final FakeServer server = FakeServer.kv(kv);
  private final KvClient client = KvClient.builder(server.uri()).connections(1).deadline(Duration.ofSeconds(30)).connect();
  private final AsyncStore store = client.async();
  private final AsyncKvMap<String, User> users = store.map("users", Codec.STRING, Codec.ofRecord(User.class, MethodHandles.lookup()));

  @AfterEach
  void close() {
    client.close();
    server.close();
  }

  private static <T> T result(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(30, TimeUnit.SECONDS);
  }

  private static Throwable failure(CompletionStage<?> stage) throws Exception {
    return result(stage.handle((value, failure) -> failure));
  }

  @Test
  void aKeyspaceIsReadAndWritten() throws Exception {
    for (AsyncKeyspace keyspace : List.of(store, store.keyspace(new KeyspaceId.Numbered(7)), store.keyspace(new KeyspaceId.Named("n")))) {
      assertTrue(result(keyspace.get(bytes("k"))).isEmpty());
      long version = result(keyspace.put(bytes("k"), bytes("v")));
      assertEquals("v", new String(result(keyspace.get(bytes("k"))).orElseThrow(), UTF_8));
      assertEquals(version, result(keyspace.getVersioned(bytes("k"))).orElseThrow().version());
      assertTrue(result(keyspace.contains(bytes("k"))));
      assertEquals(List.of(true, false), result(keyspace.getAll(List.of(bytes("k"), bytes("none")))).stream().map(Optional::isPresent).toList());
      assertEquals(List.of(), result(keyspace.getAll(List.of())));
      assertEquals(OptionalLong.empty(), result(keyspace.put(bytes("k"), bytes("w"), Put.ifAbsent())));
      assertTrue(result(keyspace.expire(bytes("k"), new Expiry.At(5000))).isPresent());
      assertEquals(1, result(keyspace.size()));
      assertEquals(OptionalLong.empty(), result(keyspace.delete(bytes("k"), new Condition.IfVersion(version))));
      assertTrue(result(keyspace.delete(bytes("k"))).isPresent());
      assertEquals(0, result(keyspace.size()));
    }
    assertEquals(KeyspaceId.DEFAULT, store.id());
    assertEquals(new KeyspaceId.Named("n"), store.keyspace(new KeyspaceId.Named("n")).id());
  }

  @Test
  void aMapIsReadAndWritten() throws Exception {
    User ada = new User("Ada", 36);
    assertEquals(new KeyspaceId.Named("users"), users.id());
    assertEquals(Optional.empty(), result(users.get("ada")));
    assertFalse(result(users.contains("ada")));
    long version = result(users.put("ada", ada));
    assertEquals(Optional.of(ada), result(users.get("ada")));
    assertEquals(new Versioned<>(ada, version, Expiry.NONE), result(users.getVersioned("ada")).orElseThrow());
    assertEquals(OptionalLong.empty(), result(users.put("ada", ada, Put.ifAbsent())));
    assertTrue(result(users.expire("ada", new Expiry.At(5000))));
    long expiring = result(users.getVersioned("ada")).orElseThrow().version();
    assertFalse(result(users.compareAndSet("ada", version, new User("Ada", 1))), "a version that is not the latest was taken for it");
    assertTrue(result(users.compareAndSet("ada", expiring, new User("Ada", 37))));
    Versioned<User> replaced = result(users.getVersioned("ada")).orElseThrow();
    assertEquals(new User("Ada", 37), replaced.value());
    assertEquals(5000, replaced.expiresAtMillis(), "the expiry was not kept");
    assertEquals(OptionalLong.empty(), result(users.delete("ada", new Condition.IfVersion(version))));
    assertTrue(result(users.delete("ada")));
    assertFalse(result(users.delete("ada")));
    assertFalse(result(users.expire("ada", Expiry.NEVER)));
  }

  @Test
  void aNumberedKeyspaceIsAMapToo() throws Exception {
    AsyncKvMap<Long, String> names = store.map(new KeyspaceId.Numbered(5), Codec.LONG, Codec.STRING);
    result(names.put(7L, "seven"));
    assertEquals(Optional.of("seven"), result(names.get(7L)));
    assertTrue(server.asked().getFirst().startsWith("KV.SET 5 "), () -> server.asked().toString());
  }

  @Test
  void whatCannotBeEncodedIsToldAtOnceAndWhatCannotBeDecodedEndsTheStage() throws Exception {
    assertThrows(RuntimeException.class, () -> users.put("ada", null));
    assertEquals(List.of(), server.asked());
    kv.put("@users", "ada", "no record");
    Throwable failure = failure(users.get("ada"));
    assertInstanceOf(CodecException.class, failure.getCause());
  }

  @Test
  void aBatchIsOneStep() throws Exception {
    assertEquals(0, result(store.commit(new WriteBatch())));
    WriteBatch batch = new WriteBatch().put(bytes("a"), bytes("1")).delete(bytes("b"));
    CompletionStage<Long> committed = store.commit(batch);
    assertTrue(result(committed) > 0);
    assertEquals(List.of("KV.COMMIT SET 0 a 1 DEL 0 b"), server.asked());
  }

  @Test
  void aCallThatIsNotAnsweredInTimeEndsItsStage() throws Exception {
    try (FakeServer silent = FakeServer.kv((request, peer) -> {});
        KvClient hasty = KvClient.builder(silent.uri()).deadline(Duration.ofMillis(100)).connect()) {
      assertInstanceOf(OutcomeUnknownException.class, failure(hasty.async().put(bytes("k"), bytes("v"))));
    }
  }

  @Test
  void aPipelineSendsItsCallsTogetherAndWaitsForAll() throws Exception {
    List<CompletableFuture<Long>> versions = new ArrayList<>();
    CompletionStage<Optional<User>> read;
    try (Pipeline pipeline = client.pipeline()) {
      for (int i = 0; i < 25_000; i++) {
        versions.add(pipeline.put(bytes("k" + i), bytes("v" + i)).toCompletableFuture());
      }
      AsyncKvMap<String, User> map = pipeline.map("users", Codec.STRING, Codec.ofRecord(User.class, MethodHandles.lookup()));
      map.put("ada", new User("Ada", 36));
      read = map.get("ada");
      assertFalse(read.toCompletableFuture().isDone(), "was sent before it was told");
    }
    assertEquals(Optional.of(new User("Ada", 36)), result(read));
    for (int i = 0; i < versions.size(); i++) {
      assertTrue(versions.get(i).isDone());
      assertEquals(i + 1L, result(versions.get(i)), "out of order");
    }
  }

  @Test
  void aLongPipelineIsUnderWayWhileItIsCollected() throws Exception {
    try (Pipeline pipeline = client.pipeline()) {
      CompletionStage<Long> first = pipeline.put(bytes("k"), bytes("v"));
      for (int i = 1; i < 500; i++) {
        pipeline.put(bytes("k" + i), bytes("v"));
      }
      assertEquals(1, result(first));
    }
  }

  @Test
  void aFlushedPipelineGoesOnByItself() throws Exception {
    Pipeline pipeline = client.pipeline();
    CompletionStage<Long> version = pipeline.put(bytes("k"), bytes("v"));
    pipeline.flush();
    assertEquals(1, result(version));
    pipeline.close();
  }

  @Test
  void onePipelinedRequestThatCannotBeSentFailsAlone() throws Exception {
    try (FakeServer plain = FakeServer.plain(new FakeRedis(io.bitkv.codec.resp.RespVersion.RESP3));
        KvClient other = KvClient.connect(plain.uri());
        Pipeline pipeline = other.pipeline()) {
      CompletionStage<Long> good = pipeline.put(bytes("k"), bytes("v"));
      CompletionStage<OptionalLong> bad = pipeline.put(bytes("k"), bytes("v"), Put.ifVersion(1));
      CompletionStage<Optional<byte[]>> after = pipeline.get(bytes("k"));
      pipeline.flush();
      assertEquals(0, result(good));
      assertInstanceOf(io.bitkv.api.UnsupportedFeatureException.class, failure(bad));
      assertEquals("v", new String(result(after).orElseThrow(), UTF_8));
    }
  }

  @Test
  void aPipelineWhoseConnectionIsLostGoesOnWithAnother() throws Exception {
    CountDownLatch lost = new CountDownLatch(1);
    ClientListener listener =
        event -> {
          if (event instanceof ClientListener.Disconnected) {
            lost.countDown();
          }
        };
    try (KvClient other = KvClient.builder(server.uri()).connections(1).deadline(Duration.ofSeconds(30)).listener(listener).connect();
        Pipeline pipeline = other.pipeline()) {
      CompletionStage<Long> before = pipeline.put(bytes("a"), bytes("1"));
      pipeline.flush();
      result(before);
      server.resetAll();
      assertTrue(lost.await(30, TimeUnit.SECONDS));
      CompletionStage<Long> after = pipeline.put(bytes("b"), bytes("2"));
      pipeline.flush();
      assertEquals(2, result(after));
    }
  }
}
