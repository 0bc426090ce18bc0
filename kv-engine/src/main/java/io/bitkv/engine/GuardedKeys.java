package io.bitkv.engine;

import io.bitkv.api.KeyRef;
import io.bitkv.api.KeyspaceId;
import java.util.Set;

/** Which keys a transaction may use: those that were named, or all. */
final class GuardedKeys {
  private static final GuardedKeys ALL = new GuardedKeys(null);

  private final Set<KeyRef> keys;

  private GuardedKeys(Set<KeyRef> keys) {
    this.keys = keys;
  }

  static GuardedKeys all() {
    return ALL;
  }

  static GuardedKeys only(Set<KeyRef> keys) {
    return new GuardedKeys(keys);
  }

  void check(KeyspaceId keyspace, byte[] key) {
    if (keys != null && !keys.contains(new KeyRef(keyspace, key))) {
      throw new IllegalArgumentException(
          "the transaction does not guard this key of keyspace " + keyspace + "; name it when the transaction begins");
    }
  }

  void checkWhole(KeyspaceId keyspace) {
    if (keys != null) {
      throw new IllegalArgumentException(
          "the transaction guards some keys, not keyspace " + keyspace + " as a whole; use exclusively for that");
    }
  }
}
