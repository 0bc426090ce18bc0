package io.bitkv.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitkv.api.codec.Codec;
import io.bitkv.api.codec.CodecException;
import io.bitkv.api.codec.KeyRecordCodec;
import java.lang.invoke.MethodHandles;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class KvMapTest {

  record User(String name, int age) {}

  record Order(String customer, int number) {}

  private final MemoryStore store = new MemoryStore();
  private final KvMap<Long, User> users = store.map("users", Codec.LONG, Codec.ofRecord(User.class, MethodHandles.lookup()));
  private final KvMap<String, Long> counters = store.map(new KeyspaceId.Numbered(3), Codec.STRING, Codec.LONG);

  private static final User ADA = new User("Ada", 36);
  private static final User BOB = new User("Bob", 20);

  @Test
  void whatWasPutIsRead() {
    long version = users.put(7L, ADA);
    assertEquals(Optional.of(ADA), users.get(7L));
    assertEquals(ADA, users.getOrThrow(7L));
    assertEquals(Optional.of(new Versioned<>(ADA, version, Expiry.NONE)), users.getVersioned(7L));
    assertTrue(users.contains(7L));
    assertEquals(1, users.size());
    assertEquals(new KeyspaceId.Named("users"), users.id());
    assertEquals(new KeyspaceId.Numbered(3), counters.id());
  }

  @Test
  void aMissingKeyIsEmptyOrNamed() {
    assertEquals(Optional.empty(), users.get(7L));
    assertEquals(Optional.empty(), users.getVersioned(7L));
    assertFalse(users.contains(7L));
    NoSuchElementException missing = assertThrows(NoSuchElementException.class, () -> users.getOrThrow(7L));
    assertEquals("keyspace \"users\" has no key 7", missing.getMessage());
  }

  @Test
  void severalAreReadAndWrittenAtOnce() {
    users.putAll(Map.of(1L, ADA, 2L, BOB));
    assertEquals(1, store.commits);
    assertEquals(Map.of(2L, BOB, 1L, ADA), users.getAll(List.of(2L, 3L, 1L)));
    assertEquals(List.of(2L, 1L), List.copyOf(users.getAll(List.of(2L, 3L, 1L)).keySet()));
  }

  @Test
  void conditionsDecideWhetherAValueIsWritten() {
    assertTrue(users.putIfAbsent(1L, ADA));
    assertFalse(users.putIfAbsent(1L, BOB));
    long version = users.getVersioned(1L).orElseThrow().version();
    assertFalse(users.compareAndSet(1L, version + 1, BOB));
    assertTrue(users.compareAndSet(1L, version, BOB));
    assertFalse(users.compareAndSet(1L, version, ADA));
    assertEquals(BOB, users.getOrThrow(1L));
    assertTrue(users.delete(1L, new Condition.IfVersion(version)).isEmpty());
    assertTrue(users.delete(1L));
    assertFalse(users.delete(1L));
  }

  @Test
  void compareAndSetKeepsTheExpiry() {
    long version = users.put(1L, ADA, Put.always().expiresAt(Instant.ofEpochMilli(5000))).orElseThrow();
    users.compareAndSet(1L, version, BOB);
    assertEquals(5000, users.getVersioned(1L).orElseThrow().expiresAtMillis());
  }

  @Test
  void computeMakesChangesAndDeletes() {
    assertEquals(Optional.of(ADA), users.compute(1L, none -> Optional.of(none.orElse(ADA))));
    assertEquals(Optional.of(BOB), users.compute(1L, present -> present.map(user -> BOB)));
    assertEquals(Optional.empty(), users.compute(1L, present -> Optional.empty()));
    assertFalse(users.contains(1L));
    assertEquals(Optional.empty(), users.compute(1L, none -> none));
    assertThrows(NullPointerException.class, () -> users.compute(1L, none -> null));
  }

  @Test
  void computeKeepsTheExpiry() {
    users.put(1L, ADA, Put.always().expiresAt(Instant.ofEpochMilli(5000)));
    users.compute(1L, present -> Optional.of(BOB));
    assertEquals(5000, users.getVersioned(1L).orElseThrow().expiresAtMillis());
  }

  @Test
  void computeStartsAgainWhenSomebodyElseWroteTheKey() {
    counters.put("hits", 1L);
    store.beforeConditionalPut =
        () -> {
          store.beforeConditionalPut = () -> {};
          counters.put("hits", 10L);
        };
    assertEquals(11, KvMap.increment(counters, "hits", 1));
    assertEquals(11, counters.getOrThrow("hits"));
  }

  @Test
  void incrementCountsFromZeroAndRefusesToOverflow() {
    assertEquals(-5, KvMap.increment(counters, "n", -5));
    counters.put("n", Long.MAX_VALUE);
    assertThrows(ArithmeticException.class, () -> KvMap.increment(counters, "n", 1));
    assertEquals(Long.MAX_VALUE, counters.getOrThrow("n"));
    assertEquals("a+b", store.map("texts", Codec.STRING, Codec.STRING).merge("k", "a", String::concat) + "+b");
  }

  @Test
  void expiryIsChangedInPlace() {
    assertFalse(users.expire(1L, Expiry.NEVER));
    users.put(1L, ADA);
    assertTrue(users.expire(1L, Expiry.at(Instant.ofEpochMilli(9000))));
    assertEquals(9000, users.getVersioned(1L).orElseThrow().expiresAtMillis());
    assertEquals(ADA, users.getOrThrow(1L));
  }

  @Test
  void scansVisitKeysAndEntries() {
    for (long i = -3; i < 3; i++) {
      users.put(i, new User("user", (int) i));
    }
    assertEquals(List.of(-3L, -2L, -1L, 0L, 1L, 2L), keys(KvScan.all()));
    assertEquals(List.of(-1L, 0L, 1L, 2L), keys(KvScan.from(-1L)));
    assertEquals(List.of(0L, -1L), keys(KvScan.range(-1L, 1L).reversed()));
    assertEquals(List.of(-3L, -2L), keys(KvScan.<Long>all().ordered().snapshot().limit(2)));
    try (Stream<KvEntry<Long, User>> entries = users.entries(KvScan.from(2L))) {
      assertEquals(List.of(new KvEntry<>(2L, new User("user", 2), 6, Expiry.NONE)), entries.toList());
    }
    List<Long> paged = new ArrayList<>();
    long cursor = Page.START;
    do {
      Page<Long> page = users.scan(cursor, 4);
      paged.addAll(page.items());
      cursor = page.next();
    } while (cursor != Page.END);
    assertEquals(keys(KvScan.all()), paged);
    assertTrue(users.clear() > 0);
    assertEquals(0, users.size());
  }

  private List<Long> keys(KvScan<Long> scan) {
    try (Stream<Long> keys = users.keys(scan)) {
      return keys.toList();
    }
  }

  @Test
  void prefixesAreOfStringsOrOfLeadingComponents() {
    List.of("a", "ab", "b", "abc").forEach(key -> counters.put(key, 0L));
    assertEquals(List.of("ab", "abc"), counters.keys(KvScan.prefix("ab")).toList());
    KeyRecordCodec<Order> codec = Codec.ofKeyRecord(Order.class, MethodHandles.lookup());
    KvMap<Order, String> orders = store.map("orders", codec, Codec.STRING);
    List.of(new Order("ada", 2), new Order("ada", 1), new Order("adam", 3)).forEach(order -> orders.put(order, "x"));
    assertEquals(List.of(new Order("ada", 1), new Order("ada", 2)), orders.keys(KvScan.prefix(codec.prefix("ada"))).toList());
  }

  enum Colour {
    RED
  }

  @Test
  void aRangeNeedsKeysThatKeepTheirOrder() {
    KvMap<Colour, String> map = store.map("colours", Codec.ofEnum(Colour.class), Codec.STRING);
    map.put(Colour.RED, "x");
    assertEquals(1, map.keys(KvScan.all()).count());
    for (KvScan<Colour> scan : List.of(KvScan.from(Colour.RED), KvScan.<Colour>all().ordered(), KvScan.<Colour>all().reversed())) {
      assertThrows(UnsupportedFeatureException.class, () -> map.keys(scan));
    }
  }

  @Test
  void aMapTakesPartInATransaction() {
    users.put(1L, ADA);
    boolean moved =
        store.atomically(
            List.of(users.ref(1L), users.ref(2L)),
            transaction -> {
              KvMap<Long, User> inside = users.in(transaction);
              inside.putAll(Map.of(2L, inside.getOrThrow(1L)));
              return inside.delete(1L);
            });
    assertTrue(moved);
    assertEquals(Map.of(2L, ADA), users.getAll(List.of(1L, 2L)));
    assertEquals(0, store.commits);
  }

  @Test
  void aMapTakesPartInABatch() {
    users.put(1L, ADA);
    store.commit(new WriteBatch().put(users, 2L, BOB).delete(users, 1L).put(counters, "n", 1L));
    assertEquals(Map.of(2L, BOB), users.getAll(List.of(1L, 2L)));
    assertEquals(1L, counters.getOrThrow("n"));
    assertEquals(users.ref(2L), new KeyRef(users.id(), Codec.LONG.encode(2L)));
  }

  @Test
  void bytesOfAnotherTypeAreToldWithTheirKeyspace() {
    store.keyspace("users").put(new byte[] {1}, new byte[] {99});
    CodecException key = assertThrows(CodecException.class, () -> users.keys(KvScan.all()).toList());
    assertTrue(key.getMessage().startsWith("a key of keyspace \"users\" cannot be decoded"), key::getMessage);
    store.keyspace("users").put(Codec.LONG.encode(1L), new byte[] {99});
    CodecException value = assertThrows(CodecException.class, () -> users.get(1L));
    assertTrue(value.getMessage().startsWith("a value of keyspace \"users\" cannot be decoded"), value::getMessage);
  }

  @Test
  void scansAreValues() {
    KvScan<String> scan = KvScan.prefix("a");
    assertEquals(scan, KvScan.<String>prefix(new byte[] {'a'}));
    assertEquals(scan.hashCode(), KvScan.<String>prefix(new byte[] {'a'}).hashCode());
    assertNotEquals(scan, KvScan.prefix("b"));
    assertEquals(KvScan.from("a"), new KvScan<>(new byte[0], "a", null, Scan.Order.ANY, Long.MAX_VALUE, false));
    assertThrows(InvalidOptionException.class, () -> KvScan.<String>all().limit(0));
  }
}
