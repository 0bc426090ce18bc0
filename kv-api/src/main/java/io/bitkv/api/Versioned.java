package io.bitkv.api;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A value together with the version that wrote it.
 *
 * {@snippet file="io/bitkv/api/SnippetsTest.java" region="versioned"}
 *
 * @param <V> the value's type
 * @param value the value
 * @param version the sequence number of the write that stored it; a later write of any key has a greater one
 * @param expiresAtMillis when it expires, in milliseconds since 1970-01-01T00:00Z, or {@link Expiry#NONE} for never
 */
public record Versioned<V>(V value, long version, long expiresAtMillis) {

  /** Checks that there is a value. */
  public Versioned {
    Objects.requireNonNull(value, "value");
  }

  /**
   * Tells when the value expires.
   *
   * @return the instant, or empty for never
   */
  public Optional<Instant> expiresAt() {
    return expiresAtMillis == Expiry.NONE ? Optional.empty() : Optional.of(Instant.ofEpochMilli(expiresAtMillis));
  }
}
