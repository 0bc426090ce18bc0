package io.bitkv.bench.client;

import java.util.List;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.RedisClient;

/** Jedis with a pool in which there is a connection for each of 64 threads. */
final class JedisSubject implements ClientSubject {

  private static final int CONNECTIONS = 64;

  private final RedisClient client;

  JedisSubject(int port) {
    ConnectionPoolConfig pool = new ConnectionPoolConfig();
    pool.setMaxTotal(CONNECTIONS);
    pool.setMaxIdle(CONNECTIONS);
    client =
        RedisClient.builder()
            .hostAndPort("127.0.0.1", port)
            .clientConfig(DefaultJedisClientConfig.builder().timeoutMillis(ClientSubjects.TIMEOUT_MILLIS).build())
            .poolConfig(pool)
            .build();
  }

  @Override
  public void set(byte[] key, byte[] value) {
    client.set(key, value);
  }

  @Override
  public byte[] get(byte[] key) {
    return client.get(key);
  }

  @Override
  public void setAll(List<byte[]> keys, List<byte[]> values) {
    JedisBatches.setAll(client.pipelined(), keys, values);
  }

  @Override
  public void getAll(List<byte[]> keys) {
    JedisBatches.getAll(client.pipelined(), keys);
  }

  @Override
  public void close() {
    client.close();
  }
}
