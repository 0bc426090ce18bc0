package io.bitkv.engine;

import io.bitkv.api.Condition;
import io.bitkv.api.Expiry;
import io.bitkv.api.KeyValue;
import io.bitkv.api.Keyspace;
import io.bitkv.api.KeyspaceId;
import io.bitkv.api.Page;
import io.bitkv.api.Put;
import io.bitkv.api.Scan;
import io.bitkv.api.ValueReader;
import io.bitkv.api.Versioned;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Stream;

/** A keyspace of a store that is only read: each call looks at the state that is shown then. */
record ReadOnlyKeyspace(ReadOnlyStore store, KeyspaceId id) implements Keyspace {

  private <R> R use(Function<Keyspace, R> body) {
    return store.use(shown -> body.apply(shown.keyspace(id)));
  }

  @Override
  public Optional<byte[]> get(byte[] key) {
    return use(keyspace -> keyspace.get(key));
  }

  @Override
  public Optional<Versioned<byte[]>> getVersioned(byte[] key) {
    return use(keyspace -> keyspace.getVersioned(key));
  }

  @Override
  public List<Optional<byte[]>> getAll(List<byte[]> keys) {
    return use(keyspace -> keyspace.getAll(keys));
  }

  @Override
  public <R> Optional<R> read(byte[] key, ValueReader<R> reader) {
    return use(keyspace -> keyspace.read(key, reader));
  }

  @Override
  public boolean contains(byte[] key) {
    return use(keyspace -> keyspace.contains(key));
  }

  @Override
  public long put(byte[] key, byte[] value) {
    throw store.refused();
  }

  @Override
  public OptionalLong put(byte[] key, byte[] value, Put options) {
    throw store.refused();
  }

  @Override
  public OptionalLong delete(byte[] key, Condition condition) {
    throw store.refused();
  }

  @Override
  public OptionalLong expire(byte[] key, Expiry expiry) {
    throw store.refused();
  }

  @Override
  public long size() {
    return use(Keyspace::size);
  }

  @Override
  public long clear() {
    throw store.refused();
  }

  @Override
  public Stream<byte[]> keys(Scan scan) {
    return store.stream(shown -> shown.keyspace(id).keys(scan));
  }

  @Override
  public Stream<KeyValue> entries(Scan scan) {
    return store.stream(shown -> shown.keyspace(id).entries(scan));
  }

  @Override
  public Page<byte[]> scan(long cursor, int count) {
    return use(keyspace -> keyspace.scan(cursor, count));
  }

  @Override
  public Optional<byte[]> randomKey() {
    return use(Keyspace::randomKey);
  }
}
