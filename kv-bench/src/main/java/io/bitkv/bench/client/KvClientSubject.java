package io.bitkv.bench.client;

import io.bitkv.api.Keyspace;
import io.bitkv.api.KeyspaceId;
import io.bitkv.client.KvClient;
import io.bitkv.client.Pipeline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** The client of this project, with its default options but for the deadline. */
final class KvClientSubject implements ClientSubject {

  private final KvClient client;
  private final Keyspace keyspace;

  KvClientSubject(int port) {
    client = KvClient.builder("kv://127.0.0.1:" + port).deadline(Duration.ofMillis(ClientSubjects.TIMEOUT_MILLIS)).connect();
    keyspace = client.keyspace(KeyspaceId.DEFAULT);
  }

  @Override
  public void set(byte[] key, byte[] value) {
    keyspace.put(key, value);
  }

  @Override
  public byte[] get(byte[] key) {
    return keyspace.get(key).orElse(null);
  }

  @Override
  public void setAll(List<byte[]> keys, List<byte[]> values) {
    List<CompletionStage<Long>> versions = new ArrayList<>(keys.size());
    try (Pipeline pipeline = client.pipeline()) {
      for (int i = 0; i < keys.size(); i++) {
        versions.add(pipeline.put(keys.get(i), values.get(i)));
      }
    }
    versions.forEach(version -> version.toCompletableFuture().join());
  }

  @Override
  public void getAll(List<byte[]> keys) {
    List<CompletionStage<Optional<byte[]>>> values = new ArrayList<>(keys.size());
    try (Pipeline pipeline = client.pipeline()) {
      keys.forEach(key -> values.add(pipeline.get(key)));
    }
    values.forEach(value -> ClientSubject.check(value.toCompletableFuture().join().orElse(null)));
  }

  @Override
  public void close() {
    client.close();
  }
}
