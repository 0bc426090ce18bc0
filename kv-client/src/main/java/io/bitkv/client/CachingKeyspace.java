package io.bitkv.client;

import io.bitkv.api.Condition;
import io.bitkv.api.Expiry;
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
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * A keyspace at the other end whose values are kept here. Plain reads are answered from the cache; everything else is asked of the server,
 * and tells the cache what it must not show any more.
 *
 * @param remote the keyspace
 * @param cache what is kept of it
 */
record CachingKeyspace(RemoteKeyspace remote, ValueCache cache) implements Keyspace {

  private CacheKey key(byte[] key) {
    return new CacheKey(remote.space().name(), key);
  }

  @Override
  public KeyspaceId id() {
    return remote.id();
  }

  @Override
  public Optional<byte[]> get(byte[] key) {
    Optional<Versioned<byte[]>> kept = cache.find(key(key));
    return kept == null ? getVersioned(key).map(Versioned::value) : kept.map(found -> found.value().clone());
  }

  /** Asks the server in any case: a version is wanted for a condition. */
  @Override
  public Optional<Versioned<byte[]>> getVersioned(byte[] key) {
    Fetch fetch = Fetch.of(cache, remote.space(), key);
    try {
      return remote.caller().run(fetch.requestOne(remote.space()));
    } catch (RuntimeException e) {
      fetch.abandon();
      throw e;
    }
  }

  @Override
  public List<Optional<byte[]>> getAll(List<byte[]> keys) {
    CachedValues values = CachedValues.of(cache, remote.space(), keys);
    if (values.missing().isEmpty()) {
      return values.all(List.of());
    }
    Fetch fetch = Fetch.of(cache, values.missing());
    try {
      return values.all(remote.caller().run(fetch.requestAll(remote.space())));
    } catch (RuntimeException e) {
      fetch.abandon();
      throw e;
    }
  }

  @Override
  public <R> Optional<R> read(byte[] key, ValueReader<R> reader) {
    Optional<Versioned<byte[]>> kept = cache.find(key(key));
    return (kept == null ? getVersioned(key) : kept).map(value -> reader.read(new CopiedValue(value)));
  }

  @Override
  public boolean contains(byte[] key) {
    Optional<Versioned<byte[]>> kept = cache.find(key(key));
    return kept == null ? touching(key, () -> remote.contains(key)) : kept.isPresent();
  }

  /** Does something that the key's value may differ after. */
  private <R> R touching(byte[] key, Supplier<R> action) {
    try {
      return action.get();
    } finally {
      cache.forget(key(key));
    }
  }

  @Override
  public long put(byte[] key, byte[] value) {
    return touching(key, () -> remote.put(key, value));
  }

  @Override
  public OptionalLong put(byte[] key, byte[] value, Put options) {
    return touching(key, () -> remote.put(key, value, options));
  }

  @Override
  public OptionalLong delete(byte[] key, Condition condition) {
    return touching(key, () -> remote.delete(key, condition));
  }

  @Override
  public OptionalLong expire(byte[] key, Expiry expiry) {
    return touching(key, () -> remote.expire(key, expiry));
  }

  @Override
  public long size() {
    return remote.size();
  }

  @Override
  public long clear() {
    try {
      return remote.clear();
    } finally {
      cache.forgetAll();
    }
  }

  @Override
  public Stream<byte[]> keys(Scan scan) {
    return remote.keys(scan).peek(key -> cache.sawKey(key(key)));
  }

  @Override
  public Stream<KeyValue> entries(Scan scan) {
    return remote.entries(scan).peek(this::saw);
  }

  private void saw(KeyValue entry) {
    cache.saw(key(entry.key()), new Versioned<>(entry.value(), entry.version(), entry.expiresAtMillis()));
  }

  @Override
  public Page<byte[]> scan(long cursor, int count) {
    Page<byte[]> page = remote.scan(cursor, count);
    page.items().forEach(key -> cache.sawKey(key(key)));
    return page;
  }

  @Override
  public Optional<byte[]> randomKey() {
    Optional<byte[]> picked = remote.randomKey();
    picked.ifPresent(key -> cache.sawKey(key(key)));
    return picked;
  }
}
