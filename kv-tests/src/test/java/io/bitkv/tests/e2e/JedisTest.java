package io.bitkv.tests.e2e;

import static io.bitkv.tests.model.Bytes.allValues;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitkv.tests.model.Bytes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.Response;
import redis.clients.jedis.Transaction;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.params.ScanParams;
import redis.clients.jedis.params.SetParams;
import redis.clients.jedis.resps.ScanResult;

/** Jedis, unmodified, works with the server. */
@Timeout(300)
class JedisTest {

  @TempDir static Path directory;

  private static RunningServer server;
  private Jedis jedis;

  @BeforeAll
  static void start() throws Exception {
    server = RunningServer.start(directory.resolve("store"));
  }

  @AfterAll
  static void stop() throws Exception {
    server.stop();
  }

  @BeforeEach
  void connect() {
    jedis = new Jedis(RunningServer.HOST, server.port(), RunningServer.TIMEOUT_MILLIS);
    jedis.flushAll();
  }

  @AfterEach
  void disconnect() {
    jedis.close();
  }

  @Test
  void stringsAreWrittenReadAndDeleted() {
    assertEquals("PONG", jedis.ping());
    assertEquals("OK", jedis.set("key", "value"));
    assertEquals("value", jedis.get("key"));
    assertEquals(5, jedis.strlen("key"));
    assertEquals(8, jedis.append("key", "-it"));
    assertEquals(1, jedis.del("key", "none"));
    assertNull(jedis.get("key"));
    assertFalse(jedis.exists("key"));
    assertEquals(0, jedis.dbSize());
  }

  @Test
  void bytesOfEveryValueAreKept() {
    jedis.set(allValues(), allValues());
    assertArrayEquals(allValues(), jedis.get(allValues()));
    byte[] large = Bytes.random(1, 3_000_001);
    jedis.set(new byte[0], large);
    assertArrayEquals(large, jedis.get(new byte[0]));
  }

  @Test
  void setTakesItsOptions() {
    assertEquals("OK", jedis.set("key", "1", new SetParams().nx().ex(100)));
    assertNull(jedis.set("key", "2", new SetParams().nx()));
    assertEquals("1", jedis.setGet("key", "3", new SetParams().xx().keepTtl()));
    assertTrue(jedis.ttl("key") > 0);
    jedis.set("key", "4");
    assertEquals(-1, jedis.ttl("key"));
    assertNull(jedis.set("none", "5", new SetParams().xx()));
  }

  @Test
  void expiriesAreSetToldAndTakenAway() {
    jedis.set("key", "value");
    assertEquals(-1, jedis.ttl("key"));
    assertEquals(-2, jedis.ttl("none"));
    assertEquals(1, jedis.pexpire("key", 500_000));
    assertTrue(jedis.pttl("key") > 400_000 && jedis.pttl("key") <= 500_000);
    assertEquals(1, jedis.persist("key"));
    assertEquals(-1, jedis.pttl("key"));
    assertEquals(1, jedis.expireAt("key", 1));
    assertFalse(jedis.exists("key"));
  }

  @Test
  void countersCountAndRefuseWords() {
    assertEquals(1, jedis.incr("n"));
    assertEquals(-9, jedis.decrBy("n", 10));
    assertEquals(1.5, jedis.incrByFloat("f", 1.5));
    jedis.set("word", "word");
    JedisDataException refusal = assertThrows(JedisDataException.class, () -> jedis.incr("word"));
    assertEquals("ERR value is not an integer or out of range", refusal.getMessage());
    assertEquals("word", jedis.get("word"));
  }

  @Test
  void pipelineAnswersInOrder() {
    List<Response<String>> replies = new ArrayList<>();
    Pipeline pipeline = jedis.pipelined();
    for (int i = 0; i < 5000; i++) {
      pipeline.set("key" + i % 100, "value" + i);
      replies.add(pipeline.get("key" + i % 100));
    }
    pipeline.sync();
    for (int i = 0; i < 5000; i++) {
      assertEquals("value" + i, replies.get(i).get());
    }
  }

  @Test
  void manyKeysAreWrittenAndReadAtOnce() {
    jedis.mset("a", "1", "b", "2", "c", "3");
    List<String> expected = new ArrayList<>(List.of("3", "1"));
    expected.add(null);
    assertEquals(expected, jedis.mget("c", "a", "none"));
    assertEquals(0, jedis.msetnx("d", "4", "a", "5"));
    assertFalse(jedis.exists("d"));
  }

  @Test
  void scanMeetsEveryKey() {
    Pipeline pipeline = jedis.pipelined();
    Set<String> expected = new TreeSet<>();
    for (int i = 0; i < 1500; i++) {
      pipeline.set((i % 3 == 0 ? "third:" : "other:") + i, "value");
      if (i % 3 == 0) {
        expected.add("third:" + i);
      }
    }
    pipeline.sync();
    assertEquals(expected, scan(new ScanParams().match("third:*").count(50)));
    assertEquals(1500, scan(new ScanParams().count(1000)).size());
    assertEquals(expected, new TreeSet<>(jedis.keys("third:*")));
  }

  private Set<String> scan(ScanParams params) {
    Set<String> met = new TreeSet<>();
    String cursor = ScanParams.SCAN_POINTER_START;
    do {
      ScanResult<String> page = jedis.scan(cursor, params);
      met.addAll(page.getResult());
      cursor = page.getCursor();
    } while (!cursor.equals(ScanParams.SCAN_POINTER_START));
    return met;
  }

  @Test
  void transactionIsAppliedWhole() {
    jedis.set("from", "10");
    Transaction transaction = jedis.multi();
    transaction.decrBy("from", 3);
    transaction.incrBy("to", 3);
    Response<String> read = transaction.get("from");
    assertEquals(List.of(7L, 3L, "7"), transaction.exec());
    assertEquals("7", read.get());
  }

  @Test
  void watchedKeyThatChangedStopsTheTransaction() {
    jedis.set("key", "1");
    jedis.watch("key");
    try (Jedis other = new Jedis(RunningServer.HOST, server.port(), RunningServer.TIMEOUT_MILLIS)) {
      other.set("key", "2");
    }
    Transaction transaction = jedis.multi();
    transaction.set("key", "3");
    assertNull(transaction.exec());
    assertEquals("2", jedis.get("key"));
  }

  @Test
  void discardedTransactionDoesNothing() {
    Transaction transaction = jedis.multi();
    transaction.set("key", "1");
    assertEquals("OK", transaction.discard());
    assertFalse(jedis.exists("key"));
  }

  @Test
  void databasesAreIndependent() {
    jedis.set("key", "0");
    jedis.select(5);
    assertNull(jedis.get("key"));
    jedis.set("key", "5");
    jedis.flushDB();
    jedis.select(0);
    assertEquals("0", jedis.get("key"));
  }

  @Test
  void unknownCommandIsRefusedAndTheConnectionGoesOn() {
    JedisDataException refusal = assertThrows(JedisDataException.class, () -> jedis.lpush("list", "item"));
    assertTrue(refusal.getMessage().startsWith("ERR unknown command 'LPUSH', with args beginning with: 'list' 'item'"), refusal::getMessage);
    assertEquals("PONG", jedis.ping());
  }
}
