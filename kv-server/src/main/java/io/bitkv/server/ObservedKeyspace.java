package io.bitkv.server;

import io.bitkv.api.Condition;
import io.bitkv.api.Expiry;
import io.bitkv.api.KeyRef;
import io.bitkv.api.KeyValue;
import io.bitkv.api.Keyspace;
import io.bitkv.api.KeyspaceId;
import io.bitkv.api.Page;
import io.bitkv.api.Put;
import io.bitkv.api.Scan;
import io.bitkv.api.ValueReader;
import io.bitkv.api.Versioned;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** A keyspace that notes what a call changes in it, under the names that notifications have. */
final class ObservedKeyspace implements Keyspace {

  private final Keyspace keyspace;
  private final Call call;

  ObservedKeyspace(Keyspace keyspace, Call call) {
    this.keyspace = keyspace;
    this.call = call;
  }

  @Override
  public KeyspaceId id() {
    return keyspace.id();
  }

  @Override
  public Optional<byte[]> get(byte[] key) {
    return keyspace.get(key);
  }

  @Override
  public Optional<Versioned<byte[]>> getVersioned(byte[] key) {
    return keyspace.getVersioned(key);
  }

  @Override
  public <R> Optional<R> read(byte[] key, ValueReader<R> reader) {
    return keyspace.read(key, reader);
  }

  @Override
  public boolean contains(byte[] key) {
    return keyspace.contains(key);
  }

  @Override
  public long put(byte[] key, byte[] value) {
    long version = keyspace.put(key, value);
    notePut(key, Expiry.NEVER);
    return version;
  }

  @Override
  public OptionalLong put(byte[] key, byte[] value, Put options) {
    OptionalLong version = keyspace.put(key, value, options);
    if (version.isPresent()) {
      notePut(key, options.expiry());
    }
    return version;
  }

  @Override
  public OptionalLong delete(byte[] key, Condition condition) {
    OptionalLong version = keyspace.delete(key, condition);
    if (version.isPresent()) {
      note(key, ChangeNames.ofDelete(call.command()));
    }
    return version;
  }

  @Override
  public OptionalLong expire(byte[] key, Expiry expiry) {
    OptionalLong version = keyspace.expire(key, expiry);
    if (version.isPresent()) {
      note(key, ChangeNames.ofExpire(expiry, call.server().clock()));
    }
    return version;
  }

  @Override
  public long size() {
    return keyspace.size();
  }

  @Override
  public long clear() {
    long version = keyspace.clear();
    KeyspaceId id = id();
    call.afterwards(() -> call.server().changes().tellCleared(id));
    return version;
  }

  @Override
  public Stream<byte[]> keys(Scan scan) {
    return keyspace.keys(scan);
  }

  @Override
  public Stream<KeyValue> entries(Scan scan) {
    return keyspace.entries(scan);
  }

  @Override
  public Page<byte[]> scan(long cursor, int count) {
    return keyspace.scan(cursor, count);
  }

  @Override
  public Optional<byte[]> randomKey() {
    return keyspace.randomKey();
  }

  private void notePut(byte[] key, Expiry expiry) {
    String event = ChangeNames.ofPut(call.command());
    note(key, event);
    boolean isExpiring = expiry instanceof Expiry.At || expiry instanceof Expiry.After;
    if (event.equals(ChangeNames.SET) && isExpiring) {
      note(key, ChangeNames.EXPIRE);
    }
  }

  private void note(byte[] key, String event) {
    KeyChange change =
        new KeyChange(new KeyRef(id(), key), event, ChangeNames.kindOf(event));
    Connection author = call.connection();
    call.afterwards(() -> call.server().changes().tell(change, author));
  }
}
