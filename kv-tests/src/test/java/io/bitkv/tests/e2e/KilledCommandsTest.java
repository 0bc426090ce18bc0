package io.bitkv.tests.e2e;

import static io.bitkv.tests.model.Bytes.bytes;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.args.BitOP;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.params.RestoreParams;
import redis.clients.jedis.params.SetParams;

/** A command of a server that is killed with SIGKILL took place wholly or not at all, and did if it was answered. */
@Timeout(600)
class KilledCommandsTest {

  private static final int KILLS = 4;

  /** When keys expire that do, in milliseconds since 1970: not in this century. */
  private static final long FAR = 5_000_000_000_000L;

  @TempDir Path root;

  /** A command that is repeated: from what it leaves can be told how many times it took place. */
  private interface Repeated {

    /** Makes the state from which the command starts. */
    void begin(Jedis jedis);

    /** Sends the command for the time of this number, counted from 1. */
    void send(Jedis jedis, long number);

    /** Checks that what a server holds is what so many commands leave, or that and one more; tells how many it was. */
    long verify(Jedis jedis, long answered);
  }

  /** Two databases that change places, of which one holds more than a segment does, and some keys expire. */
  private static final class Swap implements Repeated {
    private static final int[] KEYS = {150, 40};
    private static final int DATABASE = 2;

    private static String value(int database, int key) {
      return Integer.toString(database).repeat(500) + key;
    }

    @Override
    public void begin(Jedis jedis) {
      for (int database = 0; database < 2; database++) {
        jedis.select(DATABASE + database);
        for (int key = 0; key < KEYS[database]; key++) {
          SetParams options = key % 3 == 0 ? new SetParams().pxAt(FAR + key) : new SetParams();
          jedis.set("key" + key, value(database, key), options);
        }
      }
    }

    @Override
    public void send(Jedis jedis, long number) {
      jedis.swapDB(DATABASE, DATABASE + 1);
    }

    @Override
    public long verify(Jedis jedis, long answered) {
      jedis.select(DATABASE);
      boolean isSwapped = jedis.dbSize() == KEYS[1];
      for (int database = 0; database < 2; database++) {
        int held = isSwapped ? 1 - database : database;
        jedis.select(DATABASE + database);
        assertEquals(KEYS[held], jedis.dbSize(), "database " + database);
        for (int key = 0; key < KEYS[held]; key++) {
          assertEquals(value(held, key), jedis.get("key" + key));
          assertEquals(key % 3 == 0 ? FAR + key : -1, jedis.pexpireTime("key" + key));
        }
      }
      return answered % 2 == (isSwapped ? 1 : 0) ? answered : answered + 1;
    }
  }

  /** A value whose bits are all turned over, be it longer than a segment. */
  private static final class TurnOver implements Repeated {
    private static final int LENGTH = 100_000;
    private static final byte[] KEY = bytes("turned");

    @Override
    public void begin(Jedis jedis) {
      jedis.set(KEY, new byte[LENGTH]);
    }

    @Override
    public void send(Jedis jedis, long number) {
      jedis.bitop(BitOP.NOT, KEY, KEY);
    }

    @Override
    public long verify(Jedis jedis, long answered) {
      byte[] held = jedis.get(KEY);
      byte[] expected = new byte[LENGTH];
      Arrays.fill(expected, held[0]);
      assertArrayEquals(expected, held);
      assertTrue(held[0] == 0 || held[0] == -1, () -> "it holds " + held[0]);
      return answered % 2 == (held[0] == 0 ? 0 : 1) ? answered : answered + 1;
    }
  }

  /** A key that is restored with ever another value and expiry, which fit each other. */
  private static final class Restore implements Repeated {
    private static final byte[] KEY = bytes("restored");

    @Override
    public void begin(Jedis jedis) {
      send(jedis, 0);
    }

    @Override
    public void send(Jedis jedis, long number) {
      jedis.set("source", number + ":" + "x".repeat((int) (number % 3000)));
      byte[] dump = jedis.dump(bytes("source"));
      jedis.restore(KEY, FAR + number, dump, RestoreParams.restoreParams().replace().absTtl());
    }

    @Override
    public long verify(Jedis jedis, long answered) {
      String held = jedis.get("restored");
      long number = Long.parseLong(held.substring(0, held.indexOf(':')));
      assertEquals(number % 3000, held.length() - held.indexOf(':') - 1);
      assertEquals(FAR + number, jedis.pexpireTime("restored"));
      return number;
    }
  }

  private static Jedis connect(RunningServer server) {
    return new Jedis(RunningServer.HOST, server.port(), RunningServer.TIMEOUT_MILLIS);
  }

  @Test
  @DisplayName("F79 swapdbBitopAndRestoreTookPlaceWhollyOrNotAtAllAfterAKill")
  void swapdbBitopAndRestoreTookPlaceWhollyOrNotAtAllAfterAKill() throws Exception {
    List<Repeated> commands = List.of(new Swap(), new TurnOver(), new Restore());
    long[] done = new long[commands.size()];
    SplittableRandom random = new SplittableRandom(1);
    for (int kill = 0; kill <= KILLS; kill++) {
      try (RunningServer server = RunningServer.start(root.resolve("store"))) {
        for (int i = 0; i < done.length; i++) {
          done[i] = kill == 0 ? begin(commands.get(i), server) : verify(commands.get(i), server, done[i]);
        }
        done = repeatUntilKilled(commands, done, server, 30 + random.nextInt(120));
      }
    }
  }

  private static long begin(Repeated command, RunningServer server) {
    try (Jedis jedis = connect(server)) {
      command.begin(jedis);
      return 0;
    }
  }

  private static long verify(Repeated command, RunningServer server, long answered) {
    try (Jedis jedis = connect(server)) {
      long held = command.verify(jedis, answered);
      assertTrue(held == answered || held == answered + 1, () -> answered + " were answered, " + held + " took place");
      return held;
    }
  }

  /** Has each command repeated on a connection of its own, kills the server amid that, and tells how many of each were answered. */
  private static long[] repeatUntilKilled(List<Repeated> commands, long[] done, RunningServer server, int least) throws Exception {
    CountDownLatch busy = new CountDownLatch(least);
    try (ExecutorService threads = Executors.newFixedThreadPool(commands.size())) {
      List<Future<Long>> answered = new ArrayList<>();
      for (int i = 0; i < done.length; i++) {
        Repeated command = commands.get(i);
        long first = done[i] + 1;
        answered.add(threads.submit(() -> repeat(command, first, server, busy)));
      }
      busy.await();
      server.kill();
      long[] counts = new long[done.length];
      for (int i = 0; i < counts.length; i++) {
        counts[i] = answered.get(i).get();
      }
      return counts;
    }
  }

  private static long repeat(Repeated command, long first, RunningServer server, CountDownLatch busy) {
    long number = first;
    try (Jedis jedis = connect(server)) {
      for (; ; number++) {
        command.send(jedis, number);
        busy.countDown();
      }
    } catch (JedisConnectionException e) {
      return number - 1;
    }
  }
}
