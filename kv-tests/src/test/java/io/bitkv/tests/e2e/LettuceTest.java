package io.bitkv.tests.e2e;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitkv.tests.model.Bytes;
import io.lettuce.core.KeyScanCursor;
import io.lettuce.core.KeyValue;
import io.lettuce.core.LettuceFutures;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.RedisURI;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanCursor;
import io.lettuce.core.SetArgs;
import io.lettuce.core.TransactionResult;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Lettuce, unmodified, works with the server, over RESP3 as it likes it. */
@Timeout(300)
class LettuceTest {

  @TempDir static Path directory;

  private static RunningServer server;
  private static RedisClient client;
  private StatefulRedisConnection<String, String> connection;
  private RedisCommands<String, String> commands;

  @BeforeAll
  static void start() throws Exception {
    server = RunningServer.start(directory.resolve("store"));
    client = RedisClient.create(RedisURI.create(RunningServer.HOST, server.port()));
  }

  @AfterAll
  static void stop() throws Exception {
    client.shutdown(Duration.ZERO, Duration.ofSeconds(5));
    server.stop();
  }

  @BeforeEach
  void connect() {
    connection = client.connect();
    commands = connection.sync();
    commands.flushall();
  }

  @AfterEach
  void disconnect() {
    connection.close();
  }

  @Test
  void stringsAreWrittenReadAndDeleted() {
    assertEquals("PONG", commands.ping());
    assertEquals("OK", commands.set("key", "value"));
    assertEquals("value", commands.get("key"));
    assertEquals("value", commands.getdel("key"));
    assertNull(commands.get("key"));
    assertEquals(0, commands.exists("key"));
  }

  @Test
  void bytesOfEveryValueAreKept() {
    try (StatefulRedisConnection<byte[], byte[]> binary = client.connect(ByteArrayCodec.INSTANCE)) {
      byte[] large = Bytes.random(1, 3_000_001);
      binary.sync().set(Bytes.allValues(), large);
      assertArrayEquals(large, binary.sync().get(Bytes.allValues()));
    }
  }

  @Test
  void expiriesAreSetToldAndTakenAway() {
    commands.set("key", "value", SetArgs.Builder.px(500_000).nx());
    assertTrue(commands.pttl("key") > 400_000);
    assertTrue(commands.persist("key"));
    assertEquals(-1, commands.ttl("key"));
    assertEquals(-2, commands.ttl("none"));
    assertTrue(commands.expire("key", Duration.ofHours(1)));
    assertTrue(commands.expiretime("key") > 0);
  }

  @Test
  void manyCommandsUnderWayAreAnsweredEachByItsOwn() {
    RedisAsyncCommands<String, String> async = connection.async();
    List<RedisFuture<String>> replies = new ArrayList<>();
    for (int i = 0; i < 5000; i++) {
      async.set("key" + i % 100, "value" + i);
      replies.add(async.get("key" + i % 100));
    }
    assertTrue(LettuceFutures.awaitAll(Duration.ofSeconds(30), replies.toArray(RedisFuture[]::new)));
    for (int i = 0; i < 5000; i++) {
      assertEquals("value" + i, replies.get(i).toCompletableFuture().join());
    }
  }

  @Test
  void manyKeysAreWrittenAndReadAtOnce() {
    commands.mset(Map.of("a", "1", "b", "2"));
    assertEquals(List.of(KeyValue.just("b", "2"), KeyValue.empty("none"), KeyValue.just("a", "1")), commands.mget("b", "none", "a"));
  }

  @Test
  void scanMeetsEveryKey() {
    Set<String> expected = new TreeSet<>();
    RedisAsyncCommands<String, String> async = connection.async();
    for (int i = 0; i < 1500; i++) {
      async.set("key:" + i, "value");
      expected.add("key:" + i);
    }
    Set<String> met = new TreeSet<>();
    KeyScanCursor<String> cursor = commands.scan(ScanArgs.Builder.limit(50).match("key:*"));
    met.addAll(cursor.getKeys());
    while (!cursor.isFinished()) {
      cursor = commands.scan(ScanCursor.of(cursor.getCursor()), ScanArgs.Builder.limit(50).match("key:*"));
      met.addAll(cursor.getKeys());
    }
    assertEquals(expected, met);
  }

  @Test
  void transactionIsAppliedWholeOrNotAtAll() {
    commands.set("from", "10");
    commands.watch("from");
    commands.multi();
    commands.decrby("from", 3);
    commands.incrby("to", 3);
    TransactionResult applied = commands.exec();
    assertEquals(List.of(7L, 3L), applied.stream().toList());
    commands.watch("from");
    try (StatefulRedisConnection<String, String> other = client.connect()) {
      other.sync().set("from", "0");
    }
    commands.multi();
    commands.incrby("to", 100);
    assertTrue(commands.exec().wasDiscarded());
    assertEquals("3", commands.get("to"));
  }

  @Test
  void databasesAreIndependent() {
    commands.set("key", "0");
    commands.select(7);
    assertNull(commands.get("key"));
    assertEquals(0, commands.dbsize());
  }

  @Test
  void unknownCommandIsRefusedAndTheConnectionGoesOn() {
    RedisCommandExecutionException refusal =
        assertThrows(RedisCommandExecutionException.class, () -> commands.hset("hash", "field", "value"));
    assertTrue(refusal.getMessage().startsWith("ERR unknown command 'HSET'"), refusal::getMessage);
    assertEquals("PONG", commands.ping());
    assertFalse(commands.info().isEmpty());
  }
}
