package io.bitkv.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitkv.api.codec.Codec;
import io.bitkv.api.codec.KeyRecordCodec;
import java.lang.invoke.MethodHandles;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The examples that the documentation of the public types shows, as they stand there. */
class SnippetsTest {

  private final KeyValueStore store = new MemoryStore();
  private final byte[] key = "k".getBytes(UTF_8);
  private final byte[] value = "v".getBytes(UTF_8);
  private final List<String> log = new ArrayList<>();

  private record UserId(long id) {}

  private record User(String name, Instant seen) {
    User seenAt(Instant now) {
      return new User(name, now);
    }
  }

  private record OrderKey(String customer, long number) {}

  private static KvMap<UserId, User> users(KeyValueStore store) {
    return store.map("users", Codec.ofKeyRecord(UserId.class, MethodHandles.lookup()), Codec.ofRecord(User.class, MethodHandles.lookup()));
  }

  @Test
  void map() {
    UserId id = new UserId(7);
    UserId other = new UserId(8);
    User ada = new User("Ada", Instant.EPOCH);
    Instant now = Instant.EPOCH.plusSeconds(1);
    // @start region="map"
    MethodHandles.Lookup own = MethodHandles.lookup();
    KvMap<UserId, User> users = store.map("users", Codec.ofKeyRecord(UserId.class, own), Codec.ofRecord(User.class, own));
    users.put(id, ada, Put.expiringAfter(Duration.ofDays(30)).durable());
    Optional<User> found = users.get(id);
    users.compute(id, user -> user.map(u -> u.seenAt(now)));
    boolean moved =
        store.atomically(
            List.of(users.ref(id), users.ref(other)),
            transaction -> {
              KvMap<UserId, User> inside = users.in(transaction);
              inside.put(other, inside.getOrThrow(id));
              return inside.delete(id);
            });
    // @end
    assertEquals(Optional.of(ada), found);
    assertTrue(moved);
    assertEquals(ada.seenAt(now), users.getOrThrow(other));
    // @start region="reader"
    KvReader<UserId, User> readOnly = users;
    Map<UserId, User> several = readOnly.getAll(List.of(id, other));
    // @end
    assertEquals(1, several.size());
  }

  @Test
  void versions() {
    KvMap<UserId, User> users = users(store);
    UserId id = new UserId(7);
    users.put(id, new User("Ada", Instant.EPOCH));
    // @start region="versioned"
    Versioned<User> read = users.getVersioned(id).orElseThrow();
    boolean won = users.compareAndSet(id, read.version(), read.value().seenAt(Instant.now()));
    // @end
    assertTrue(won);
  }

  @Test
  void bytes() {
    // @start region="keyspace"
    Keyspace sessions = store.keyspace(new KeyspaceId.Named("sessions"));
    long version = sessions.put(key, value);
    OptionalLong replaced = sessions.put(key, value, Put.ifVersion(version));
    Optional<byte[]> found = sessions.get(key);
    // @end
    assertTrue(replaced.isPresent() && found.isPresent());
    // @start region="put"
    OptionalLong stored = sessions.put(key, value, Put.ifPresent().ttl(Duration.ofMinutes(5)).durable());
    boolean wasThere = stored.isPresent();
    // @end
    assertTrue(wasThere);
    // @start region="condition"
    OptionalLong deleted = sessions.delete(key, new Condition.IfEquals(value));
    // @end
    assertTrue(deleted.isPresent());
    sessions.put(key, value);
    // @start region="expiry"
    sessions.expire(key, Expiry.after(Duration.ofHours(1)));
    sessions.expire(key, Expiry.NEVER);
    // @end
    assertEquals(Expiry.NONE, sessions.getVersioned(key).orElseThrow().expiresAtMillis());
  }

  @Test
  void batch() {
    KvMap<UserId, User> users = users(store);
    KvMap<String, Boolean> names = store.map("names", Codec.STRING, Codec.BOOLEAN);
    // @start region="batch"
    WriteBatch batch = new WriteBatch().put(users, new UserId(7), new User("Ada", Instant.now())).put(names, "Ada", true).durable();
    store.commit(batch);
    // @end
    assertTrue(names.contains("Ada"));
  }

  @Test
  void scans() {
    KvMap<UserId, User> users = users(store);
    users.put(new UserId(7), new User("Ada", Instant.EPOCH));
    users.put(new UserId(8), new User("Bob", Instant.EPOCH));
    KeyRecordCodec<OrderKey> orderKeys = Codec.ofKeyRecord(OrderKey.class, MethodHandles.lookup());
    KvMap<OrderKey, String> orders = store.map("orders", orderKeys, Codec.STRING);
    orders.put(new OrderKey("ada", 1), "book");
    // @start region="kvScan"
    try (Stream<KvEntry<UserId, User>> page = users.entries(KvScan.from(new UserId(7)).limit(100))) {
      page.forEach(entry -> log.add(entry.value().name()));
    }
    try (Stream<OrderKey> ofAda = orders.keys(KvScan.prefix(orderKeys.prefix("ada")))) {
      log.add(ofAda.count() + " orders");
    }
    // @end
    assertEquals(List.of("Ada", "Bob", "1 orders"), log);
    store.put(key, value);
    // @start region="scan"
    try (Stream<byte[]> keys = store.keys(Scan.prefix("k".getBytes(UTF_8)).limit(100))) {
      keys.forEach(each -> log.add(new String(each, UTF_8)));
    }
    // @end
    assertEquals("k", log.getLast());
    List<byte[]> met = new ArrayList<>();
    // @start region="page"
    Page<byte[]> page = store.scan(Page.START, 100);
    met.addAll(page.items());
    while (!page.isLast()) {
      page = store.scan(page.next(), 100);
      met.addAll(page.items());
    }
    // @end
    assertEquals(1, met.size());
  }

  @Test
  void transaction() {
    KvMap<String, Long> accounts = store.map("accounts", Codec.STRING, Codec.LONG);
    accounts.put("ada", 100L);
    // @start region="transaction"
    boolean paid =
        store.atomically(
            List.of(accounts.ref("ada"), accounts.ref("bob")),
            transaction -> {
              KvMap<String, Long> inside = accounts.in(transaction);
              if (inside.getOrThrow("ada") < 30) {
                return false;
              }
              KvMap.increment(inside, "ada", -30);
              KvMap.increment(inside, "bob", 30);
              return true;
            });
    // @end
    assertTrue(paid);
    assertEquals(30, accounts.getOrThrow("bob"));
  }

  @Test
  void failures() {
    // @start region="failure"
    try {
      store.put(key, value);
    } catch (KvException e) {
      switch (e.outcome()) {
        case NOT_APPLIED -> log.add("nothing happened: " + e.getMessage());
        case APPLIED -> log.add("it happened, and may not last: " + e.getMessage());
        case UNKNOWN -> log.add("nobody knows: " + e.getMessage());
      }
    }
    // @end
    assertEquals(List.of(), log);
  }

  @Test
  void keyspaces() {
    // @start region="keyspaces"
    Keyspace numbered = store.keyspace(3);
    Keyspace named = store.keyspace("sessions");
    KvMap<String, Long> hits = store.map("hits", Codec.STRING, Codec.LONG);
    // @end
    hits.put("/", 1L);
    numbered.put(key, value);
    // @start region="keyRef"
    KeyRef first = hits.ref("/index");
    KeyRef second = new KeyRef(KeyspaceId.DEFAULT, "k".getBytes(UTF_8));
    store.atomically(List.of(first, second), transaction -> transaction.put(second.key(), value));
    // @end
    assertTrue(named.get(key).isEmpty() && numbered.contains(key) && store.contains(key));
    // @start region="keyspaceId"
    boolean isShown =
        switch (hits.id()) {
          case KeyspaceId.Numbered database -> database.number() < 16;
          case KeyspaceId.Named map -> !map.name().startsWith("_");
        };
    // @end
    assertTrue(isShown);
    // @start region="entry"
    try (Stream<KvEntry<String, Long>> entries = hits.entries(KvScan.all())) {
      entries.forEach(entry -> log.add(entry.key() + " = " + entry.value() + " as of write " + entry.version()));
    }
    // @end
    assertEquals(1, log.size());
  }
}
