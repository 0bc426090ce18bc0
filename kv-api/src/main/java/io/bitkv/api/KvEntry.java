package io.bitkv.api;

import java.util.Objects;

/**
 * A key of a {@link KvMap} and what it holds, as a scan meets it.
 *
 * {@snippet file="io/bitkv/api/SnippetsTest.java" region="entry"}
 *
 * @param <K> the type of the key
 * @param <V> the type of the value
 * @param key the key
 * @param value the value
 * @param version the sequence number of the write that stored it
 * @param expiresAtMillis when it expires, in milliseconds since 1970-01-01T00:00Z, or {@link Expiry#NONE}
 */
public record KvEntry<K, V>(K key, V value, long version, long expiresAtMillis) {

  /** Checks that nothing is missing. */
  public KvEntry {
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(value, "value");
  }
}
