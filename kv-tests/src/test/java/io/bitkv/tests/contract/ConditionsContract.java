package io.bitkv.tests.contract;

import static io.bitkv.tests.contract.Subject.assertAbsent;
import static io.bitkv.tests.contract.Subject.assertHolds;
import static io.bitkv.tests.model.Bytes.bytes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitkv.api.Condition;
import io.bitkv.api.Put;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Conditional writes are applied when their condition holds, and change nothing when it does not. */
interface ConditionsContract extends Subject {

  private boolean put(String value, Put options) {
    return store().put(bytes("key"), bytes(value), options).isPresent();
  }

  private boolean delete(Condition condition) {
    return store().delete(bytes("key"), condition).isPresent();
  }

  private void assertUntouchedBy(Runnable refusedWrite) {
    var before = store().getVersioned(bytes("key")).orElseThrow();
    refusedWrite.run();
    var after = store().getVersioned(bytes("key")).orElseThrow();
    assertHolds(before.value(), store(), bytes("key"));
    assertEquals(before.version(), after.version());
    assertEquals(before.expiresAtMillis(), after.expiresAtMillis());
  }

  @Test
  default void putAlwaysIsNeverRefused() {
    assertTrue(put("1", Put.always()));
    assertTrue(put("2", Put.always()));
    assertHolds(bytes("2"), store(), bytes("key"));
  }

  @Test
  default void putIfAbsentWritesOnlyTheFirst() {
    assertTrue(put("first", Put.ifAbsent()));
    assertUntouchedBy(() -> assertFalse(put("second", Put.ifAbsent().ttl(Duration.ofHours(1)))));
    assertHolds(bytes("first"), store(), bytes("key"));
  }

  @Test
  default void putIfAbsentWritesAgainAfterADelete() {
    put("first", Put.ifAbsent());
    delete(Condition.ALWAYS);
    assertTrue(put("second", Put.ifAbsent()));
    assertHolds(bytes("second"), store(), bytes("key"));
  }

  @Test
  default void putIfPresentWritesOnlyOverAValue() {
    assertFalse(put("1", Put.ifPresent()));
    assertAbsent(store(), bytes("key"));
    put("2", Put.always());
    assertTrue(put("3", Put.ifPresent()));
    assertHolds(bytes("3"), store(), bytes("key"));
  }

  @Test
  default void putIfVersionWritesOnlyOverThatVersion() {
    long first = store().put(bytes("key"), bytes("1"));
    long second = store().put(bytes("key"), bytes("2"));
    assertUntouchedBy(() -> assertFalse(put("3", Put.ifVersion(first))));
    assertUntouchedBy(() -> assertFalse(put("3", Put.ifVersion(second + 1))));
    assertUntouchedBy(() -> assertFalse(put("3", Put.ifVersion(0))));
    assertTrue(put("3", Put.ifVersion(second)));
    assertHolds(bytes("3"), store(), bytes("key"));
  }

  @Test
  default void putIfVersionNeverHoldsOfAnAbsentKey() {
    assertFalse(put("1", Put.ifVersion(0)));
    long version = store().put(bytes("key"), bytes("1"));
    delete(Condition.ALWAYS);
    assertFalse(put("2", Put.ifVersion(version)));
    assertAbsent(store(), bytes("key"));
  }

  @Test
  default void sameValueWrittenAgainIsAnotherVersion() {
    long first = store().put(bytes("key"), bytes("same"));
    store().delete(bytes("key"));
    store().put(bytes("key"), bytes("same"));
    assertUntouchedBy(() -> assertFalse(put("new", Put.ifVersion(first))));
  }

  @Test
  default void putIfEqualsComparesEveryByte() {
    put("value", Put.always());
    for (String other : new String[] {"", "valu", "value!", "Value", "valuf"}) {
      assertUntouchedBy(() -> assertFalse(put("new", Put.ifEquals(bytes(other)))));
    }
    assertTrue(put("new", Put.ifEquals(bytes("value"))));
    assertHolds(bytes("new"), store(), bytes("key"));
  }

  @Test
  default void putIfEqualsTellsAnEmptyValueFromNone() {
    assertFalse(put("1", Put.ifEquals(new byte[0])));
    put("", Put.always());
    assertTrue(put("1", Put.ifEquals(new byte[0])));
    assertHolds(bytes("1"), store(), bytes("key"));
  }

  @Test
  default void deleteIfPresentDeletesAnyValue() {
    assertFalse(delete(Condition.IF_PRESENT));
    put("1", Put.always());
    assertTrue(delete(Condition.IF_PRESENT));
    assertAbsent(store(), bytes("key"));
  }

  @Test
  default void deleteIfAbsentNeverDeletes() {
    assertFalse(delete(Condition.IF_ABSENT));
    put("1", Put.always());
    assertUntouchedBy(() -> assertFalse(delete(Condition.IF_ABSENT)));
  }

  @Test
  default void deleteIfVersionDeletesOnlyThatVersion() {
    long first = store().put(bytes("key"), bytes("1"));
    long second = store().put(bytes("key"), bytes("2"));
    assertUntouchedBy(() -> assertFalse(delete(new Condition.IfVersion(first))));
    assertTrue(delete(new Condition.IfVersion(second)));
    assertAbsent(store(), bytes("key"));
  }

  @Test
  default void deleteIfEqualsDeletesOnlyThatValue() {
    put("value", Put.always());
    assertUntouchedBy(() -> assertFalse(delete(new Condition.IfEquals(bytes("other")))));
    assertTrue(delete(new Condition.IfEquals(bytes("value"))));
    assertAbsent(store(), bytes("key"));
  }
}
