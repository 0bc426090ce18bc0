package io.bitkv.bench.client;

import java.util.ArrayList;
import java.util.List;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Response;

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
    List<Response<String>> replies = new ArrayList<>(keys.size());
    try (AbstractPipeline pipeline = jedis.pipelined()) {
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
    try (AbstractPipeline pipeline = jedis.pipelined()) {
      keys.forEach(key -> values.add(pipeline.get(key)));
      pipeline.sync();
    }
    values.forEach(value -> ClientSubject.check(value.get()));
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
