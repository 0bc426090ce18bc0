package io.bitkv.tests.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitkv.api.Condition;
import io.bitkv.api.Expiry;
import io.bitkv.api.KeyRef;
import io.bitkv.api.KvEntry;
import io.bitkv.api.KvMap;
import io.bitkv.api.KvScan;
import io.bitkv.api.Put;
import io.bitkv.api.Versioned;
import io.bitkv.api.WriteBatch;
import io.bitkv.api.codec.Codec;
import io.bitkv.client.KvClient;
import io.bitkv.server.ServerOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What docs/CLIENT.md shows of maps, done on a server; see {@link GuideTextTest}. */
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
}
