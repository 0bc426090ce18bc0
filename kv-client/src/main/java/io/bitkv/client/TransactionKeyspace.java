package io.bitkv.client;

import io.bitkv.api.Condition;
import io.bitkv.api.Expiry;
import io.bitkv.api.Keyspace;
import io.bitkv.api.KeyRef;
import io.bitkv.api.KeyspaceId;
import io.bitkv.api.KeyValue;
import io.bitkv.api.Page;
import io.bitkv.api.Put;
import io.bitkv.api.Scan;
import io.bitkv.api.ValueReader;
import io.bitkv.api.Versioned;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * A keyspace inside a transaction.
 *
 * @param transaction the transaction
 * @param id the keyspace
 */
record TransactionKeyspace(RemoteTransaction transaction, KeyspaceId id) implements Keyspace {

  private KeyRef ref(byte[] key) {
    return new KeyRef(id, key);
  }

  @Override
  public Optional<byte[]> get(byte[] key) {
    return getVersioned(key).map(Versioned::value);
  }

  @Override
  public Optional<Versioned<byte[]>> getVersioned(byte[] key) {
    return transaction.read(ref(key)).map(value -> new Versioned<>(value.value().clone(), value.version(), value.expiresAtMillis()));
  }

  @Override
  public <R> Optional<R> read(byte[] key, ValueReader<R> reader) {
    return transaction.read(ref(key)).map(value -> reader.read(new CopiedValue(value)));
  }

  @Override
  public boolean contains(byte[] key) {
    return transaction.read(ref(key)).isPresent();
  }

  @Override
  public long put(byte[] key, byte[] value) {
    return put(key, value, Put.always()).orElseThrow();
  }

  @Override
  public OptionalLong put(byte[] key, byte[] value, Put options) {
    Writes.checkKey(key);
    Writes.checkValue(value);
    KeyRef ref = ref(key);
    if (!holds(ref, options.condition())) {
      return OptionalLong.empty();
    }
    if (options.isDurable()) {
      transaction.makeDurable();
    }
    return OptionalLong.of(transaction.put(ref, value, options.expiry()));
  }

  @Override
  public OptionalLong delete(byte[] key, Condition condition) {
    KeyRef ref = ref(key);
    if (transaction.read(ref).isEmpty() || !holds(ref, condition)) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(transaction.delete(ref));
  }

  @Override
  public OptionalLong expire(byte[] key, Expiry expiry) {
    KeyRef ref = ref(key);
    Optional<Versioned<byte[]>> present = transaction.read(ref);
    return present.isEmpty() ? OptionalLong.empty() : OptionalLong.of(transaction.put(ref, present.get().value(), expiry));
  }

  private boolean holds(KeyRef ref, Condition condition) {
    return switch (condition) {
      case Condition.Always always -> true;
      case Condition.IfAbsent absent -> transaction.read(ref).isEmpty();
      case Condition.IfPresent present -> transaction.read(ref).isPresent();
      case Condition.IfVersion version -> transaction.read(ref).filter(value -> value.version() == version.version()).isPresent();
      case Condition.IfEquals equals -> transaction.read(ref).filter(value -> Arrays.equals(value.value(), equals.value())).isPresent();
    };
  }

  private IllegalArgumentException guardsKeysOnly() {
    return new IllegalArgumentException("the transaction guards some keys, not keyspace " + id + " as a whole");
  }

  @Override
  public long size() {
    throw guardsKeysOnly();
  }

  @Override
  public long clear() {
    throw guardsKeysOnly();
  }

  @Override
  public Stream<byte[]> keys(Scan scan) {
    throw guardsKeysOnly();
  }

  @Override
  public Stream<KeyValue> entries(Scan scan) {
    throw guardsKeysOnly();
  }

  @Override
  public Page<byte[]> scan(long cursor, int count) {
    throw guardsKeysOnly();
  }

  @Override
  public Optional<byte[]> randomKey() {
    throw guardsKeysOnly();
  }
}
