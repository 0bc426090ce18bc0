package io.bitkv.tests.model;

import io.bitkv.api.Condition;
import io.bitkv.api.Expiry;
import io.bitkv.api.InvalidOptionException;
import io.bitkv.api.KeyValue;
import io.bitkv.api.Keyspace;
import io.bitkv.api.KeyspaceId;
import io.bitkv.api.Page;
import io.bitkv.api.Put;
import io.bitkv.api.Scan;
import io.bitkv.api.ValueReader;
import io.bitkv.api.ValueView;
import io.bitkv.api.Versioned;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.stream.Stream;

/** One keyspace of a model store. */
record ModelKeyspace(KeyspaceId id, Scope scope) implements Keyspace {

  @Override
  public Optional<byte[]> get(byte[] key) {
    return getVersioned(key).map(Versioned::value);
  }

  @Override
  public Optional<Versioned<byte[]>> getVersioned(byte[] key) {
    return find(key).map(found -> new Versioned<>(found.value().clone(), found.version(), found.expiresAtMillis()));
  }

  @Override
  public <R> Optional<R> read(byte[] key, ValueReader<R> reader) {
    return find(key).map(found -> reader.read(new View(found)));
  }

  @Override
  public boolean contains(byte[] key) {
    return find(key).isPresent();
  }

  @Override
  public long put(byte[] key, byte[] value) {
    return put(key, value, Put.always()).orElseThrow();
  }

  @Override
  public OptionalLong put(byte[] key, byte[] value, Put options) {
    scope.permit(id, key);
    return scope.run(data -> data.put(id, key, value, options));
  }

  @Override
  public OptionalLong delete(byte[] key, Condition condition) {
    scope.permit(id, key);
    return scope.run(data -> data.delete(id, key, condition));
  }

  @Override
  public OptionalLong expire(byte[] key, Expiry expiry) {
    scope.permit(id, key);
    return scope.run(data -> data.expire(id, key, expiry));
  }

  @Override
  public long size() {
    return live().size();
  }

  @Override
  public long clear() {
    scope.permitAll(id);
    return scope.run(data -> data.clear(id));
  }

  @Override
  public Stream<byte[]> keys(Scan scan) {
    return entries(scan).map(KeyValue::key);
  }

  @Override
  public Stream<KeyValue> entries(Scan scan) {
    NavigableMap<byte[], Versioned<byte[]>> live = live();
    return (scan.order() == Scan.Order.DESCENDING ? live.descendingMap() : live)
        .entrySet().stream()
            .filter(entry -> scan.includes(entry.getKey()))
            .limit(scan.limit())
            .map(entry -> copy(entry.getKey(), entry.getValue()));
  }

  /** Visits keys in the order of their hash codes; the cursor is the last hash code met, so that writes between the steps shift nothing. */
  @Override
  public Page<byte[]> scan(long cursor, int count) {
    if (count <= 0) {
      throw new InvalidOptionException("the count of a scan's step must be greater than 0, not " + count);
    }
    List<byte[]> rest = new ArrayList<>(live().keySet());
    rest.removeIf(key -> position(key) <= cursor);
    rest.sort(Comparator.comparingLong(ModelKeyspace::position));
    long last = rest.size() <= count ? Long.MAX_VALUE : position(rest.get(count - 1));
    List<byte[]> items = rest.stream().filter(key -> position(key) <= last).map(byte[]::clone).toList();
    return new Page<>(items, items.size() == rest.size() ? Page.END : last);
  }

  @Override
  public Optional<byte[]> randomKey() {
    List<byte[]> keys = List.copyOf(live().keySet());
    return keys.isEmpty() ? Optional.empty() : Optional.of(keys.get(ThreadLocalRandom.current().nextInt(keys.size())).clone());
  }

  private Optional<Versioned<byte[]>> find(byte[] key) {
    scope.permit(id, key);
    return scope.run(data -> data.find(id, key));
  }

  private NavigableMap<byte[], Versioned<byte[]>> live() {
    scope.permitAll(id);
    return scope.run((Function<ModelData, NavigableMap<byte[], Versioned<byte[]>>>) data -> data.live(id));
  }

  private static long position(byte[] key) {
    return Integer.toUnsignedLong(Arrays.hashCode(key)) + 1;
  }

  private static KeyValue copy(byte[] key, Versioned<byte[]> entry) {
    return new KeyValue(key.clone(), entry.value().clone(), entry.version(), entry.expiresAtMillis());
  }

  /** The view of a value that {@link #read} hands out. */
  private record View(Versioned<byte[]> entry) implements ValueView {
    @Override
    public int length() {
      return entry.value().length;
    }

    @Override
    public long version() {
      return entry.version();
    }

    @Override
    public long expiresAtMillis() {
      return entry.expiresAtMillis();
    }

    @Override
    public void copyTo(byte[] target, int offset) {
      System.arraycopy(entry.value(), 0, target, offset, entry.value().length);
    }
  }
}
