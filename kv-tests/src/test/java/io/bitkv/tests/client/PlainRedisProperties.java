package io.bitkv.tests.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bitkv.api.Condition;
import io.bitkv.api.Expiry;
import io.bitkv.api.KeyRef;
import io.bitkv.api.KeyValue;
import io.bitkv.api.KeyspaceId;
import io.bitkv.api.Put;
import io.bitkv.api.Scan;
import io.bitkv.api.WriteBatch;
import io.bitkv.client.CacheOptions;
import io.bitkv.client.KvClient;
import io.bitkv.server.Server;
import io.bitkv.server.ServerOptions;
import io.bitkv.tests.model.Directories;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** What works with plain Redis works there as with a bitkv server: the same calls have the same results, but for versions. */
@Tag("oracle")
class PlainRedisProperties {

  private static final String[] KEYS = {"a", "b", "ab", "", "{x}*?[1]\\", "\u00e9\u0000"};

  /** A call, and what it yields as far as both servers must agree. */
  private record Step(String name, Function<KvClient, Object> call) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Path directory;
  private static RedisProcess redis;
  private static Server server;
  private static KvClient onRedis;
  private static KvClient cachingRedis;
  private static KvClient onBitkv;

  @BeforeContainer
  static void start() throws IOException {
    directory = Files.createTempDirectory("bitkv-redis-");
    redis = new RedisProcess(directory);
    server = Server.open(ServerOptions.defaults().with("sync", "never").with("dir", directory.resolve("data").toString()).with("port", "0"));
    onRedis = redis.client();
    cachingRedis = redis.connect(KvClient.builder(redis.uri()).deadline(Duration.ofMinutes(1)).cache(CacheOptions.ofBytes(1 << 20)));
    onBitkv = KvClient.builder("kv://127.0.0.1:" + server.address().getPort()).deadline(Duration.ofMinutes(1)).connect();
  }

  @AfterContainer
  static void stop() throws IOException {
    onRedis.close();
    cachingRedis.close();
    onBitkv.close();
    server.close();
    redis.close();
    Directories.delete(directory);
  }

  @Property(tries = 300)
  void theSameCallsHaveTheSameResults(@ForAll("histories") List<Step> history) {
    sameResults(onRedis, history);
  }

  @Property(tries = 300)
  void theSameCallsHaveTheSameResultsFromACache(@ForAll("histories") List<Step> history) {
    sameResults(cachingRedis, history);
  }

  private static void sameResults(KvClient client, List<Step> history) {
    client.clear();
    onBitkv.clear();
    for (int i = 0; i < history.size(); i++) {
      Step step = history.get(i);
      int number = i;
      assertEquals(step.call.apply(onBitkv), step.call.apply(client), () -> "step " + number + " of " + history);
    }
  }

  @Provide
  Arbitrary<List<Step>> histories() {
    return Arbitraries.oneOf(puts(), expiries(), keyed(), whole(), batches()).list().ofMinSize(5).ofMaxSize(60);
  }

  private static Arbitrary<String> keys() {
    return Arbitraries.of(KEYS);
  }

  private static Arbitrary<Expiry> expiry() {
    return Arbitraries.of(Expiry.NEVER, Expiry.KEEP, new Expiry.At(1), new Expiry.At(4_102_444_800_000L), new Expiry.At(4_102_444_800_001L));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, UTF_8);
  }

  private static Arbitrary<Step> puts() {
    Arbitrary<Condition> conditions = Arbitraries.of(Condition.ALWAYS, Condition.IF_ABSENT, Condition.IF_PRESENT);
    return Combinators.combine(keys(), Arbitraries.strings().ofMaxLength(20), conditions, expiry())
        .as(
            (key, value, condition, expiry) -> {
              Put options = Put.always().when(condition).expiring(expiry);
              return new Step("put " + key + " " + options, client -> client.put(bytes(key), bytes(value), options).isPresent());
            });
  }

  private static Arbitrary<Step> expiries() {
    return Combinators.combine(keys(), expiry())
        .as((key, expiry) -> new Step("expire " + key + " " + expiry, client -> client.expire(bytes(key), expiry).isPresent()));
  }

  private static Arbitrary<Step> keyed() {
    return keys()
        .flatMap(
            key ->
                Arbitraries.of(
                    new Step("get " + key, client -> client.get(bytes(key)).map(PlainRedisProperties::text)),
                    new Step(
                        "getVersioned " + key,
                        client -> client.getVersioned(bytes(key)).map(found -> text(found.value()) + " until " + found.expiresAtMillis())),
                    new Step("contains " + key, client -> client.contains(bytes(key))),
                    new Step("delete " + key, client -> client.delete(bytes(key)).isPresent()),
                    new Step("delete present " + key, client -> client.delete(bytes(key), Condition.IF_PRESENT).isPresent()),
                    new Step(
                        "getAll " + key,
                        client -> client.getAll(List.of(bytes(key), bytes("a"), bytes("none"))).stream().map(each -> each.map(PlainRedisProperties::text)).toList())));
  }

  private static Arbitrary<Step> whole() {
    return Arbitraries.of(
        new Step("size", PlainRedisProperties::size),
        new Step("a random key", client -> client.randomKey().map(key -> client.contains(key))),
        new Step("keys", client -> keys(client, Scan.all())),
        new Step("keys by prefix", client -> keys(client, Scan.prefix(bytes("a")))),
        new Step("keys by an odd prefix", client -> keys(client, Scan.prefix(bytes("{x}*?[1]\\")))),
        new Step("entries", PlainRedisProperties::entries));
  }

  /** Redis counts values that have expired until something meets them, so each is read first. */
  private static Object size(KvClient client) {
    client.getAll(Stream.of(KEYS).map(PlainRedisProperties::bytes).toList());
    return client.size();
  }

  private static Object keys(KvClient client, Scan scan) {
    try (Stream<byte[]> keys = client.keys(scan)) {
      return keys.map(PlainRedisProperties::text).collect(Collectors.toSet());
    }
  }

  private static Object entries(KvClient client) {
    try (Stream<KeyValue> entries = client.entries(Scan.all())) {
      return entries.map(each -> text(each.key()) + "=" + text(each.value()) + " until " + each.expiresAtMillis()).collect(Collectors.toSet());
    }
  }

  private static Arbitrary<Step> batches() {
    return Combinators.combine(keys(), keys(), expiry())
        .as(
            (one, other, expiry) ->
                new Step(
                    "batch of " + one + " and " + other + " " + expiry,
                    client -> {
                      KeyRef ref = new KeyRef(KeyspaceId.DEFAULT, bytes(one));
                      client.commit(new WriteBatch().put(ref, bytes("batched"), expiry).delete(bytes(other)));
                      return Optional.empty();
                    }));
  }
}
