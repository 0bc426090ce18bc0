package io.bitkv.tests.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.bitkv.api.EmbeddedStore;
import io.bitkv.api.Expiry;
import io.bitkv.api.Keyspaces;
import io.bitkv.api.KeyRef;
import io.bitkv.api.KeyspaceId;
import io.bitkv.api.KeyValue;
import io.bitkv.api.Put;
import io.bitkv.api.Scan;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Everything a store holds at one moment.
 *
 * @param entries what each key holds
 */
public record State(Map<KeyRef, KeyValue> entries) {

  /** What an empty store holds. */
  public static final State EMPTY = new State(Map.of());

  /** Takes an unmodifiable copy. */
  public State {
    entries = Map.copyOf(entries);
  }

  /** Reads every keyspace in which the store says there are keys. */
  public static State of(EmbeddedStore store) {
    return ofKeyspaces(store, store.stats().keyspaces().keySet());
  }

  /** Reads some keyspaces, each through a snapshot. */
  public static State ofKeyspaces(Keyspaces store, Collection<KeyspaceId> ids) {
    Map<KeyRef, KeyValue> entries = new HashMap<>();
    for (KeyspaceId id : ids) {
      try (Stream<KeyValue> all = store.keyspace(id).entries(Scan.all().snapshot())) {
        all.forEach(
            entry ->
                assertNull(entries.put(new KeyRef(id, entry.key()), entry), () -> "a snapshot met " + show(id, entry.key()) + " twice"));
      }
    }
    return new State(entries);
  }

  /** Reads some keys, one by one. */
  public static State ofKeys(Keyspaces store, Iterable<KeyRef> refs) {
    Map<KeyRef, KeyValue> entries = new HashMap<>();
    for (KeyRef ref : refs) {
      store
          .keyspace(ref.keyspace())
          .getVersioned(ref.key())
          .ifPresent(found -> entries.put(ref, new KeyValue(ref.key(), found.value(), found.version(), found.expiresAtMillis())));
    }
    return new State(entries);
  }

  /** What is left of it at a later time. */
  public State at(long millis) {
    Map<KeyRef, KeyValue> left = new HashMap<>(entries);
    left.values().removeIf(entry -> entry.expiresAtMillis() != Expiry.NONE && entry.expiresAtMillis() <= millis);
    return new State(left);
  }

  /** What it holds without the versions, for people and for comparisons. */
  public Map<String, String> content() {
    Map<String, String> content = new TreeMap<>();
    entries.forEach((ref, entry) -> content.put(show(ref.keyspace(), ref.key()), show(entry)));
    return content;
  }

  /** What it holds with the versions. */
  public Map<String, String> contentWithVersions() {
    Map<String, String> content = content();
    entries.forEach((ref, entry) -> content.merge(show(ref.keyspace(), ref.key()), " v" + entry.version(), String::concat));
    return content;
  }

  /** Writes it into an empty store. */
  public void putInto(Keyspaces store) {
    entries.forEach(
        (ref, entry) -> {
          Expiry expiry = entry.expiresAtMillis() == Expiry.NONE ? Expiry.NEVER : new Expiry.At(entry.expiresAtMillis());
          store.keyspace(ref.keyspace()).put(ref.key(), entry.value(), Put.always().expiring(expiry));
        });
  }

  private static String show(KeyspaceId id, byte[] key) {
    return id + "/" + Bytes.show(key);
  }

  private static String show(KeyValue entry) {
    return Bytes.show(entry.value()) + (entry.expiresAtMillis() == Expiry.NONE ? "" : " until " + entry.expiresAtMillis());
  }
}
