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
import io.bitkv.api.ValueView;
import io.bitkv.api.Versioned;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** A keyspace as the body of a transaction sees it. */
final class TransactionKeyspace implements Keyspace {
  private final KVTransaction transaction;
  private final KeyspaceId id;
  private final KeyspaceState state;
  private final Overlay overlay = new Overlay();

  TransactionKeyspace(KVTransaction transaction, KeyspaceId id) {
    this.transaction = transaction;
    this.id = id;
    state = transaction.parts().keyspaces().obtain(id);
  }

  @Override
  public KeyspaceId id() {
    return id;
  }

  private void check(byte[] key) {
    transaction.checkUse();
    transaction.guarded().check(id, key);
  }

  private void checkWhole() {
    transaction.checkUse();
    transaction.guarded().checkWhole(id);
  }

  private boolean isExpired(long expiresAt) {
    return expiresAt != Expiry.NONE && expiresAt <= transaction.parts().clock().millis();
  }

  @Override
  public Optional<Versioned<byte[]>> getVersioned(byte[] key) {
    check(key);
    return find(key).map(found -> new Versioned<>(found.value().clone(), found.version(), found.expiresAtMillis()));
  }

  private Optional<Versioned<byte[]>> find(byte[] key) {
    Overlay.Write write = overlay.find(state.slice(key));
    if (write != null) {
      return Optional.ofNullable(write.value()).filter(value -> !isExpired(value.expiresAtMillis()));
    }
    return overlay.isCleared() ? Optional.empty() : transaction.parts().reads().getVersioned(state, key);
  }

  @Override
  public Optional<byte[]> get(byte[] key) {
    return getVersioned(key).map(Versioned::value);
  }

  @Override
  public <R> Optional<R> read(byte[] key, ValueReader<R> reader) {
    return getVersioned(key).map(found -> reader.read(new View(found)));
  }

  @Override
  public boolean contains(byte[] key) {
    check(key);
    return find(key).isPresent();
  }

  @Override
  public long put(byte[] key, byte[] value) {
    return put(key, value, Put.always()).orElseThrow();
  }

  @Override
  public OptionalLong put(byte[] key, byte[] value, Put options) {
    check(key);
    Limits.checkKey(key);
    Limits.checkValue(value);
    Optional<Versioned<byte[]>> current = find(key);
    if (!holds(options.condition(), current)) {
      return OptionalLong.empty();
    }
    if (options.isDurable()) {
      transaction.requireDurable();
    }
    return OptionalLong.of(write(key.clone(), value.clone(), options.expiry(), current));
  }

  private static boolean holds(Condition condition, Optional<Versioned<byte[]>> current) {
    return current
        .map(found -> Conditions.holdsForPresent(condition, found.version(), found::value))
        .orElseGet(() -> Conditions.holdsForAbsent(condition));
  }

  private long write(byte[] key, byte[] value, Expiry expiry, Optional<Versioned<byte[]>> current) {
    long currentExpiry = current.map(Versioned::expiresAtMillis).orElse(Expiry.NONE);
    long expiresAt = Limits.expiry(expiry, currentExpiry, transaction.parts().clock());
    long version = transaction.provisionalVersion();
    Versioned<byte[]> written = isExpired(expiresAt) ? null : new Versioned<>(value, version, expiresAt);
    overlay.write(state.slice(key), new Overlay.Write(written, version));
    return version;
  }

  /** Writes without a condition and without copies: the arrays must not change until the transaction is applied. */
  void putOwned(byte[] key, byte[] value, Expiry expiry) {
    check(key);
    Limits.checkKey(key);
    Limits.checkValue(value);
    write(key, value, expiry, expiry instanceof Expiry.Keep ? find(key) : Optional.empty());
  }

  /** Deletes without looking whether there is anything; the array must not change until the transaction is applied. */
  void deleteOwned(byte[] key) {
    check(key);
    overlay.write(state.slice(key), new Overlay.Write(null, transaction.provisionalVersion()));
  }

  @Override
  public OptionalLong delete(byte[] key, Condition condition) {
    check(key);
    Optional<Versioned<byte[]>> current = find(key);
    if (current.isEmpty() || !holds(condition, current)) {
      return OptionalLong.empty();
    }
    long version = transaction.provisionalVersion();
    overlay.write(state.slice(key.clone()), new Overlay.Write(null, version));
    return OptionalLong.of(version);
  }

  @Override
  public OptionalLong expire(byte[] key, Expiry expiry) {
    check(key);
    Optional<Versioned<byte[]>> current = find(key);
    return current.isEmpty()
        ? OptionalLong.empty()
        : OptionalLong.of(write(key.clone(), current.get().value(), expiry, current));
  }

  @Override
  public long clear() {
    checkWhole();
    overlay.clear();
    return transaction.provisionalVersion();
  }

  @Override
  public long size() {
    checkWhole();
    return merged().size();
  }

  @Override
  public Stream<byte[]> keys(Scan scan) {
    checkWhole();
    return merged().keys(scan);
  }

  @Override
  public Stream<KeyValue> entries(Scan scan) {
    checkWhole();
    return merged().entries(scan);
  }

  @Override
  public Page<byte[]> scan(long cursor, int count) {
    checkWhole();
    return merged().page(cursor, count);
  }

  @Override
  public Optional<byte[]> randomKey() {
    checkWhole();
    return merged().randomKey();
  }

  private MergedScan merged() {
    return new MergedScan(transaction.parts(), state, overlay);
  }

  /** What this keyspace's writes do to the log and the directory. */
  List<OverlayChanges.Planned> changes() {
    return new OverlayChanges(transaction.parts(), id, state).of(overlay);
  }

  /** A value that a body reads, for the time of a callback. */
  private record View(Versioned<byte[]> found) implements ValueView {
    @Override
    public int length() {
      return found.value().length;
    }

    @Override
    public long version() {
      return found.version();
    }

    @Override
    public long expiresAtMillis() {
      return found.expiresAtMillis();
    }

    @Override
    public void copyTo(byte[] target, int offset) {
      System.arraycopy(found.value(), 0, target, offset, found.value().length);
    }
  }
}
