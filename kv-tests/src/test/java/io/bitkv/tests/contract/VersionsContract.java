package io.bitkv.tests.contract;

import static io.bitkv.tests.model.Bytes.bytes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitkv.api.Expiry;
import io.bitkv.api.Keyspace;
import io.bitkv.api.KeyspaceId;
import io.bitkv.api.KeyValue;
import io.bitkv.api.Put;
import io.bitkv.api.Scan;
import io.bitkv.api.WriteBatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each write has a version, and a later write of any key has a greater one. */
interface VersionsContract extends Subject {

  private long versionOf(Keyspace keyspace, String key) {
    return keyspace.getVersioned(bytes(key)).orElseThrow().version();
  }

  private static void assertIncreasing(List<Long> versions) {
    assertTrue(versions.getFirst() > 0, () -> "a version is not above 0: " + versions);
    for (int i = 1; i < versions.size(); i++) {
      assertTrue(versions.get(i) > versions.get(i - 1), () -> "versions do not increase: " + versions);
    }
  }

  @Test
  default void versionsIncreaseFromWriteToWriteOfAnyKeyspace() {
    Keyspace named = store().keyspace("named");
    List<Long> versions = new ArrayList<>();
    versions.add(store().put(bytes("a"), bytes("1")));
    versions.add(named.put(bytes("a"), bytes("1")));
    versions.add(store().put(bytes("b"), bytes("1"), Put.ifAbsent()).orElseThrow());
    versions.add(store().put(bytes("a"), bytes("1")));
    versions.add(store().delete(bytes("b")).orElseThrow());
    versions.add(store().expire(bytes("a"), Expiry.after(Duration.ofHours(1))).orElseThrow());
    versions.add(store().commit(new WriteBatch().put(bytes("a"), bytes("2")).put(bytes("b"), bytes("2"))));
    versions.add(named.clear());
    versions.add(store().put(bytes("a"), bytes("3")));
    assertIncreasing(versions);
  }

  @Test
  default void readsShowTheVersionThatTheWriteReturned() {
    long version = store().put(bytes("key"), bytes("value"));
    store().put(bytes("other"), bytes("value"));
    assertEquals(version, versionOf(store(), "key"));
    assertEquals(version, store().read(bytes("key"), view -> view.version()).orElseThrow());
    List<KeyValue> met = Subject.entries(store(), Scan.prefix(bytes("key")));
    assertEquals(List.of(version), met.stream().map(KeyValue::version).toList());
  }

  @Test
  default void expiryChangeIsAVersionOfItsOwn() {
    store().put(bytes("key"), bytes("value"));
    long version = store().expire(bytes("key"), Expiry.after(Duration.ofHours(1))).orElseThrow();
    assertEquals(version, versionOf(store(), "key"));
  }

  @Test
  default void versionsOfABatchIncreaseInItsOrder() {
    long before = store().put(bytes("a"), bytes("0"));
    long last =
        store()
            .commit(
                new WriteBatch()
                    .put(bytes("c"), bytes("1"))
                    .put(new KeyspaceId.Named("other"), bytes("b"), bytes("1"))
                    .put(bytes("a"), bytes("1")));
    List<Long> versions =
        List.of(before, versionOf(store(), "c"), versionOf(store().keyspace("other"), "b"), versionOf(store(), "a"));
    assertIncreasing(versions);
    assertEquals(last, versions.getLast());
  }

  @Test
  default void readingMakesNoVersions() {
    long first = store().put(bytes("a"), bytes("1"));
    store().get(bytes("a"));
    store().delete(bytes("absent"));
    store().put(bytes("a"), bytes("2"), Put.ifAbsent());
    assertEquals(first, versionOf(store(), "a"));
  }
}
