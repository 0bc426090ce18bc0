package io.bitkv.api;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * When a written value ceases to exist. Times have millisecond resolution; a value is gone once its time has come.
 *
 * {@snippet file="io/bitkv/api/SnippetsTest.java" region="expiry"}
 */
public sealed interface Expiry {

  /** The {@code expiresAtMillis} of a value that does not expire. */
  long NONE = 0;

  /** The value stays until it is overwritten or deleted. */
  record Never() implements Expiry {}

  /** The value keeps the expiry of the one it replaces; without one it stays. */
  record Keep() implements Expiry {}

  /**
   * The value expires some time after the write.
   *
   * @param ttl how long it lives; at least one millisecond
   */
  record After(Duration ttl) implements Expiry {
    /** Checks that the time to live is at least a millisecond. */
    public After {
      if (ttl.compareTo(Duration.ofMillis(1)) < 0) {
        throw new InvalidOptionException("a time to live must be at least 1 ms, not " + ttl);
      }
    }
  }

  /**
   * The value expires at a time.
   *
   * @param epochMillis that time in milliseconds since 1970-01-01T00:00Z; greater than 0. A time in the past deletes the key
   */
  record At(long epochMillis) implements Expiry {
    /** Checks that the time lies after 1970-01-01T00:00Z. */
    public At {
      if (epochMillis <= 0) {
        throw new InvalidOptionException("an expiry time must lie after 1970-01-01T00:00Z, not at " + epochMillis + " ms");
      }
    }
  }

  /** What {@link #never()} returns. */
  Expiry NEVER = new Never();

  /** What {@link #keep()} returns. */
  Expiry KEEP = new Keep();

  /**
   * The value stays until it is overwritten or deleted.
   *
   * @return that expiry
   */
  static Expiry never() {
    return NEVER;
  }

  /**
   * The value keeps the expiry of the one it replaces.
   *
   * @return that expiry
   */
  static Expiry keep() {
    return KEEP;
  }

  /**
   * The value expires some time after the write.
   *
   * @param ttl how long it lives; at least one millisecond
   * @return that expiry
   */
  static Expiry after(Duration ttl) {
    return new After(ttl);
  }

  /**
   * The value expires at an instant.
   *
   * @param instant when
   * @return that expiry
   */
  static Expiry at(Instant instant) {
    return new At(instant.toEpochMilli());
  }

  /**
   * Works out the expiry time of a write.
   *
   * @param current the expiry time of the value that is replaced, or {@link #NONE}
   * @param clock what tells the time of the write
   * @return milliseconds since 1970-01-01T00:00Z, or {@link #NONE}
   * @throws InvalidOptionException if the time lies beyond what a {@code long} holds
   */
  default long resolve(long current, InstantSource clock) {
    return switch (this) {
      case Never never -> NONE;
      case Keep keep -> current;
      case At at -> at.epochMillis();
      case After after -> {
        try {
          yield Math.addExact(clock.millis(), after.ttl().toMillis());
        } catch (ArithmeticException e) {
          throw new InvalidOptionException("a time to live of " + after.ttl() + " ends beyond the calendar", e);
        }
      }
    };
  }
}
