package io.bitkv.tests.contract;

import static io.bitkv.tests.contract.Subject.assertAbsent;
import static io.bitkv.tests.contract.Subject.assertHolds;
import static io.bitkv.tests.model.Bytes.bytes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitkv.api.Condition;
import io.bitkv.api.Expiry;
import io.bitkv.api.InvalidOptionException;
import io.bitkv.api.Put;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Values cease to exist when their time has come, and not before. */
interface ExpiryContract extends Subject {

  private static Put ttl(long millis) {
    return Put.expiringAfter(Duration.ofMillis(millis));
  }

  private long expiresAt(String key) {
    return store().getVersioned(bytes(key)).orElseThrow().expiresAtMillis();
  }

  @Test
  default void valueExpiresByTheStoresOwnClock() {
    store().put(bytes("key"), bytes("value"), ttl(1));
    clock().advance(1);
    assertTimeoutPreemptively(
        Duration.ofSeconds(30),
        () -> {
          while (store().contains(bytes("key"))) {
            Thread.onSpinWait();
          }
        });
    assertAbsent(store(), bytes("key"));
  }

  @Test
  default void expiryAtAnInstantIsKeptToTheMillisecond() {
    Instant when = Instant.ofEpochMilli(4_102_444_800_123L);
    store().put(bytes("key"), bytes("value"), Put.always().expiresAt(when));
    assertEquals(when.toEpochMilli(), expiresAt("key"));
  }

  @Test
  default void valueWithoutExpirySaysSo() {
    store().put(bytes("key"), bytes("value"));
    assertEquals(Expiry.NONE, expiresAt("key"));
    assertFalse(store().getVersioned(bytes("key")).orElseThrow().expiresAt().isPresent());
  }

  @Test
  default void plainPutDropsTheExpiry() {
    store().put(bytes("key"), bytes("value"), ttl(1_000_000));
    store().put(bytes("key"), bytes("next"));
    assertEquals(Expiry.NONE, expiresAt("key"));
  }

  @Test
  default void keepExpiryKeepsTheReplacedValuesExpiry() {
    store().put(bytes("key"), bytes("value"), ttl(1_000_000));
    long expected = expiresAt("key");
    store().put(bytes("key"), bytes("next"), Put.always().keepExpiry());
    assertHolds(bytes("next"), store(), bytes("key"));
    assertEquals(expected, expiresAt("key"));
  }

  @Test
  default void keepExpiryWithNothingToKeepDoesNotExpire() {
    store().put(bytes("absent"), bytes("value"), Put.always().keepExpiry());
    store().put(bytes("plain"), bytes("value"));
    store().put(bytes("plain"), bytes("next"), Put.always().keepExpiry());
    assertEquals(Expiry.NONE, expiresAt("absent"));
    assertEquals(Expiry.NONE, expiresAt("plain"));
  }

  @Test
  default void expireChangesTheTimeAndLeavesTheValue() {
    store().put(bytes("key"), bytes("value"));
    assertTrue(store().expire(bytes("key"), Expiry.at(Instant.ofEpochMilli(4_102_444_800_000L))).isPresent());
    assertHolds(bytes("value"), store(), bytes("key"));
    assertEquals(4_102_444_800_000L, expiresAt("key"));
    assertTrue(store().expire(bytes("key"), Expiry.NEVER).isPresent());
    assertHolds(bytes("value"), store(), bytes("key"));
    assertEquals(Expiry.NONE, expiresAt("key"));
  }

  @Test
  default void expireOfAnAbsentKeyIsEmptyAndMakesNone() {
    assertFalse(store().expire(bytes("key"), Expiry.after(Duration.ofHours(1))).isPresent());
    assertFalse(store().expire(bytes("key"), Expiry.NEVER).isPresent());
    assertAbsent(store(), bytes("key"));
  }

  @Test
  default void expireWithATimeInThePastDeletes() {
    store().put(bytes("key"), bytes("value"));
    assertTrue(store().expire(bytes("key"), Expiry.at(Instant.ofEpochMilli(1))).isPresent());
    assertAbsent(store(), bytes("key"));
    assertFalse(store().delete(bytes("key")).isPresent());
    assertEquals(0, store().size());
  }

  @Test
  default void putWithATimeInThePastDeletes() {
    store().put(bytes("key"), bytes("old"));
    Put past = Put.always().expiresAt(Instant.ofEpochMilli(1));
    assertTrue(store().put(bytes("key"), bytes("new"), past).isPresent());
    assertAbsent(store(), bytes("key"));
    store().put(bytes("absent"), bytes("new"), past);
    assertAbsent(store(), bytes("absent"));
    assertEquals(0, store().size());
  }

  @Test
  default void refusedPutWithATimeInThePastLeavesTheValue() {
    store().put(bytes("key"), bytes("old"));
    Put past = Put.ifAbsent().expiresAt(Instant.ofEpochMilli(1));
    assertFalse(store().put(bytes("key"), bytes("new"), past).isPresent());
    assertHolds(bytes("old"), store(), bytes("key"));
  }

  @Test
  @DisplayName("F36 timeToLiveBeyondTheCalendarIsRefused")
  default void timeToLiveBeyondTheCalendarIsRefused() {
    store().put(bytes("key"), bytes("value"));
    for (Duration ttl : List.of(Duration.ofMillis(Long.MAX_VALUE), Duration.ofSeconds(Long.MAX_VALUE))) {
      assertThrows(InvalidOptionException.class, () -> store().put(bytes("key"), bytes("new"), Put.expiringAfter(ttl)));
      assertThrows(InvalidOptionException.class, () -> store().expire(bytes("key"), Expiry.after(ttl)));
    }
    assertHolds(bytes("value"), store(), bytes("key"));
    assertEquals(Expiry.NONE, expiresAt("key"));
  }

  @Test
  default void lastMillisecondOfTheCalendarIsAnExpiryTime() {
    store().put(bytes("key"), bytes("value"), Put.always().expiring(new Expiry.At(Long.MAX_VALUE)));
    assertHolds(bytes("value"), store(), bytes("key"));
    assertEquals(Long.MAX_VALUE, expiresAt("key"));
  }

  @Test
  default void deleteOfAValueThatExpiresLeavesNothing() {
    store().put(bytes("key"), bytes("value"), ttl(1_000_000));
    assertTrue(store().delete(bytes("key"), Condition.IF_PRESENT).isPresent());
    assertAbsent(store(), bytes("key"));
  }
}
