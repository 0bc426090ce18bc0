package io.bitkv.tests.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitkv.api.Keyspace;
import io.bitkv.api.KeyValue;
import io.bitkv.api.KeyValueStore;
import io.bitkv.api.Scan;
import io.bitkv.tests.model.Bytes;
import io.bitkv.tests.model.ManualClock;
import java.util.List;
import java.util.stream.Stream;

/** The store under test, as the parts of the contract see it. */
interface Subject {

  /** The store, empty at the beginning of each test. */
  KeyValueStore store();

  /** The clock that the store was opened with; one that has its own ignores it. */
  ManualClock clock();

  /** Checks by every way of reading one key that it holds this value. */
  static void assertHolds(byte[] expected, Keyspace keyspace, byte[] key) {
    assertArrayEquals(expected, keyspace.get(key).orElseThrow());
    assertArrayEquals(expected, keyspace.getVersioned(key).orElseThrow().value());
    assertArrayEquals(expected, keyspace.read(key, view -> view.toByteArray()).orElseThrow());
    assertArrayEquals(expected, keyspace.getAll(List.of(key)).getFirst().orElseThrow());
    assertTrue(keyspace.contains(key));
    List<KeyValue> met = entries(keyspace, Scan.prefix(key)).stream().filter(entry -> entry.key().length == key.length).toList();
    assertTrue(!met.isEmpty(), "the key is not met by a scan");
    met.forEach(entry -> assertArrayEquals(expected, entry.value()));
  }

  /** Checks by every way of reading that a key does not exist. */
  static void assertAbsent(Keyspace keyspace, byte[] key) {
    assertFalse(keyspace.get(key).isPresent());
    assertFalse(keyspace.getVersioned(key).isPresent());
    assertFalse(keyspace.read(key, view -> "met").isPresent());
    assertFalse(keyspace.getAll(List.of(key)).getFirst().isPresent());
    assertFalse(keyspace.contains(key));
    assertFalse(keys(keyspace, Scan.all()).contains(Bytes.show(key)), "a deleted key is met by a scan");
    assertFalse(Cursors.walk(keyspace, 100).contains(Bytes.show(key)), "a deleted key is met by a cursor");
  }

  /** What a scan meets. */
  static List<KeyValue> entries(Keyspace keyspace, Scan scan) {
    try (Stream<KeyValue> entries = keyspace.entries(scan)) {
      return entries.toList();
    }
  }

  /** The keys that a scan meets, in its order, as {@link Bytes#show} writes them. */
  static List<String> keys(Keyspace keyspace, Scan scan) {
    try (Stream<byte[]> keys = keyspace.keys(scan)) {
      return keys.map(Bytes::show).toList();
    }
  }
}
