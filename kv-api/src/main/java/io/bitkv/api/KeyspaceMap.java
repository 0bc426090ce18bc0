package io.bitkv.api;

import io.bitkv.api.codec.Codec;
import io.bitkv.api.codec.CodecException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A map over a keyspace of bytes.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 */
final class KeyspaceMap<K, V> implements KvMap<K, V> {

  private final Keyspaces home;
  private final Keyspace bytes;
  private final Codec<K> keys;
  private final Codec<V> values;

  KeyspaceMap(Keyspaces home, KeyspaceId id, Codec<K> keys, Codec<V> values) {
    this.home = home;
    this.bytes = home.keyspace(id);
    this.keys = Objects.requireNonNull(keys, "keys");
    this.values = Objects.requireNonNull(values, "values");
  }

  @Override
  public KeyspaceId id() {
    return bytes.id();
  }

  @Override
  public Optional<V> get(K key) {
    return bytes.get(keys.encode(key)).map(this::decode);
  }

  @Override
  public Optional<Versioned<V>> getVersioned(K key) {
    return bytes.getVersioned(keys.encode(key)).map(this::decode);
  }

  @Override
  public Map<K, V> getAll(Collection<? extends K> wanted) {
    List<byte[]> encoded = new ArrayList<>(wanted.size());
    wanted.forEach(key -> encoded.add(keys.encode(key)));
    Map<K, V> found = LinkedHashMap.newLinkedHashMap(wanted.size());
    var read = bytes.getAll(encoded).iterator();
    wanted.forEach(key -> read.next().ifPresent(value -> found.put(key, decode(value))));
    return found;
  }

  @Override
  public boolean contains(K key) {
    return bytes.contains(keys.encode(key));
  }

  @Override
  public long put(K key, V value) {
    return bytes.put(keys.encode(key), values.encode(value));
  }

  @Override
  public OptionalLong put(K key, V value, Put options) {
    return bytes.put(keys.encode(key), values.encode(value), options);
  }

  @Override
  public void putAll(Map<? extends K, ? extends V> entries) {
    WriteBatch batch = new WriteBatch();
    entries.forEach((key, value) -> batch.put(this, key, value));
    if (home instanceof KeyValueStore store) {
      store.commit(batch);
    } else {
      entries.forEach(this::put);
    }
  }

  @Override
  public OptionalLong delete(K key, Condition condition) {
    return bytes.delete(keys.encode(key), condition);
  }

  @Override
  public Optional<V> compute(K key, UnaryOperator<Optional<V>> change) {
    byte[] encoded = keys.encode(key);
    while (true) {
      Optional<Versioned<V>> present = bytes.getVersioned(encoded).map(this::decode);
      Optional<V> next = Objects.requireNonNull(change.apply(present.map(Versioned::value)), "the change returned null, not an Optional");
      if (replace(encoded, present, next)) {
        return next;
      }
    }
  }

  /** Writes what was computed, unless somebody else wrote the key since it was read. */
  private boolean replace(byte[] key, Optional<Versioned<V>> present, Optional<V> next) {
    Condition unchanged = present.<Condition>map(old -> new Condition.IfVersion(old.version())).orElse(Condition.IF_ABSENT);
    if (next.isPresent()) {
      return bytes.put(key, values.encode(next.get()), Put.always().when(unchanged).keepExpiry()).isPresent();
    }
    return present.isEmpty() || bytes.delete(key, unchanged).isPresent();
  }

  @Override
  public boolean expire(K key, Expiry expiry) {
    return bytes.expire(keys.encode(key), expiry).isPresent();
  }

  @Override
  public Stream<K> keys(KvScan<K> scan) {
    return bytes.keys(encode(scan)).map(this::decodeKey);
  }

  @Override
  public Stream<KvEntry<K, V>> entries(KvScan<K> scan) {
    return bytes
        .entries(encode(scan))
        .map(entry -> new KvEntry<>(decodeKey(entry.key()), decode(entry.value()), entry.version(), entry.expiresAtMillis()));
  }

  @Override
  public Page<K> scan(long cursor, int count) {
    Page<byte[]> page = bytes.scan(cursor, count);
    return new Page<>(page.items().stream().map(this::decodeKey).toList(), page.next());
  }

  @Override
  public long size() {
    return bytes.size();
  }

  @Override
  public long clear() {
    return bytes.clear();
  }

  @Override
  public KeyRef ref(K key) {
    return new KeyRef(id(), keys.encode(key));
  }

  @Override
  public byte[] encode(V value) {
    return values.encode(value);
  }

  @Override
  public KvMap<K, V> in(Transaction transaction) {
    return new KeyspaceMap<>(transaction, id(), keys, values);
  }

  private Scan encode(KvScan<K> scan) {
    if (scan.order() != Scan.Order.ANY && !keys.isOrdered()) {
      throw new UnsupportedFeatureException(
          "the codec of the keys of keyspace " + id() + " does not keep their order: scan without one, or use an ordered codec");
    }
    byte[] from = scan.from() == null ? null : keys.encode(scan.from());
    byte[] to = scan.to() == null ? null : keys.encode(scan.to());
    return new Scan(scan.prefix(), from, to, scan.order(), scan.limit(), scan.isSnapshot());
  }

  private K decodeKey(byte[] encoded) {
    try {
      return keys.decode(encoded);
    } catch (CodecException e) {
      throw new CodecException("a key of keyspace " + id() + " cannot be decoded: " + e.getMessage(), e);
    }
  }

  private V decode(byte[] encoded) {
    try {
      return values.decode(encoded);
    } catch (CodecException e) {
      throw new CodecException("a value of keyspace " + id() + " cannot be decoded: " + e.getMessage(), e);
    }
  }

  private Versioned<V> decode(Versioned<byte[]> encoded) {
    return new Versioned<>(decode(encoded.value()), encoded.version(), encoded.expiresAtMillis());
  }
}
