package io.bitkv.tests.contract;

import static io.bitkv.tests.contract.Subject.assertAbsent;
import static io.bitkv.tests.contract.Subject.assertHolds;
import static io.bitkv.tests.model.Bytes.bytes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitkv.api.Keyspace;
import org.junit.jupiter.api.Test;

/** What is deleted is gone until it is written again, and only that. */
interface DeletesContract extends Subject {

  @Test
  default void deletedKeyIsGoneByEveryRead() {
    store().put(bytes("key"), bytes("value"));
    assertTrue(store().delete(bytes("key")).isPresent());
    assertAbsent(store(), bytes("key"));
    assertEquals(0, store().size());
  }

  @Test
  default void deletingAnAbsentKeyIsEmpty() {
    assertFalse(store().delete(bytes("key")).isPresent());
    store().put(bytes("key"), bytes("value"));
    store().delete(bytes("key"));
    assertFalse(store().delete(bytes("key")).isPresent());
  }

  @Test
  default void deleteLeavesOtherKeysAlone() {
    store().put(bytes("a"), bytes("1"));
    store().put(bytes("ab"), bytes("2"));
    store().delete(bytes("a"));
    assertHolds(bytes("2"), store(), bytes("ab"));
  }

  @Test
  default void deletedKeyCanBeWrittenAgain() {
    for (int round = 0; round < 3; round++) {
      store().put(bytes("key"), bytes("value" + round));
      assertHolds(bytes("value" + round), store(), bytes("key"));
      store().delete(bytes("key"));
      assertAbsent(store(), bytes("key"));
    }
  }

  @Test
  default void deletingDoesNotUncoverAnOlderValue() {
    store().put(bytes("key"), bytes("old"));
    store().put(bytes("key"), bytes("new"));
    store().delete(bytes("key"));
    assertAbsent(store(), bytes("key"));
  }

  @Test
  default void clearDeletesEveryKeyOfItsKeyspaceAndNoOther() {
    Keyspace other = store().keyspace(1);
    for (int i = 0; i < 300; i++) {
      store().put(bytes("key" + i), bytes("value"));
    }
    other.put(bytes("key1"), bytes("stays"));
    store().clear();
    assertEquals(0, store().size());
    assertAbsent(store(), bytes("key1"));
    assertAbsent(store(), bytes("key299"));
    assertFalse(store().randomKey().isPresent());
    assertHolds(bytes("stays"), other, bytes("key1"));
  }

  @Test
  default void clearedKeyspaceCanBeWrittenAgain() {
    store().put(bytes("a"), bytes("old"));
    store().put(bytes("b"), bytes("old"));
    store().clear();
    store().put(bytes("a"), bytes("new"));
    assertHolds(bytes("new"), store(), bytes("a"));
    assertAbsent(store(), bytes("b"));
    assertEquals(1, store().size());
  }

  @Test
  default void clearingAnEmptyKeyspaceChangesNothing() {
    store().clear();
    store().put(bytes("a"), bytes("1"));
    store().keyspace("empty").clear();
    assertHolds(bytes("1"), store(), bytes("a"));
    assertEquals(0, store().keyspace("empty").size());
  }
}
