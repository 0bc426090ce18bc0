package io.bitkv.client;

import static io.bitkv.client.Texts.bytes;
import static io.bitkv.client.Texts.text;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitkv.api.Condition;
import io.bitkv.api.Expiry;
import io.bitkv.api.InvalidOptionException;
import io.bitkv.api.KeyValue;
import io.bitkv.api.Keyspace;
import io.bitkv.api.KeyspaceId;
import io.bitkv.api.KvMap;
import io.bitkv.api.LimitExceededException;
import io.bitkv.api.Page;
import io.bitkv.api.Put;
import io.bitkv.api.Scan;
import io.bitkv.api.WriteBatch;
import io.bitkv.api.codec.Codec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the client does with a server that has the KV commands. */
@Timeout(60)
class KvClientTest {

  private final FakeKv kv = new FakeKv();
  private final FakeServer server = FakeServer.kv(kv);
  private final KvClient client = KvClient.builder(server.uri()).deadline(Duration.ofSeconds(30)).connect();

  @AfterEach
  void close() {
    client.close();
    server.close();
  }

  @Test
  void theServerSaysWhatItIs() {
    assertEquals(new ServerInfo("bitkv", "0.1.0", 3, 1, 0), client.server());
    assertTrue(client.server().hasKvCommands());
  }

  @Test
  void everyKeyspaceIsReadAndWritten() {
    for (Keyspace keyspace : List.of(client, client.keyspace(7), client.keyspace("users"))) {
      assertTrue(keyspace.get(bytes("k")).isEmpty());
      assertTrue(keyspace.getVersioned(bytes("k")).isEmpty());
      assertFalse(keyspace.contains(bytes("k")));
      long version = keyspace.put(bytes("k"), bytes("v1"));
      assertEquals("v1", text(keyspace.get(bytes("k")).orElseThrow()));
      assertEquals(version, keyspace.getVersioned(bytes("k")).orElseThrow().version());
      assertTrue(keyspace.contains(bytes("k")));
      assertEquals(List.of("v1", ""), keyspace.getAll(List.of(bytes("k"), bytes("x"))).stream().map(v -> v.map(Texts::text).orElse("")).toList());
      assertEquals("v1@" + version, keyspace.read(bytes("k"), view -> text(view.toByteArray()) + "@" + view.version()).orElseThrow());
      assertEquals(1, keyspace.size());
      assertArrayEquals(bytes("k"), keyspace.randomKey().orElseThrow());
      assertTrue(keyspace.delete(bytes("k")).isPresent());
      assertTrue(keyspace.delete(bytes("k")).isEmpty());
      assertTrue(keyspace.randomKey().isEmpty());
      assertTrue(keyspace.clear() > version);
    }
    assertEquals(List.of(), client.getAll(List.of()));
    assertEquals(KeyspaceId.DEFAULT, client.id());
    assertEquals(new KeyspaceId.Named("users"), client.keyspace("users").id());
  }

  @Test
  void conditionsAndExpiriesAreSent() {
    byte[] key = bytes("k");
    assertEquals(OptionalLong.empty(), client.put(key, bytes("v"), Put.ifPresent()));
    long first = client.put(key, bytes("v"), Put.ifAbsent().durable()).orElseThrow();
    assertEquals(OptionalLong.empty(), client.put(key, bytes("v"), Put.ifVersion(first + 1)));
    assertTrue(client.put(key, bytes("w"), Put.ifVersion(first).expiring(new Expiry.At(5000))).isPresent());
    assertTrue(client.put(key, bytes("x"), Put.ifEquals(bytes("w")).keepExpiry()).isPresent());
    assertEquals(5000, client.getVersioned(key).orElseThrow().expiresAtMillis());
    assertEquals(5000L, client.read(key, view -> view.expiresAtMillis()).orElseThrow());
    assertTrue(client.expire(key, Expiry.after(Duration.ofSeconds(1))).isPresent());
    assertTrue(client.expire(key, Expiry.NEVER).isPresent());
    assertEquals(Expiry.NONE, client.getVersioned(key).orElseThrow().expiresAtMillis());
    assertTrue(client.expire(bytes("none"), Expiry.NEVER).isEmpty());
    assertTrue(client.delete(key, new Condition.IfEquals(bytes("y"))).isEmpty());
    assertTrue(client.delete(key, Condition.IF_PRESENT).isPresent());
    assertEquals(
        List.of(
            "KV.SET 0 k v IFPRESENT",
            "KV.SET 0 k v IFABSENT DURABLE",
            "KV.SET 0 k v IFVERSION 2",
            "KV.SET 0 k w IFVERSION 1 PXAT 5000",
            "KV.SET 0 k x IFEQUALS w KEEPTTL",
            "KV.GET 0 k",
            "KV.GET 0 k",
            "KV.EXPIRE 0 k PX 1000",
            "KV.EXPIRE 0 k",
            "KV.GET 0 k",
            "KV.EXPIRE 0 none",
            "KV.DEL 0 k IFEQUALS y",
            "KV.DEL 0 k IFPRESENT"),
        server.asked());
  }

  @Test
  void aBatchIsOneRequest() {
    assertEquals(0, client.commit(new WriteBatch()));
    WriteBatch batch =
        new WriteBatch()
            .put(bytes("a"), bytes("1"))
            .put(new KeyspaceId.Named("n"), bytes("b"), bytes("2"))
            .put(new io.bitkv.api.KeyRef(new KeyspaceId.Numbered(3), bytes("c")), bytes("3"), Expiry.after(Duration.ofMillis(7)))
            .delete(bytes("d"));
    assertTrue(client.commit(batch) > 0);
    assertTrue(client.commit(new WriteBatch().put(bytes("a"), bytes("1")).durable()) > 0);
    assertEquals(List.of("KV.COMMIT SET 0 a 1 SET @n b 2 SET 3 c 3 PX 7 DEL 0 d", "KV.COMMIT DURABLE SET 0 a 1"), server.asked());
  }

  @Test
  void scansFetchPageAfterPage() {
    for (int i = 0; i < 1234; i++) {
      kv.put("@s", String.format("key%04d", i), "value" + i);
    }
    Keyspace keyspace = client.keyspace("s");
    assertEquals(1234, keys(keyspace, Scan.all()).size());
    assertEquals(111, keys(keyspace, Scan.prefix(bytes("key1"))).size() - 123);
    assertEquals(List.of("key0007", "key0008"), keys(keyspace, Scan.range(bytes("key0007"), bytes("key0009"))));
    assertEquals(List.of("key1233", "key1232"), keys(keyspace, Scan.all().reversed().limit(2)));
    assertEquals(1234, keys(keyspace, Scan.all().reversed()).size());
    assertEquals(keys(keyspace, Scan.all().ordered()), keys(keyspace, Scan.all().snapshot()));
    assertEquals(keys(keyspace, Scan.all().reversed()), keys(keyspace, Scan.all().reversed().snapshot()));
    assertEquals(1233, keys(keyspace, Scan.range(bytes("key0001"), null).snapshot()).size());
    assertEquals(600, keys(keyspace, Scan.all().limit(600).snapshot()).size());
    try (Stream<KeyValue> entries = keyspace.entries(Scan.all().limit(700))) {
      assertEquals("value699", text(entries.skip(699).findFirst().orElseThrow().value()));
    }
    try (Stream<KeyValue> entries = keyspace.entries(Scan.all().ordered().snapshot())) {
      assertEquals(1234, entries.count());
    }
    assertEquals(0, kv.snapshots(), "a snapshot was not given up");
  }

  private static List<String> keys(Keyspace keyspace, Scan scan) {
    try (Stream<byte[]> keys = keyspace.keys(scan)) {
      return keys.map(Texts::text).toList();
    }
  }

  @Test
  void aSnapshotClosedEarlyIsGivenUp() {
    for (int i = 0; i < 1000; i++) {
      kv.put("0", "key" + i, "v");
    }
    try (Stream<byte[]> keys = client.keys(Scan.all().snapshot())) {
      keys.iterator().next();
      assertEquals(1, kv.snapshots());
    }
    assertEquals(0, kv.snapshots());
  }

  @Test
  void stepsOfAScanNeedNothingKept() {
    for (int i = 0; i < 25; i++) {
      kv.put("0", "key" + i, "v");
    }
    List<String> met = new ArrayList<>();
    long cursor = Page.START;
    do {
      Page<byte[]> page = client.scan(cursor, 10);
      page.items().forEach(key -> met.add(text(key)));
      cursor = page.next();
    } while (cursor != Page.END);
    assertEquals(25, met.size());
    assertThrows(InvalidOptionException.class, () -> client.scan(0, 0));
  }

  @Test
  void tooLargeKeysAndValuesAreRefusedBeforeAnythingIsSent() {
    byte[] longKey = new byte[Keyspace.MAX_KEY_BYTES + 1];
    assertThrows(LimitExceededException.class, () -> client.put(longKey, bytes("v")));
    assertThrows(LimitExceededException.class, () -> client.commit(new WriteBatch().put(bytes("a"), bytes("1")).put(longKey, bytes("v"))));
    byte[] longValue = new byte[Keyspace.MAX_VALUE_BYTES + 1];
    assertThrows(LimitExceededException.class, () -> client.put(bytes("k"), longValue));
    assertThrows(LimitExceededException.class, () -> client.commit(new WriteBatch().put(bytes("k"), longValue)));
    Put endless = Put.expiringAfter(Duration.ofSeconds(Long.MAX_VALUE));
    assertThrows(InvalidOptionException.class, () -> client.put(bytes("k"), bytes("v"), endless));
    assertEquals(List.of(), server.asked());
    client.put(bytes("k"), bytes("v"));
    assertEquals("v", text(client.get(bytes("k")).orElseThrow()));
  }

  @Test
  void largeValuesGoBothWays() {
    byte[] value = new byte[3_000_000];
    new java.util.Random(1).nextBytes(value);
    client.put(bytes("k"), value);
    assertArrayEquals(value, client.get(bytes("k")).orElseThrow());
  }

  @Test
  void aMapWorksAsOnAnyStore() {
    KvMap<String, Long> counters = client.map("counters", Codec.STRING, Codec.LONG);
    assertEquals(1, KvMap.increment(counters, "hits", 1));
    assertEquals(5, KvMap.increment(counters, "hits", 4));
    counters.putAll(java.util.Map.of("a", 1L, "b", 2L));
    assertEquals(java.util.Map.of("a", 1L, "hits", 5L), counters.getAll(List.of("a", "hits", "none")));
  }

  @Test
  void theDatabaseInTheAddressTakesTheDefaultKeyspacesPlace() {
    try (KvClient other = KvClient.connect(server.uri() + "/5")) {
      other.put(bytes("k"), bytes("v"));
      other.commit(new WriteBatch().put(bytes("k2"), bytes("v2")));
    }
    assertEquals(List.of("KV.SET 5 k v", "KV.COMMIT SET 5 k2 v2"), server.asked());
  }

  @Test
  void aViewHasItsOwnDeadlineAndSharesTheConnections() {
    KvClient view = client.withDeadline(Duration.ofSeconds(5));
    view.put(bytes("k"), bytes("v"));
    view.close();
    assertEquals("v", text(client.get(bytes("k")).orElseThrow()));
    assertThrows(InvalidOptionException.class, () -> client.withDeadline(Duration.ZERO));
  }
}
