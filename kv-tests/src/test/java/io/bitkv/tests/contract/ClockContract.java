package io.bitkv.tests.contract;

import static io.bitkv.tests.contract.Subject.assertAbsent;
import static io.bitkv.tests.contract.Subject.assertHolds;
import static io.bitkv.tests.model.Bytes.bytes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitkv.api.Condition;
import io.bitkv.api.Expiry;
import io.bitkv.api.Put;
import io.bitkv.api.Scan;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Expiry to the millisecond, for stores that take the time from the clock that the tests move by hand. */
interface ClockContract extends Subject {

  private static Put ttl(long millis) {
    return Put.expiringAfter(Duration.ofMillis(millis));
  }

  private long expiresAt(String key) {
    return store().getVersioned(bytes(key)).orElseThrow().expiresAtMillis();
  }

  private boolean put(String value, Put options) {
    return store().put(bytes("key"), bytes(value), options).isPresent();
  }

  private boolean delete(Condition condition) {
    return store().delete(bytes("key"), condition).isPresent();
  }

  @Test
  default void valueLivesUntilItsTimeAndIsGoneThenByEveryRead() {
    store().put(bytes("key"), bytes("value"), ttl(1000));
    clock().advance(999);
    assertHolds(bytes("value"), store(), bytes("key"));
    clock().advance(1);
    assertAbsent(store(), bytes("key"));
    assertFalse(store().randomKey().isPresent());
    assertEquals(List.of(), Subject.entries(store(), Scan.all().snapshot()));
  }

  @Test
  default void readsShowTheExpiryTime() {
    long expected = clock().millis() + 1500;
    store().put(bytes("key"), bytes("value"), ttl(1500));
    assertEquals(expected, expiresAt("key"));
    assertEquals(Instant.ofEpochMilli(expected), store().getVersioned(bytes("key")).orElseThrow().expiresAt().orElseThrow());
    assertEquals(expected, store().read(bytes("key"), view -> view.expiresAtMillis()).orElseThrow());
    assertEquals(expected, Subject.entries(store(), Scan.all()).getFirst().expiresAtMillis());
  }

  @Test
  default void keepExpiryTakesNothingFromAnExpiredValue() {
    store().put(bytes("key"), bytes("value"), ttl(10));
    clock().advance(10);
    store().put(bytes("key"), bytes("next"), Put.always().keepExpiry());
    assertEquals(Expiry.NONE, expiresAt("key"));
    assertHolds(bytes("next"), store(), bytes("key"));
  }

  @Test
  default void expireOfAnExpiredKeyDoesNotReviveIt() {
    store().put(bytes("key"), bytes("value"), ttl(10));
    clock().advance(10);
    assertFalse(store().expire(bytes("key"), Expiry.NEVER).isPresent());
    assertAbsent(store(), bytes("key"));
  }

  @Test
  @DisplayName("F36 expiredValueDoesNotUncoverAnOlderOne")
  default void expiredValueDoesNotUncoverAnOlderOne() {
    store().put(bytes("key"), bytes("older"));
    store().put(bytes("key"), bytes("newer"), ttl(10));
    clock().advance(10);
    assertAbsent(store(), bytes("key"));
  }

  @Test
  default void valueWrittenOverAnExpiredOneStays() {
    store().put(bytes("key"), bytes("old"), ttl(10));
    clock().advance(10);
    store().put(bytes("key"), bytes("new"));
    clock().advance(Duration.ofDays(365));
    assertHolds(bytes("new"), store(), bytes("key"));
  }

  @Test
  default void expiredKeyCountsAsAbsent() {
    long version = store().put(bytes("key"), bytes("old"), Put.expiringAfter(Duration.ofMillis(5))).orElseThrow();
    clock().advance(5);
    assertFalse(put("new", Put.ifPresent()));
    assertFalse(put("new", Put.ifVersion(version)));
    assertFalse(put("new", Put.ifEquals(bytes("old"))));
    assertFalse(delete(Condition.IF_PRESENT));
    assertFalse(delete(Condition.ALWAYS));
    assertTrue(put("new", Put.ifAbsent()));
    assertHolds(bytes("new"), store(), bytes("key"));
  }
}
