package io.bitkv.api;

import java.util.Arrays;
import java.util.Objects;

/**
 * A key in its keyspace: what {@link KeyValueStore#atomically} takes to know which keys it guards.
 *
 * {@snippet file="io/bitkv/api/SnippetsTest.java" region="keyRef"}
 *
 * @param keyspace where the key lives
 * @param key the key's bytes; not copied, so they must not be changed afterwards
 */
public record KeyRef(KeyspaceId keyspace, byte[] key) {

  /** Checks that nothing is missing. */
  public KeyRef {
    Objects.requireNonNull(keyspace, "keyspace");
    Objects.requireNonNull(key, "key");
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof KeyRef that && keyspace.equals(that.keyspace) && Arrays.equals(key, that.key);
  }

  @Override
  public int hashCode() {
    return 31 * keyspace.hashCode() + Arrays.hashCode(key);
  }
}
