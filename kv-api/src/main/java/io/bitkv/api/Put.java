package io.bitkv.api;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * How a value is written. Immutable; each method returns a changed copy, so that options read like a sentence: {@code
 * Put.ifAbsent().ttl(Duration.ofMinutes(5)).durable()}.
 *
 * {@snippet file="io/bitkv/api/SnippetsTest.java" region="put"}
 *
 * @param condition what must hold of the key
 * @param expiry when the value ceases to exist
 * @param isDurable whether the write returns only after it is on stable storage, whatever the store's sync policy
 */
public record Put(Condition condition, Expiry expiry, boolean isDurable) {

  private static final Put PLAIN = new Put(Condition.ALWAYS, Expiry.NEVER, false);

  /** Checks that nothing is missing. */
  public Put {
    Objects.requireNonNull(condition, "condition");
    Objects.requireNonNull(expiry, "expiry");
  }

  /**
   * Writes in any case; the value does not expire.
   *
   * @return those options
   */
  public static Put always() {
    return PLAIN;
  }

  /**
   * Writes only when the key does not exist.
   *
   * @return those options
   */
  public static Put ifAbsent() {
    return PLAIN.when(Condition.IF_ABSENT);
  }

  /**
   * Writes only when the key exists.
   *
   * @return those options
   */
  public static Put ifPresent() {
    return PLAIN.when(Condition.IF_PRESENT);
  }

  /**
   * Writes only when the key was last written by that version.
   *
   * @param version see {@link Versioned#version()}
   * @return those options
   */
  public static Put ifVersion(long version) {
    return PLAIN.when(new Condition.IfVersion(version));
  }

  /**
   * Writes only when the key's value is equal.
   *
   * @param value the expected value
   * @return those options
   */
  public static Put ifEquals(byte[] value) {
    return PLAIN.when(new Condition.IfEquals(value));
  }

  /**
   * Writes in any case; the value expires after a time.
   *
   * @param ttl how long the value lives; at least one millisecond
   * @return those options
   */
  public static Put expiringAfter(Duration ttl) {
    return PLAIN.ttl(ttl);
  }

  /**
   * Changes the condition.
   *
   * @param other what must hold of the key
   * @return the changed copy
   */
  public Put when(Condition other) {
    return new Put(other, expiry, isDurable);
  }

  /**
   * Makes the value expire after a time.
   *
   * @param ttl how long it lives; at least one millisecond
   * @return the changed copy
   */
  public Put ttl(Duration ttl) {
    return expiring(Expiry.after(ttl));
  }

  /**
   * Makes the value expire at an instant.
   *
   * @param instant when
   * @return the changed copy
   */
  public Put expiresAt(Instant instant) {
    return expiring(Expiry.at(instant));
  }

  /**
   * Lets the value keep the expiry of the one it replaces.
   *
   * @return the changed copy
   */
  public Put keepExpiry() {
    return expiring(Expiry.KEEP);
  }

  /**
   * Changes the expiry.
   *
   * @param other when the value ceases to exist
   * @return the changed copy
   */
  public Put expiring(Expiry other) {
    return new Put(condition, other, isDurable);
  }

  /**
   * Makes the write return only after it is on stable storage.
   *
   * @return the changed copy
   */
  public Put durable() {
    return new Put(condition, expiry, true);
  }
}
