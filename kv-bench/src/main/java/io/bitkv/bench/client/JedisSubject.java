package io.bitkv.bench.client;

import java.util.ArrayList;
import java.util.List;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.Response;

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
    List<Response<String>> replies = new ArrayList<>(keys.size());
    try (AbstractPipeline pipeline = client.pipelined()) {
      for (int i = 0; i < keys.size(); i++) {
        replies.add(pipeline.set(keys.get(i), values.get(i)));
      }
      pipeline.sync();
    }
    replies.forEach(Response::get);
  }

  @Override
  public void getAll(List<byte[]> keys) {
    List<Response<byte[]>> values = new ArrayList<>(keys.size());
    try (AbstractPipeline pipeline = client.pipelined()) {
      keys.forEach(key -> values.add(pipeline.get(key)));
      pipeline.sync();
    }
    values.forEach(value -> ClientSubject.check(value.get()));
  }

  @Override
  public void close() {
    client.close();
  }
}
