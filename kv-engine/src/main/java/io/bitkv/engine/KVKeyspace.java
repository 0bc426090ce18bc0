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
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** A keyspace of an open store. One that was never written to has no state, and every key of it is absent. */
final class KVKeyspace implements Keyspace {
  private final KVStore store;
  private final KeyspaceId id;
  private final boolean isDeferred;

  /** Makes a keyspace; a deferred one never waits for a sync. */
  KVKeyspace(KVStore store, KeyspaceId id, boolean isDeferred) {
    this.store = store;
    this.id = Objects.requireNonNull(id, "id");
    this.isDeferred = isDeferred;
  }

  @Override
  public KeyspaceId id() {
    return id;
  }

  private KeyspaceState state() {
    store.checkOpen();
    return store.keyspaces().find(id);
  }

  @Override
  public Optional<byte[]> get(byte[] key) {
    KeyspaceState state = state();
    return state == null ? Optional.empty() : store.reads().get(state, key);
  }

  @Override
  public Optional<Versioned<byte[]>> getVersioned(byte[] key) {
    KeyspaceState state = state();
    return state == null ? Optional.empty() : store.reads().getVersioned(state, key);
  }

  @Override
  public <R> Optional<R> read(byte[] key, ValueReader<R> reader) {
    KeyspaceState state = state();
    return state == null ? Optional.empty() : store.reads().read(state, key, reader);
  }

  @Override
  public int getInto(byte[] key, byte[] target) {
    KeyspaceState state = state();
    Objects.requireNonNull(target, "target");
    return state == null ? Reads.ABSENT : store.reads().getInto(state, key, target);
  }

  @Override
  public boolean contains(byte[] key) {
    KeyspaceState state = state();
    return state != null && store.reads().contains(state, key);
  }

  @Override
  public long put(byte[] key, byte[] value) {
    return put(key, value, Put.always()).orElseThrow();
  }

  @Override
  public OptionalLong put(byte[] key, byte[] value, Put options) {
    store.checkOpen();
    return acknowledged(store.writes().put(id, key, value, options), options.isDurable());
  }

  @Override
  public OptionalLong delete(byte[] key, Condition condition) {
    store.checkOpen();
    return acknowledged(store.writes().delete(id, key, condition), false);
  }

  @Override
  public OptionalLong expire(byte[] key, Expiry expiry) {
    store.checkOpen();
    return acknowledged(store.writes().expire(id, key, expiry), false);
  }

  @Override
  public long clear() {
    store.checkOpen();
    return acknowledged(OptionalLong.of(store.writes().clear(id)), false).getAsLong();
  }

  private OptionalLong acknowledged(OptionalLong version, boolean isDurable) {
    if (version.isPresent()) {
      store.acknowledge(version.getAsLong(), isDurable, isDeferred);
    }
    return version;
  }

  @Override
  public long size() {
    KeyspaceState state = state();
    return state == null ? 0 : state.directory().size();
  }

  @Override
  public Stream<byte[]> keys(Scan scan) {
    return store.scans().keys(used(), scan);
  }

  @Override
  public Stream<KeyValue> entries(Scan scan) {
    return store.scans().entries(used(), scan);
  }

  /** The state, made in memory if need be: what a scan asks for is checked even where there is nothing to scan. */
  private KeyspaceState used() {
    store.checkOpen();
    return store.keyspaces().obtain(id);
  }

  @Override
  public Page<byte[]> scan(long cursor, int count) {
    Scans.checkCount(count);
    KeyspaceState state = state();
    return state == null ? new Page<>(List.of(), Page.END) : store.scans().page(state, cursor, count);
  }

  @Override
  public Optional<byte[]> randomKey() {
    KeyspaceState state = state();
    return state == null ? Optional.empty() : store.scans().randomKey(state);
  }
}
