package io.bitkv.tests.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitkv.api.Condition;
import io.bitkv.api.Expiry;
import io.bitkv.api.KeyRef;
import io.bitkv.api.KvEntry;
import io.bitkv.api.KvException;
import io.bitkv.api.KvMap;
import io.bitkv.api.KvScan;
import io.bitkv.api.NotSentException;
import io.bitkv.api.OutcomeUnknownException;
import io.bitkv.api.OverloadedException;
import io.bitkv.api.Put;
import io.bitkv.api.RejectedException;
import io.bitkv.api.Versioned;
import io.bitkv.api.WriteBatch;
import io.bitkv.api.codec.Codec;
import io.bitkv.client.AsyncKvMap;
import io.bitkv.client.CacheOptions;
import io.bitkv.client.CacheStats;
import io.bitkv.client.KvClient;
import io.bitkv.client.Pipeline;
import io.bitkv.client.ServerInfo;
import io.bitkv.server.ServerOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What docs/CLIENT.md shows, done on a server: every line of Java there stands here, see {@link GuideTextTest}. */
@Timeout(120)
class GuideTest {

  record User(String name, String mail, Instant seen) {}

  @RegisterExtension final Servers servers = new Servers(ServerOptions.defaults().with("sync", "never").with("directory", "ordered"));

  private KvClient client;
  private KvMap<String, User> users;
  private final User ada = new User("Ada", "ada@example", Instant.EPOCH);
  private final List<String> log = new ArrayList<>();

  @BeforeEach
  void connect() {
    client = servers.client();
    users = client.map("users", Codec.STRING, Codec.ofRecord(User.class));
  }

  @Test
  void getAndPut() {
    users.put("ada", ada);
    Optional<User> found = users.get("ada");
    User certain = users.getOrThrow("ada");
    Map<String, User> several = users.getAll(List.of("ada", "bob"));
    boolean existed = users.delete("ada");

    assertEquals(Optional.of(ada), found);
    assertEquals(ada, certain);
    assertEquals(Map.of("ada", ada), several);
    assertTrue(existed);
    assertTrue(users.get("ada").isEmpty());
  }

  @Test
  void expiry() {
    users.put("ada", ada, Put.expiringAfter(Duration.ofDays(30)));
    users.put("ada", ada, Put.ifPresent().keepExpiry());
    users.expire("ada", Expiry.after(Duration.ofHours(1)));
    users.expire("ada", Expiry.NEVER);

    assertEquals(Expiry.NONE, users.getVersioned("ada").orElseThrow().expiresAtMillis());
  }

  @Test
  void conditions() {
    boolean isNew = users.putIfAbsent("ada", ada);

    Versioned<User> read = users.getVersioned("ada").orElseThrow();
    boolean won = users.compareAndSet("ada", read.version(), new User("Ada", "ada@new.example", Instant.now()));

    users.delete("ada", new Condition.IfVersion(read.version()));
    users.compute("ada", user -> user.map(u -> new User(u.name(), u.mail(), Instant.now())));

    KvMap<String, Long> hits = client.map("hits", Codec.STRING, Codec.LONG);
    long count = KvMap.increment(hits, "/index", 1);

    assertTrue(isNew && won);
    assertTrue(users.contains("ada"), "a delete for an old version took the new one");
    assertEquals(1, count);
  }

  @Test
  void cache() {
    KvClient caching =
        KvClient.builder(servers.uri())
            .cache(CacheOptions.ofBytes(64 << 20).maxAge(Duration.ofSeconds(30)))
            .connect();
    try (caching) {
      caching.map("users", Codec.STRING, Codec.ofRecord(User.class)).get("ada");
      CacheStats stats = caching.cacheStats().orElseThrow();
      log.add(stats.hits() + " hits, " + stats.misses() + " misses, " + stats.invalidations() + " invalidations, " + stats.bytes() + " bytes");
    }

    assertTrue(log.getFirst().startsWith("0 hits, 1 misses"), log::toString);
  }

  @Test
  void batches() {
    KvMap<String, String> mails = client.map("mails", Codec.STRING, Codec.STRING);
    client.commit(new WriteBatch().put(users, "ada", ada).put(mails, ada.mail(), "ada").durable());

    assertEquals(Optional.of("ada"), mails.get("ada@example"));
  }

  @Test
  void transactions() {
    KvMap<String, Long> accounts = client.map("accounts", Codec.STRING, Codec.LONG);
    accounts.putAll(Map.of("ada", 100L, "bob", 0L));

    List<KeyRef> both = List.of(accounts.ref("ada"), accounts.ref("bob"));
    boolean paid =
        client.atomically(
            both,
            transaction -> {
              KvMap<String, Long> inside = accounts.in(transaction);
              if (inside.getOrThrow("ada") < 30) {
                return false;
              }
              KvMap.increment(inside, "ada", -30);
              KvMap.increment(inside, "bob", 30);
              return true;
            });

    assertTrue(paid);
    assertEquals(Map.of("ada", 70L, "bob", 30L), accounts.getAll(List.of("ada", "bob")));
  }

  @Test
  void scans() {
    for (String name : List.of("ada", "adam", "bob")) {
      users.put(name, ada);
    }
    Map<String, User> found = new HashMap<>();
    try (Stream<KvEntry<String, User>> page = users.entries(KvScan.prefix("ada"))) {
      page.forEach(entry -> found.put(entry.key(), entry.value()));
    }
    try (Stream<String> names = users.keys(KvScan.from("b").limit(100))) {
      names.forEach(log::add);
    }
    try (Stream<String> asOfNow = users.keys(KvScan.<String>all().snapshot())) {
      log.add(asOfNow.count() + " in all");
    }

    assertEquals(List.of("bob", "3 in all"), log);
    assertEquals(2, found.size());
  }

  @Test
  void async() throws Exception {
    users.put("ada", ada);
    users.put("bob", ada);
    AsyncKvMap<String, User> later = client.async().map("users", Codec.STRING, Codec.ofRecord(User.class));
    CompletionStage<Boolean> same = later.get("ada").thenCombine(later.get("bob"), (one, other) -> one.equals(other));

    assertTrue(same.toCompletableFuture().get(60, TimeUnit.SECONDS));
  }

  @Test
  void pipelines() {
    List<User> all = List.of(ada, new User("Bob", "bob@example", Instant.EPOCH));
    List<CompletionStage<Long>> versions = new ArrayList<>();
    try (Pipeline pipeline = client.pipeline()) {
      AsyncKvMap<String, User> map = pipeline.map("users", Codec.STRING, Codec.ofRecord(User.class));
      for (User user : all) {
        versions.add(map.put(user.name(), user));
      }
    }

    assertTrue(versions.stream().allMatch(version -> version.toCompletableFuture().isDone()));
    assertEquals(all, all.stream().map(user -> users.getOrThrow(user.name())).toList());
  }

  @Test
  void deadlines() {
    KvClient patient = client.withDeadline(Duration.ofMinutes(1));
    long keys = patient.keyspace("users").size();

    assertEquals(0, keys);
  }

  @Test
  void errors() {
    try {
      users.delete("ada");
    } catch (OutcomeUnknownException e) {
      log.add("sent, and no reply: it may have happened");
    } catch (NotSentException | OverloadedException e) {
      log.add("certainly nothing happened; try again");
    } catch (RejectedException e) {
      log.add("the server said no: " + e.code());
    } catch (KvException e) {
      log.add("it is " + e.outcome() + ": " + e.getMessage());
    }

    assertEquals(List.of(), log);
  }

  @Test
  void serverKinds() {
    ServerInfo server = client.server();
    if (!server.hasKvCommands()) {
      log.add(server.product() + " " + server.version() + " has no versions, named keyspaces or transactions");
    }

    assertEquals(List.of(), log);
  }

  @Test
  void credentials() {
    assertThrows(NotSentException.class, () -> encrypted("127.0.0.1:1", SSLContext.getDefault(), "secret"));
  }

  private static KvClient encrypted(String address, SSLContext trust, String secret) {
    return KvClient.builder("kvs://" + address).tls(trust).credentials("app", () -> secret).clientName("billing").connect();
  }

  @Test
  void limits() {
    KvClient tuned =
        KvClient.builder(servers.uri())
            .connections(4)
            .maxPending(10_000)
            .connectTimeout(Duration.ofSeconds(5))
            .backoff(Duration.ofMillis(50), Duration.ofSeconds(5))
            .withoutRepetition()
            .connectLater();

    assertFalse(tuned.contains("none".getBytes(UTF_8)));
    tuned.close();
  }
}
