package io.bitkv.client;

import io.bitkv.api.Condition;
import io.bitkv.api.Expiry;
import io.bitkv.api.KeyspaceId;
import io.bitkv.api.Put;
import io.bitkv.api.Versioned;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A keyspace at the other end of the client's connections, for calls that do not wait. */
class RemoteAsyncKeyspace implements AsyncKeyspace {

  private final Sender sender;
  private final Space space;

  RemoteAsyncKeyspace(Sender sender, Space space) {
    this.sender = sender;
    this.space = space;
  }

  Sender sender() {
    return sender;
  }

  @Override
  public KeyspaceId id() {
    return space.id();
  }

  @Override
  public CompletionStage<Optional<byte[]>> get(byte[] key) {
    return sender.get(space, key);
  }

  @Override
  public CompletionStage<Optional<Versioned<byte[]>>> getVersioned(byte[] key) {
    return sender.getVersioned(space, key);
  }

  @Override
  public CompletionStage<List<Optional<byte[]>>> getAll(List<byte[]> keys) {
    return keys.isEmpty() ? CompletableFuture.completedFuture(List.of()) : sender.getAll(space, keys);
  }

  @Override
  public CompletionStage<Boolean> contains(byte[] key) {
    return sender.contains(space, key);
  }

  @Override
  public CompletionStage<Long> put(byte[] key, byte[] value) {
    return sender.touch(space, key, Writes.unconditional(Writes.put(space, key, value, Put.always())));
  }

  @Override
  public CompletionStage<OptionalLong> put(byte[] key, byte[] value, Put options) {
    return sender.touch(space, key, Writes.put(space, key, value, options));
  }

  @Override
  public CompletionStage<OptionalLong> delete(byte[] key, Condition condition) {
    return sender.touch(space, key, Writes.delete(space, key, condition));
  }

  @Override
  public CompletionStage<OptionalLong> expire(byte[] key, Expiry expiry) {
    return sender.touch(space, key, Writes.expire(space, key, expiry));
  }

  @Override
  public CompletionStage<Long> size() {
    return sender.promise(Reads.size(space));
  }
}
