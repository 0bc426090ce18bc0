package io.bitkv.api;

import java.util.Arrays;
import java.util.Objects;

/**
 * A key and what it holds, as a scan meets it.
 *
 * {@snippet file="io/bitkv/api/ReportSnippetsTest.java" region="entries"}
 *
 * @param key the key's bytes
 * @param value the value's bytes
 * @param version the sequence number of the write that stored it
 * @param expiresAtMillis when it expires, in milliseconds since 1970-01-01T00:00Z, or {@link Expiry#NONE}
 */
public record KeyValue(byte[] key, byte[] value, long version, long expiresAtMillis) {

  /** Checks that nothing is missing. */
  public KeyValue {
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(value, "value");
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof KeyValue that
        && Arrays.equals(key, that.key)
        && Arrays.equals(value, that.value)
        && version == that.version
        && expiresAtMillis == that.expiresAtMillis;
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(key) + Long.hashCode(version);
  }
}
