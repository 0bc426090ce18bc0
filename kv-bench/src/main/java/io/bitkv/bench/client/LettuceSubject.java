package io.bitkv.bench.client;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Lettuce with one connection that all threads share, as it recommends; batches go over another, whose flushing is by hand. */
final class LettuceSubject implements ClientSubject {

  private final RedisClient client;
  private final StatefulRedisConnection<byte[], byte[]> shared;
  private final StatefulRedisConnection<byte[], byte[]> batches;

  LettuceSubject(int port) {
    client = RedisClient.create(RedisURI.create("127.0.0.1", port));
    shared = client.connect(ByteArrayCodec.INSTANCE);
    batches = client.connect(ByteArrayCodec.INSTANCE);
    shared.setTimeout(Duration.ofMillis(ClientSubjects.TIMEOUT_MILLIS));
    batches.setAutoFlushCommands(false);
  }

  @Override
  public void set(byte[] key, byte[] value) {
    shared.sync().set(key, value);
  }

  @Override
  public byte[] get(byte[] key) {
    return shared.sync().get(key);
  }

  @Override
  public void setAll(List<byte[]> keys, List<byte[]> values) {
    List<RedisFuture<String>> replies = new ArrayList<>(keys.size());
    for (int i = 0; i < keys.size(); i++) {
      replies.add(batches.async().set(keys.get(i), values.get(i)));
    }
    batches.flushCommands();
    replies.forEach(LettuceSubject::join);
  }

  @Override
  public void getAll(List<byte[]> keys) {
    List<RedisFuture<byte[]>> values = new ArrayList<>(keys.size());
    keys.forEach(key -> values.add(batches.async().get(key)));
    batches.flushCommands();
    values.forEach(value -> ClientSubject.check(join(value)));
  }

  private static <T> T join(CompletionStage<T> reply) {
    return reply.toCompletableFuture().join();
  }

  @Override
  public void close() {
    shared.close();
    batches.close();
    client.shutdown(Duration.ZERO, Duration.ofSeconds(5));
  }
}
