package io.bitkv.tests.model;

import io.bitkv.api.Condition;
import io.bitkv.api.Expiry;
import io.bitkv.api.Keyspace;
import io.bitkv.api.KeyspaceId;
import io.bitkv.api.LimitExceededException;
import io.bitkv.api.Put;
import io.bitkv.api.Versioned;
import io.bitkv.api.WriteBatch;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/** Everything a model store holds: a sorted map for each keyspace, and the sequence number of the last write. Not thread-safe. */
final class ModelData {

  private final Map<KeyspaceId, NavigableMap<byte[], Versioned<byte[]>>> keyspaces = new HashMap<>();
  private final InstantSource clock;
  private long sequence;

  ModelData(InstantSource clock) {
    this.clock = clock;
  }

  /** Makes a copy whose changes do not show here; the values are shared, for nobody changes them. */
  ModelData copy() {
    ModelData copy = new ModelData(clock);
    copy.sequence = sequence;
    keyspaces.forEach((id, entries) -> copy.entries(id).putAll(entries));
    return copy;
  }

  long sequence() {
    return sequence;
  }

  /** Everything that exists in a keyspace now, in key order; a copy. */
  NavigableMap<byte[], Versioned<byte[]>> live(KeyspaceId id) {
    NavigableMap<byte[], Versioned<byte[]>> live = new TreeMap<>(Arrays::compareUnsigned);
    live.putAll(entries(id));
    live.values().removeIf(this::isExpired);
    return live;
  }

  Map<KeyspaceId, NavigableMap<byte[], Versioned<byte[]>>> live() {
    Map<KeyspaceId, NavigableMap<byte[], Versioned<byte[]>>> live = new HashMap<>();
    keyspaces.keySet().forEach(id -> live.put(id, live(id)));
    live.values().removeIf(Map::isEmpty);
    return live;
  }

  Optional<Versioned<byte[]>> find(KeyspaceId id, byte[] key) {
    return Optional.ofNullable(entries(id).get(key)).filter(entry -> !isExpired(entry));
  }

  OptionalLong put(KeyspaceId id, byte[] key, byte[] value, Put options) {
    checkLimit("key", key.length, Keyspace.MAX_KEY_BYTES);
    checkLimit("value", value.length, Keyspace.MAX_VALUE_BYTES);
    Optional<Versioned<byte[]>> current = find(id, key);
    if (!holds(options.condition(), current)) {
      return OptionalLong.empty();
    }
    long currentExpiry = current.map(Versioned::expiresAtMillis).orElse(Expiry.NONE);
    long expiresAt = options.expiry().resolve(currentExpiry, clock);
    Versioned<byte[]> entry = new Versioned<>(value.clone(), ++sequence, expiresAt);
    if (isExpired(entry)) {
      entries(id).remove(key);
    } else {
      entries(id).put(key.clone(), entry);
    }
    return OptionalLong.of(sequence);
  }

  OptionalLong delete(KeyspaceId id, byte[] key, Condition condition) {
    Optional<Versioned<byte[]>> current = find(id, key);
    if (current.isEmpty() || !holds(condition, current)) {
      return OptionalLong.empty();
    }
    entries(id).remove(key);
    return OptionalLong.of(++sequence);
  }

  OptionalLong expire(KeyspaceId id, byte[] key, Expiry expiry) {
    return find(id, key)
        .map(current -> put(id, key, current.value(), Put.always().expiring(expiry)))
        .orElse(OptionalLong.empty());
  }

  long clear(KeyspaceId id) {
    entries(id).clear();
    return ++sequence;
  }

  void apply(WriteBatch.Write write) {
    KeyspaceId id = write.ref().keyspace();
    byte[] key = write.ref().key();
    switch (write) {
      case WriteBatch.PutWrite put -> put(id, key, put.value(), Put.always().expiring(put.expiry()));
      case WriteBatch.DeleteWrite delete -> delete(id, key, Condition.ALWAYS);
    }
  }

  private NavigableMap<byte[], Versioned<byte[]>> entries(KeyspaceId id) {
    return keyspaces.computeIfAbsent(id, absent -> new TreeMap<>(Arrays::compareUnsigned));
  }

  private boolean isExpired(Versioned<byte[]> entry) {
    return entry.expiresAtMillis() != Expiry.NONE && entry.expiresAtMillis() <= clock.millis();
  }

  private static boolean holds(Condition condition, Optional<Versioned<byte[]>> current) {
    return switch (condition) {
      case Condition.Always always -> true;
      case Condition.IfAbsent absent -> current.isEmpty();
      case Condition.IfPresent present -> current.isPresent();
      case Condition.IfVersion expected -> current.isPresent() && current.get().version() == expected.version();
      case Condition.IfEquals expected -> current.isPresent() && Arrays.equals(current.get().value(), expected.value());
    };
  }

  private static void checkLimit(String what, int length, int limit) {
    if (length > limit) {
      throw new LimitExceededException("a " + what + " has at most " + limit + " bytes, not " + length);
    }
  }
}
