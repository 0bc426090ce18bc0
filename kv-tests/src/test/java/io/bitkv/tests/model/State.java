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
    return of(store, store.stats().keyspaces().keySet());
  }

  /** Reads some keyspaces, each through a snapshot. */
  public static State of(Keyspaces store, Collection<KeyspaceId> ids) {
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

  /** Checks that the reads of single keys tell the same, of those it holds and of others. */
  public void assertReadBy(Keyspaces store, Collection<KeyRef> others) {
    entries.keySet().forEach(ref -> assertReadBy(store, ref));
    others.forEach(ref -> assertReadBy(store, ref));
  }

  private void assertReadBy(Keyspaces store, KeyRef ref) {
    String expected = entries.containsKey(ref) ? show(entries.get(ref)) + " v" + entries.get(ref).version() : "absent";
    String read =
        store.keyspace(ref.keyspace())
            .getVersioned(ref.key())
            .map(found -> new KeyValue(ref.key(), found.value(), found.version(), found.expiresAtMillis()))
            .map(entry -> show(entry) + " v" + entry.version())
            .orElse("absent");
    assertEquals(expected, read, () -> "the scan, and the read of " + show(ref.keyspace(), ref.key()));
    assertEquals(entries.containsKey(ref), store.keyspace(ref.keyspace()).contains(ref.key()), "the scan, and contains");
  }

  private static String show(KeyspaceId id, byte[] key) {
    return id + "/" + Bytes.show(key);
  }

  private static String show(KeyValue entry) {
    return Bytes.show(entry.value()) + (entry.expiresAtMillis() == Expiry.NONE ? "" : " until " + entry.expiresAtMillis());
  }
}
