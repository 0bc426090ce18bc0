package io.bitkv.bench.client;

import java.util.List;
import redis.clients.jedis.Jedis;

/** A bare Jedis connection without a pool: the least that lies between one thread and the socket. For one thread at a time. */
final class JedisConnectionSubject implements ClientSubject {

  private final Jedis jedis;

  JedisConnectionSubject(int port) {
    jedis = new Jedis("127.0.0.1", port, ClientSubjects.TIMEOUT_MILLIS);
  }

  @Override
  public void set(byte[] key, byte[] value) {
    jedis.set(key, value);
  }

  @Override
  public byte[] get(byte[] key) {
    return jedis.get(key);
  }

  @Override
  public void setAll(List<byte[]> keys, List<byte[]> values) {
    JedisBatches.setAll(jedis.pipelined(), keys, values);
  }

  @Override
  public void getAll(List<byte[]> keys) {
    JedisBatches.getAll(jedis.pipelined(), keys);
  }

  @Override
  public boolean isShared() {
    return false;
  }

  @Override
  public void close() {
    jedis.close();
  }
}
