package io.bitkv.tests.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitkv.api.Keyspace;
import io.bitkv.api.KeyspaceId;
import io.bitkv.api.Put;
import io.bitkv.client.CacheOptions;
import io.bitkv.client.CacheStats;
import io.bitkv.client.KvClient;
import io.bitkv.client.KvClientBuilder;
import io.bitkv.server.ServerOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client keeps of others' values follows their writes, and never goes back. No value is let go here because of its age. */
@Timeout(240)
class CoherenceTest {

  private static final byte[] K = {'k'};
  private static final CacheOptions CACHE = CacheOptions.ofBytes(1 << 20).maxAge(Duration.ofHours(1));
  private static final List<byte[]> KEYS = IntStream.range(0, 5).mapToObj(i -> ("k" + i).getBytes(UTF_8)).toList();

  @RegisterExtension final Servers servers = new Servers(ServerOptions.defaults().with("sync", "never"));

  private KvClient caching() {
    return servers.connect(builder(servers.uri()));
  }

  private static KvClientBuilder builder(String uri) {
    return KvClient.builder(uri).deadline(Duration.ofMinutes(2)).connectTimeout(Duration.ofSeconds(30)).cache(CACHE);
  }

  static List<Arguments> keyspaces() {
    return List.of(
        Arguments.of(KeyspaceId.DEFAULT), Arguments.of(new KeyspaceId.Numbered(5)), Arguments.of(new KeyspaceId.Named("users")));
  }

  /** Waits for something that others' threads do. */
  private static void await(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < deadline, what);
      Thread.onSpinWait();
    }
  }

  @ParameterizedTest
  @MethodSource("keyspaces")
  void aWriteByAnotherIsSeenOnceTheServersWordHasArrived(KeyspaceId id) {
    KvClient reader = caching();
    Keyspace read = reader.keyspace(id);
    Keyspace written = servers.client().keyspace(id);
    assertTrue(read.get(K).isEmpty());
    for (int i = 1; i <= 100; i++) {
      long told = reader.cacheStats().orElseThrow().invalidations();
      written.put(K, Integer.toString(i).getBytes(UTF_8));
      await("no word of the change came", () -> reader.cacheStats().orElseThrow().invalidations() > told);
      assertEquals(i, CoherentReader.number(read.get(K)));
    }
    long told = reader.cacheStats().orElseThrow().invalidations();
    written.clear();
    await("no word of the deletion came", () -> reader.cacheStats().orElseThrow().invalidations() > told);
    assertTrue(read.get(K).isEmpty());
  }

  @ParameterizedTest
  @MethodSource("keyspaces")
  void aValueThatExpiresIsGone(KeyspaceId id) {
    Keyspace read = caching().keyspace(id);
    servers.client().keyspace(id).put(K, K, Put.expiringAfter(Duration.ofMillis(50)));
    await("it is still there", () -> !read.contains(K));
    assertTrue(read.get(K).isEmpty());
  }

  @ParameterizedTest
  @MethodSource("keyspaces")
  void aReaderNeverSeesAnOlderValueAndAWriterSeesItsOwn(KeyspaceId id) throws Exception {
    KvClient shared = caching();
    AtomicBoolean isOver = new AtomicBoolean();
    try (ExecutorService threads = Executors.newCachedThreadPool()) {
      List<Future<long[]>> readers = new ArrayList<>();
      for (KvClient client : List.of(shared, shared, caching())) {
        readers.add(threads.submit(new CoherentReader(client.keyspace(id), KEYS, readers.size(), () -> !isOver.get())));
      }
      write(shared.keyspace(id), 1500);
      CacheStats stats = shared.cacheStats().orElseThrow();
      isOver.set(true);
      for (Future<long[]> reader : readers) {
        reader.get(2, TimeUnit.MINUTES);
      }
      assertTrue(stats.hits() > 100 && stats.invalidations() > 100, stats::toString);
    }
  }

  /** Writes growing numbers, and reads each back. */
  private static void write(Keyspace keyspace, int count) {
    for (int i = 1; i <= count; i++) {
      byte[] key = KEYS.get(i % KEYS.size());
      keyspace.put(key, Integer.toString(i).getBytes(UTF_8));
      assertEquals(i, CoherentReader.number(keyspace.get(key)));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void overANetworkThatFailsAReaderNeverSeesAnOlderValueAndInTheEndTheLast(long seed) throws Exception {
    try (FaultyProxy proxy = new FaultyProxy(servers.port(), seed, EnumSet.allOf(Fault.class));
        KvClient client =
            builder(proxy.uri()).backoff(Duration.ofMillis(1), Duration.ofMillis(5)).deadline(Duration.ofMillis(250)).connectLater();
        ExecutorService threads = Executors.newCachedThreadPool()) {
      Future<long[]> reader = threads.submit(new CoherentReader(client, KEYS, seed, () -> proxy.strikes() < 15));
      KvClient sound = servers.client();
      for (int i = 1; !reader.isDone(); i++) {
        sound.put(KEYS.get(i % KEYS.size()), Integer.toString(i).getBytes(UTF_8));
      }
      long[] seen = reader.get(2, TimeUnit.MINUTES);
      proxy.heal();
      KvClient patient = client.withDeadline(Duration.ofMinutes(1));
      for (int i = 0; i < KEYS.size(); i++) {
        byte[] key = KEYS.get(i);
        long last = CoherentReader.number(sound.get(key));
        assertTrue(seen[i] <= last);
        await("the last value is not seen", () -> CoherentReader.number(patient.get(key)) == last);
      }
    }
  }

  @Test
  void aLostConnectionTakesAlongWhatWasReadOnIt() {
    KvClient client = caching();
    client.get(K);
    assertEquals(1, client.cacheStats().orElseThrow().entries());
    servers.restart();
    servers.client().put(K, K);
    await("the value is kept without a connection", () -> client.cacheStats().orElseThrow().invalidations() > 0);
    assertTrue(client.get(K).isPresent());
  }
}
