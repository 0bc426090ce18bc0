package io.bitkv.bench.client;

import java.util.ArrayList;
import java.util.List;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.Response;

/** Batches over a pipeline of Jedis, which is closed afterwards. */
final class JedisBatches {

  private JedisBatches() {}

  static void setAll(AbstractPipeline opened, List<byte[]> keys, List<byte[]> values) {
    List<Response<String>> replies = new ArrayList<>(keys.size());
    try (AbstractPipeline pipeline = opened) {
      for (int i = 0; i < keys.size(); i++) {
        replies.add(pipeline.set(keys.get(i), values.get(i)));
      }
      pipeline.sync();
    }
    replies.forEach(Response::get);
  }

  static void getAll(AbstractPipeline opened, List<byte[]> keys) {
    List<Response<byte[]>> values = new ArrayList<>(keys.size());
    try (AbstractPipeline pipeline = opened) {
      keys.forEach(key -> values.add(pipeline.get(key)));
      pipeline.sync();
    }
    values.forEach(value -> ClientSubject.check(value.get()));
  }
}
