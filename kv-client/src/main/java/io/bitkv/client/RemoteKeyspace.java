package io.bitkv.client;

import io.bitkv.api.Condition;
import io.bitkv.api.Expiry;
import io.bitkv.api.InvalidOptionException;
import io.bitkv.api.Keyspace;
import io.bitkv.api.KeyspaceId;
import io.bitkv.api.KeyValue;
import io.bitkv.api.Page;
import io.bitkv.api.Put;
import io.bitkv.api.Scan;
import io.bitkv.api.ValueReader;
import io.bitkv.api.Versioned;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * A keyspace at the other end of the client's connections.
 *
 * @param caller carries requests out
 * @param space the keyspace
 */
record RemoteKeyspace(Caller caller, Space space) implements Keyspace {

  @Override
  public KeyspaceId id() {
    return space.id();
  }

  @Override
  public Optional<byte[]> get(byte[] key) {
    return caller.run(Reads.get(space, key));
  }

  @Override
  public Optional<Versioned<byte[]>> getVersioned(byte[] key) {
    return caller.run(Reads.getVersioned(space, key));
  }

  @Override
  public List<Optional<byte[]>> getAll(List<byte[]> keys) {
    return keys.isEmpty() ? List.of() : caller.run(Reads.getAll(space, keys));
  }

  @Override
  public <R> Optional<R> read(byte[] key, ValueReader<R> reader) {
    return getVersioned(key).map(value -> reader.read(new CopiedValue(value)));
  }

  @Override
  public boolean contains(byte[] key) {
    return caller.run(Reads.contains(space, key));
  }

  @Override
  public long put(byte[] key, byte[] value) {
    return caller.run(Writes.unconditional(Writes.put(space, key, value, Put.always())));
  }

  @Override
  public OptionalLong put(byte[] key, byte[] value, Put options) {
    return caller.run(Writes.put(space, key, value, options));
  }

  @Override
  public OptionalLong delete(byte[] key, Condition condition) {
    return caller.run(Writes.delete(space, key, condition));
  }

  @Override
  public OptionalLong expire(byte[] key, Expiry expiry) {
    return caller.run(Writes.expire(space, key, expiry));
  }

  @Override
  public long size() {
    return caller.run(Reads.size(space));
  }

  @Override
  public long clear() {
    return caller.run(Writes.clear(space));
  }

  @Override
  public Stream<byte[]> keys(Scan scan) {
    return RemoteScan.stream(caller, new Scans.Plan<>(space, scan, Scans.KEYS));
  }

  @Override
  public Stream<KeyValue> entries(Scan scan) {
    return RemoteScan.stream(caller, new Scans.Plan<>(space, scan, Scans.ENTRIES));
  }

  @Override
  public Page<byte[]> scan(long cursor, int count) {
    if (count <= 0) {
      throw new InvalidOptionException("a step of a scan visits at least 1 key, not " + count);
    }
    return caller.run(Scans.step(new Scans.Plan<>(space, Scan.all(), Scans.KEYS), cursor, count)).page();
  }

  @Override
  public Optional<byte[]> randomKey() {
    return caller.run(Reads.randomKey(space));
  }
}
