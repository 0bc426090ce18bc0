package io.bitkv.tests.contract;

import static io.bitkv.tests.contract.Subject.assertAbsent;
import static io.bitkv.tests.contract.Subject.assertHolds;
import static io.bitkv.tests.model.Bytes.bytes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitkv.api.Expiry;
import io.bitkv.api.InvalidOptionException;
import io.bitkv.api.KeyRef;
import io.bitkv.api.KeyspaceId;
import io.bitkv.api.Put;
import io.bitkv.api.WriteBatch;
import io.bitkv.tests.model.Bytes;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** A batch is applied as one step, across keyspaces, wholly or not at all. */
interface BatchesContract extends Subject {

  KeyspaceId OTHER = new KeyspaceId.Named("other");

  private static KeyRef ref(String key) {
    return new KeyRef(KeyspaceId.DEFAULT, bytes(key));
  }

  private long expiresAt(String key) {
    return store().getVersioned(bytes(key)).orElseThrow().expiresAtMillis();
  }

  @Test
  default void batchWritesAndDeletesAcrossKeyspaces() {
    store().put(bytes("gone"), bytes("old"));
    store().keyspace(OTHER).put(bytes("gone too"), bytes("old"));
    store()
        .commit(
            new WriteBatch()
                .put(bytes("a"), bytes("1"))
                .delete(bytes("gone"))
                .put(OTHER, bytes("a"), bytes("2"))
                .delete(new KeyRef(OTHER, bytes("gone too")))
                .put(new KeyspaceId.Numbered(9), bytes("a"), bytes("3")));
    assertHolds(bytes("1"), store(), bytes("a"));
    assertHolds(bytes("2"), store().keyspace(OTHER), bytes("a"));
    assertHolds(bytes("3"), store().keyspace(9), bytes("a"));
    assertAbsent(store(), bytes("gone"));
    assertAbsent(store().keyspace(OTHER), bytes("gone too"));
  }

  @Test
  default void emptyBatchWritesNothing() {
    long before = store().put(bytes("key"), bytes("value"));
    assertEquals(0, store().commit(new WriteBatch()));
    assertEquals(before, store().getVersioned(bytes("key")).orElseThrow().version());
  }

  @Test
  default void laterWritesOfAKeyWinInABatch() {
    store()
        .commit(
            new WriteBatch()
                .put(bytes("a"), bytes("1"))
                .put(bytes("a"), bytes("2"))
                .put(bytes("b"), bytes("1"))
                .delete(bytes("b"))
                .delete(bytes("c"))
                .put(bytes("c"), bytes("1")));
    assertHolds(bytes("2"), store(), bytes("a"));
    assertAbsent(store(), bytes("b"));
    assertHolds(bytes("1"), store(), bytes("c"));
    assertEquals(2, store().size());
  }

  @Test
  default void durableBatchIsAppliedLikeAnyOther() {
    long version = store().commit(new WriteBatch().put(bytes("a"), bytes("1")).delete(bytes("b")).durable());
    assertEquals(version, store().getVersioned(bytes("a")).orElseThrow().version());
    assertEquals(0, store().commit(new WriteBatch().durable()));
  }

  @Test
  default void commitReturnsTheVersionOfTheLastWrite() {
    long version = store().commit(new WriteBatch().put(bytes("a"), bytes("1")).put(bytes("b"), bytes("1")));
    assertEquals(version, store().getVersioned(bytes("b")).orElseThrow().version());
  }

  @Test
  default void deletingAbsentKeysInABatchIsNoError() {
    store().commit(new WriteBatch().delete(bytes("none")).delete(bytes("none")));
    assertAbsent(store(), bytes("none"));
    assertEquals(0, store().size());
  }

  @Test
  default void expiriesOfABatchAreThoseOfSingleWrites() {
    store().put(bytes("keeps"), bytes("old"), Put.expiringAfter(Duration.ofHours(5)));
    store().put(bytes("drops"), bytes("old"), Put.expiringAfter(Duration.ofHours(5)));
    store().put(bytes("past"), bytes("old"));
    long kept = expiresAt("keeps");
    Instant when = Instant.ofEpochMilli(4_102_444_800_000L);
    store()
        .commit(
            new WriteBatch()
                .put(ref("keeps"), bytes("new"), Expiry.KEEP)
                .put(bytes("drops"), bytes("new"))
                .put(ref("past"), bytes("new"), Expiry.at(Instant.ofEpochMilli(1)))
                .put(ref("at"), bytes("new"), Expiry.at(when))
                .put(ref("at then kept"), bytes("new"), Expiry.at(when))
                .put(ref("at then kept"), bytes("newer"), Expiry.KEEP));
    assertEquals(kept, expiresAt("keeps"));
    assertEquals(Expiry.NONE, expiresAt("drops"));
    assertAbsent(store(), bytes("past"));
    assertEquals(when.toEpochMilli(), expiresAt("at"));
    assertEquals(when.toEpochMilli(), expiresAt("at then kept"));
  }

  @Test
  default void batchWithAnExpiryBeyondTheCalendarIsRefusedWhole() {
    WriteBatch batch =
        new WriteBatch()
            .put(bytes("a"), bytes("1"))
            .put(ref("b"), bytes("1"), Expiry.after(Duration.ofSeconds(Long.MAX_VALUE)))
            .put(bytes("c"), bytes("1"));
    assertThrows(InvalidOptionException.class, () -> store().commit(batch));
    assertEquals(0, store().size());
  }

  @Test
  default void batchOfThousandsIsOneStep() {
    WriteBatch batch = new WriteBatch();
    for (int i = 0; i < 5000; i++) {
      batch.put(bytes("key" + i % 3000), Bytes.random(i, i % 50));
    }
    store().commit(batch);
    assertEquals(3000, store().size());
    assertHolds(Bytes.random(4999, 4999 % 50), store(), bytes("key1999"));
    assertHolds(Bytes.random(2999, 2999 % 50), store(), bytes("key2999"));
  }

  @Test
  default void committedBatchCanBeCommittedAgain() {
    WriteBatch batch = new WriteBatch().put(bytes("a"), bytes("1")).delete(bytes("b"));
    long first = store().commit(batch);
    store().put(bytes("a"), bytes("2"));
    store().put(bytes("b"), bytes("2"));
    assertTrue(store().commit(batch) > first);
    assertHolds(bytes("1"), store(), bytes("a"));
    assertAbsent(store(), bytes("b"));
  }
}
