package io.bitkv.client;

import static io.bitkv.client.Texts.bytes;
import static io.bitkv.client.Texts.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitkv.api.Condition;
import io.bitkv.api.Expiry;
import io.bitkv.api.KeyRef;
import io.bitkv.api.KeyspaceId;
import io.bitkv.api.OutcomeUnknownException;
import io.bitkv.api.Put;
import io.bitkv.api.RejectedException;
import io.bitkv.api.Scan;
import io.bitkv.api.UnsupportedFeatureException;
import io.bitkv.api.Versioned;
import io.bitkv.api.WriteBatch;
import io.bitkv.codec.resp.RespVersion;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;

/** With a server that has no KV commands the string subset works, and the rest is refused by name before anything is sent. */
@Timeout(60)
class PlainRedisTest extends PlainRedisSetup {

  @Test
  void theServerIsToldFromOneWithTheKvCommands() {
    assertEquals(new ServerInfo("redis", "7.0.0", 3, 0, 0), client.server());
    assertFalse(client.server().hasKvCommands());
  }

  @Test
  void stringsAreReadWrittenAndDeletedByRedisOwnCommands() {
    assertEquals(0, client.put(bytes("k"), bytes("v")));
    assertEquals("v", text(client.get(bytes("k")).orElseThrow()));
    assertEquals(new Versioned<>("v", 0, 0), client.getVersioned(bytes("k")).map(found -> new Versioned<>(text(found.value()), found.version(), found.expiresAtMillis())).orElseThrow());
    assertTrue(client.getVersioned(bytes("none")).isEmpty());
    assertTrue(client.contains(bytes("k")));
    assertEquals(List.of(true, false), client.getAll(List.of(bytes("k"), bytes("none"))).stream().map(java.util.Optional::isPresent).toList());
    assertEquals(1, client.size());
    assertEquals("k", text(client.randomKey().orElseThrow()));
    assertEquals(OptionalLong.of(0), client.delete(bytes("k")));
    assertEquals(OptionalLong.empty(), client.delete(bytes("k"), Condition.IF_PRESENT));
    client.put(bytes("k"), bytes("v"));
    assertEquals(0, client.clear());
    assertEquals(0, client.size());
    assertEquals(
        List.of(
            "SET k v", "GET k", "GET k", "PEXPIRETIME k", "GET none", "PEXPIRETIME none", "EXISTS k", "MGET k none", "DBSIZE", "RANDOMKEY", "DEL k", "DEL k",
            "SET k v", "FLUSHDB", "DBSIZE"),
        server.asked());
  }

  @Test
  void conditionsAndExpiriesThatRedisKnowsAreSentInItsWords() {
    byte[] key = bytes("k");
    assertEquals(OptionalLong.empty(), client.put(key, bytes("v"), Put.ifPresent()));
    assertEquals(OptionalLong.of(0), client.put(key, bytes("v"), Put.ifAbsent().ttl(Duration.ofMillis(7))));
    assertEquals(OptionalLong.empty(), client.put(key, bytes("v"), Put.ifAbsent()));
    client.put(key, bytes("w"), Put.always().expiring(new Expiry.At(5000)));
    client.put(key, bytes("x"), Put.ifPresent().keepExpiry());
    assertEquals(5000, client.getVersioned(key).orElseThrow().expiresAtMillis());
    assertTrue(client.expire(key, Expiry.after(Duration.ofSeconds(1))).isPresent());
    assertTrue(client.expire(key, new Expiry.At(9000)).isPresent());
    assertTrue(client.expire(key, Expiry.KEEP).isPresent());
    assertTrue(client.expire(key, Expiry.NEVER).isPresent());
    for (Expiry expiry : List.of(Expiry.after(Duration.ofSeconds(1)), new Expiry.At(9000), Expiry.KEEP, Expiry.NEVER)) {
      assertEquals(OptionalLong.empty(), client.expire(bytes("none"), expiry), () -> "an absent key was told present: " + expiry);
    }
    assertEquals(
        List.of(
            "SET k v XX", "SET k v NX PX 7", "SET k v NX", "SET k w PXAT 5000", "SET k x XX KEEPTTL", "GET k", "PEXPIRETIME k", "PEXPIRE k 1000",
            "PEXPIREAT k 9000", "EXISTS k", "EXISTS k", "PERSIST k"),
        server.asked().subList(0, 12));
  }

  @Test
  void aBatchIsOneTransaction() {
    WriteBatch batch =
        new WriteBatch()
            .put(bytes("a"), bytes("1"))
            .put(new KeyRef(KeyspaceId.DEFAULT, bytes("b")), bytes("2"), Expiry.after(Duration.ofMillis(7)))
            .delete(bytes("c"));
    assertEquals(0, client.commit(batch));
    assertEquals(List.of("MULTI", "SET a 1", "SET b 2 PX 7", "DEL c", "EXEC"), server.asked());
    assertEquals("1", text(client.get(bytes("a")).orElseThrow()));
  }

  @Test
  void aBatchOfWhichAPartFailedIsInDoubt() {
    FakeServer.Script failing =
        (request, peer) ->
            peer.send(
                switch (request.name()) {
                  case "MULTI" -> "+OK\r\n";
                  case "EXEC" -> "*2\r\n+OK\r\n-OOM command not allowed\r\n";
                  default -> "+QUEUED\r\n";
                });
    try (FakeServer broken = FakeServer.plain(failing);
        KvClient other = KvClient.connect(broken.uri())) {
      WriteBatch batch = new WriteBatch().put(bytes("a"), bytes("1")).put(bytes("b"), bytes("2"));
      OutcomeUnknownException unknown = assertThrows(OutcomeUnknownException.class, () -> other.commit(batch));
      assertTrue(unknown.getMessage().contains("OOM command not allowed"), unknown::getMessage);
    }
  }

  @Test
  void aBatchThatIsRefusedIsNotApplied() {
    FakeServer.Script refusing =
        (request, peer) ->
            peer.send(
                switch (request.name()) {
                  case "MULTI" -> "+OK\r\n";
                  case "EXEC" -> "-EXECABORT Transaction discarded because of previous errors.\r\n";
                  default -> "-READONLY You can't write against a read only replica.\r\n";
                });
    try (FakeServer broken = FakeServer.plain(refusing);
        KvClient other = KvClient.connect(broken.uri())) {
      assertThrows(io.bitkv.api.WritesRefusedException.class, () -> other.commit(new WriteBatch().put(bytes("a"), bytes("1"))));
    }
  }

  @Test
  void whatTheServerLacksIsRefusedByNameAndNothingIsSent() {
    byte[] key = bytes("k");
    refused("named keyspaces", () -> client.keyspace("users").get(key));
    refused("requests to keyspace", () -> client.keyspace(3).put(key, key));
    refused("requests to keyspace", () -> client.keyspace(3).getVersioned(key));
    refused("durability of single writes", () -> client.put(key, key, Put.always().durable()));
    refused("the condition of a version", () -> client.put(key, key, Put.ifVersion(1)));
    refused("the condition of a value", () -> client.put(key, key, Put.ifEquals(key)));
    refused("the condition of a version", () -> client.delete(key, new Condition.IfVersion(1)));
    refused("nothing to delete", () -> client.delete(key, Condition.IF_ABSENT));
    refused("ordered scans", () -> client.keys(Scan.all().ordered()));
    refused("snapshots", () -> client.keys(Scan.all().snapshot()));
    refused("transactions", () -> client.atomically(List.of(new KeyRef(KeyspaceId.DEFAULT, key)), tx -> tx.keyspace(0).get(key)));
    refused("named keyspaces", () -> client.commit(new WriteBatch().put(new KeyspaceId.Named("users"), key, key)));
    refused("durability of single batches", () -> client.commit(new WriteBatch().put(key, key).durable()));
    assertEquals(List.of(), server.asked());
    client.put(key, key);
    assertEquals(1, client.size());
  }

  private static void refused(String feature, Executable use) {
    UnsupportedFeatureException refusal = assertThrows(UnsupportedFeatureException.class, use);
    assertTrue(refusal.getMessage().startsWith("redis 7.0.0 lacks") && refusal.getMessage().contains(feature), refusal::getMessage);
  }

  @Test
  void aTransactionThatOnlyWritesNeedsNoVersions() {
    client.atomically(
        List.of(new KeyRef(KeyspaceId.DEFAULT, bytes("a"))),
        tx -> tx.keyspace(KeyspaceId.DEFAULT).put(bytes("a"), bytes("1")));
    assertEquals(List.of("MULTI", "SET a 1", "EXEC"), server.asked());
  }

  @Test
  void theOlderProtocolWillDo() {
    FakeRedis older = new FakeRedis(RespVersion.RESP2);
    Function<String, FakeServer> serverThatAnswersHello =
        hello ->
            FakeServer.raw(
                (request, peer) -> {
                  switch (request.name()) {
                    case "HELLO" -> peer.send(hello);
                    case "CLIENT", "SELECT" -> peer.send("+OK\r\n");
                    default -> older.answer(request, peer);
                  }
                });
    try (FakeServer five = serverThatAnswersHello.apply("-ERR unknown command `HELLO`, with args beginning with: `3`, \r\n");
        KvClient reader = KvClient.builder(five.uri() + "/4").deadline(Duration.ofSeconds(30)).connect()) {
      assertEquals(new ServerInfo("redis", "unknown", 2, 0, 4), reader.server());
      assertTrue(reader.get(bytes("k")).isEmpty());
      assertEquals(OptionalLong.empty(), reader.put(bytes("k"), bytes("v"), Put.ifPresent()));
      reader.put(bytes("k"), bytes("v"));
      assertEquals("v", text(reader.get(bytes("k")).orElseThrow()));
      assertTrue(five.asked().contains("SELECT 4"));
    }
    try (FakeServer withoutThree = serverThatAnswersHello.apply("-NOPROTO unsupported protocol version\r\n");
        KvClient reader = KvClient.connect(withoutThree.uri())) {
      assertEquals(2, reader.server().protocol());
    }
  }

  @Test
  void errorsOfRedisAreTold() {
    try (FakeServer other = FakeServer.plain((request, peer) -> peer.send("-WRONGTYPE Operation against a key holding the wrong kind of value\r\n"));
        KvClient reader = KvClient.connect(other.uri())) {
      assertEquals("WRONGTYPE", assertThrows(RejectedException.class, () -> reader.get(bytes("list"))).code());
    }
  }
}
