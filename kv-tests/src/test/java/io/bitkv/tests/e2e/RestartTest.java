package io.bitkv.tests.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Transaction;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.params.SetParams;

/** What the server acknowledged survives its death, and what was deleted stays deleted. */
@Timeout(600)
class RestartTest {

  @TempDir Path root;

  private Path directory() {
    return root.resolve("store");
  }

  private static Jedis connect(RunningServer server) {
    return new Jedis(RunningServer.HOST, server.port(), RunningServer.TIMEOUT_MILLIS);
  }

  private static void fill(Jedis jedis) {
    jedis.set("key", "older");
    jedis.set("key", "value");
    jedis.set("deleted", "value");
    jedis.del("deleted");
    jedis.set("expiring", "value", new SetParams().px(1_000_000));
    jedis.set("expired", "value", new SetParams().px(1));
    jedis.select(3);
    jedis.set("key", "other database");
    jedis.select(4);
    jedis.set("flushed", "value");
    jedis.flushDB();
    jedis.select(0);
    Transaction transaction = jedis.multi();
    transaction.set("a", "1");
    transaction.incr("b");
    transaction.exec();
  }

  private static void verify(Jedis jedis) {
    assertEquals("value", jedis.get("key"));
    assertNull(jedis.get("deleted"));
    assertTrue(jedis.pttl("expiring") > 0);
    assertNull(jedis.get("expired"));
    assertEquals(List.of("1", "1"), jedis.mget("a", "b"));
    jedis.select(3);
    assertEquals("other database", jedis.get("key"));
    jedis.select(4);
    assertEquals(0, jedis.dbSize());
  }

  @Test
  @DisplayName("F79 dataSurviveAKillAndDeletesStayDeleted")
  void dataSurviveAKillAndDeletesStayDeleted() throws Exception {
    try (RunningServer server = RunningServer.start(directory()); Jedis jedis = connect(server)) {
      fill(jedis);
      server.kill();
    }
    for (int i = 0; i < 2; i++) {
      try (RunningServer server = RunningServer.start(directory()); Jedis jedis = connect(server)) {
        verify(jedis);
        server.kill();
      }
    }
  }

  @Test
  @DisplayName("F78 dataSurviveATermination")
  void dataSurviveATermination() throws Exception {
    try (RunningServer server = RunningServer.start(directory()); Jedis jedis = connect(server)) {
      fill(jedis);
      server.stop();
    }
    try (RunningServer server = RunningServer.start(directory()); Jedis jedis = connect(server)) {
      verify(jedis);
    }
  }

  @Test
  @DisplayName("F78 writesAcknowledgedAmidATerminationSurvive")
  void writesAcknowledgedAmidATerminationSurvive() throws Exception {
    try (RunningServer server = RunningServer.start(directory())) {
      List<Integer> acknowledged = writeUntil(server, server::stop);
      assertAcknowledgedSurvive(acknowledged);
    }
  }

  @Test
  @DisplayName("F79 writesAcknowledgedAmidAKillSurvive")
  void writesAcknowledgedAmidAKillSurvive() throws Exception {
    try (RunningServer server = RunningServer.start(directory())) {
      List<Integer> acknowledged = writeUntil(server, server::kill);
      assertAcknowledgedSurvive(acknowledged);
    }
  }

  /** Ends a server. */
  private interface End {
    void run() throws Exception;
  }

  /** Has some clients count up, each its own key, until the server ends; tells how far the replies came. */
  private static List<Integer> writeUntil(RunningServer server, End end) throws Exception {
    int clients = 4;
    CountDownLatch busy = new CountDownLatch(clients * 200);
    try (ExecutorService threads = Executors.newFixedThreadPool(clients)) {
      List<Future<Integer>> results = new ArrayList<>();
      for (int i = 0; i < clients; i++) {
        String key = "client" + i;
        results.add(threads.submit(() -> count(server, key, busy)));
      }
      busy.await();
      end.run();
      List<Integer> acknowledged = new ArrayList<>();
      for (Future<Integer> result : results) {
        acknowledged.add(result.get());
      }
      return acknowledged;
    }
  }

  private static int count(RunningServer server, String key, CountDownLatch busy) {
    int acknowledged = 0;
    try (Jedis jedis = connect(server)) {
      while (true) {
        jedis.set(key, Integer.toString(acknowledged + 1));
        acknowledged++;
        busy.countDown();
      }
    } catch (JedisConnectionException e) {
      return acknowledged;
    }
  }

  private void assertAcknowledgedSurvive(List<Integer> acknowledged) throws Exception {
    try (RunningServer server = RunningServer.start(directory()); Jedis jedis = connect(server)) {
      for (int i = 0; i < acknowledged.size(); i++) {
        int survived = Integer.parseInt(jedis.get("client" + i));
        int told = acknowledged.get(i);
        assertTrue(survived == told || survived == told + 1, () -> told + " writes were acknowledged, " + survived + " survived");
      }
    }
  }
}
