package io.bitkv.api;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/** A store of sorted maps, to try what is built upon the API. Nothing expires in it; a transaction works on the store itself. */
final class MemoryStore implements KeyValueStore {

  private final Map<KeyspaceId, Space> spaces = new HashMap<>();
  private long lastVersion;

  /** What is run before each conditional write, to let somebody else write first. */
  Runnable beforeConditionalPut = () -> {};

  /** How many batches were committed. */
  int commits;

  @Override
  public synchronized Keyspace keyspace(KeyspaceId id) {
    return spaces.computeIfAbsent(id, Space::new);
  }

  @Override
  public <R> R atomically(Collection<KeyRef> keys, Function<? super Transaction, ? extends R> body) {
    return body.apply(new Inside());
  }

  @Override
  public long commit(WriteBatch batch) {
    commits++;
    batch
        .writes()
        .forEach(
            write -> {
              Keyspace space = keyspace(write.ref().keyspace());
              switch (write) {
                case WriteBatch.PutWrite put -> space.put(put.ref().key(), put.value(), Put.always().expiring(put.expiry()));
                case WriteBatch.DeleteWrite delete -> space.delete(delete.ref().key());
              }
            });
    return lastVersion;
  }

  @Override
  public void close() {}

  /** The store as a transaction's body sees it. */
  private final class Inside implements Transaction {
    @Override
    public Keyspace keyspace(KeyspaceId id) {
      return MemoryStore.this.keyspace(id);
    }
  }

  /** One keyspace. */
  private final class Space implements Keyspace {
    private final KeyspaceId id;
    private final TreeMap<byte[], Versioned<byte[]>> entries = new TreeMap<>(Arrays::compareUnsigned);

    Space(KeyspaceId id) {
      this.id = id;
    }

    @Override
    public KeyspaceId id() {
      return id;
    }

    @Override
    public Optional<byte[]> get(byte[] key) {
      return getVersioned(key).map(Versioned::value);
    }

    @Override
    public Optional<Versioned<byte[]>> getVersioned(byte[] key) {
      return Optional.ofNullable(entries.get(key));
    }

    @Override
    public <R> Optional<R> read(byte[] key, ValueReader<R> reader) {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean contains(byte[] key) {
      return entries.containsKey(key);
    }

    @Override
    public long put(byte[] key, byte[] value) {
      return put(key, value, Put.always()).orElseThrow();
    }

    @Override
    public OptionalLong put(byte[] key, byte[] value, Put options) {
      if (options.condition() != Condition.ALWAYS) {
        beforeConditionalPut.run();
      }
      Versioned<byte[]> present = entries.get(key);
      if (!holds(options.condition(), present)) {
        return OptionalLong.empty();
      }
      long expiry = options.expiry().resolve(present == null ? Expiry.NONE : present.expiresAtMillis(), () -> java.time.Instant.EPOCH);
      entries.put(key, new Versioned<>(value, ++lastVersion, expiry));
      return OptionalLong.of(lastVersion);
    }

    private static boolean holds(Condition condition, Versioned<byte[]> present) {
      return switch (condition) {
        case Condition.Always always -> true;
        case Condition.IfAbsent absent -> present == null;
        case Condition.IfPresent any -> present != null;
        case Condition.IfVersion version -> present != null && present.version() == version.version();
        case Condition.IfEquals equals -> present != null && Arrays.equals(present.value(), equals.value());
      };
    }

    @Override
    public OptionalLong delete(byte[] key, Condition condition) {
      Versioned<byte[]> present = entries.get(key);
      if (present == null || !holds(condition, present)) {
        return OptionalLong.empty();
      }
      entries.remove(key);
      return OptionalLong.of(++lastVersion);
    }

    @Override
    public OptionalLong expire(byte[] key, Expiry expiry) {
      Versioned<byte[]> present = entries.get(key);
      return present == null ? OptionalLong.empty() : put(key, present.value(), Put.always().expiring(expiry));
    }

    @Override
    public long size() {
      return entries.size();
    }

    @Override
    public long clear() {
      entries.clear();
      return ++lastVersion;
    }

    @Override
    public Stream<byte[]> keys(Scan scan) {
      return entries(scan).map(KeyValue::key);
    }

    @Override
    public Stream<KeyValue> entries(Scan scan) {
      var map = scan.order() == Scan.Order.DESCENDING ? entries.descendingMap() : entries;
      return map.entrySet().stream()
          .map(e -> new KeyValue(e.getKey(), e.getValue().value(), e.getValue().version(), e.getValue().expiresAtMillis()))
          .filter(entry -> scan.includes(entry.key()))
          .limit(scan.limit());
    }

    @Override
    public Page<byte[]> scan(long cursor, int count) {
      List<byte[]> keys = new ArrayList<>(entries.keySet());
      int from = (int) cursor;
      int to = Math.min(keys.size(), from + count);
      return new Page<>(keys.subList(from, to), to == keys.size() ? Page.END : to);
    }

    @Override
    public Optional<byte[]> randomKey() {
      throw new UnsupportedOperationException();
    }
  }
}
