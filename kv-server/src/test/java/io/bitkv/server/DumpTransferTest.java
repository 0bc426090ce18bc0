package io.bitkv.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Values move from redis-server to this server and back, unchanged. */
@Tag("oracle")
class DumpTransferTest {

  private static final long SEED = 20_221_114;

  @Test
  void valuesMoveBothWays() {
    try (RedisOracle oracle = new RedisOracle();
        TestServer subject = new TestServer();
        RespClient redis = oracle.connect();
        RespClient bitkv = subject.connect()) {
      for (byte[] value : values()) {
        move(value, redis, bitkv);
        move(value, bitkv, redis);
      }
    }
  }

  private static void move(byte[] value, RespClient from, RespClient to) {
    byte[] key = RespClient.bytes("k");
    from.call(List.of(RespClient.bytes("SET"), key, value));
    byte[] dump = from.call("DUMP", "k").asBytes();
    byte[] forever = RespClient.bytes("0");
    assertEquals(
        "OK",
        RespClient.text(
            to.call(
                List.of(
                    RespClient.bytes("RESTORE"),
                    key,
                    forever,
                    dump,
                    RespClient.bytes("REPLACE")))));
    assertArrayEquals(value, to.call("GET", "k").asBytes());
  }

  private static List<byte[]> values() {
    Random random = new Random(SEED);
    List<byte[]> values = new ArrayList<>();
    for (String number : List.of("0", "-1", "127", "-32768", "32768", "2147483648", "-0", "")) {
      values.add(RespClient.bytes(number));
    }
    for (int length : new int[] {20, 21, 63, 64, 1000, 16_383, 16_384, 300_000}) {
      byte[] noise = new byte[length];
      random.nextBytes(noise);
      values.add(noise);
      byte[] same = new byte[length];
      Arrays.fill(same, (byte) 'x');
      values.add(same);
      values.add(RespClient.bytes("the quick brown fox ".repeat(length / 20 + 1)));
    }
    return values;
  }
}
