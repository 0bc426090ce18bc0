package io.bitkv.server;

import io.bitkv.api.KeyRef;
import io.bitkv.api.Keyspace;
import io.bitkv.api.KeyspaceId;
import io.bitkv.api.Keyspaces;
import java.util.ArrayList;
import java.util.List;

/** The numbered databases that clients select: each is the store's keyspace of that number. */
final class Databases {

  private final List<KeyspaceId> ids = new ArrayList<>();
  private final List<Keyspace> keyspaces = new ArrayList<>();

  /** Makes the databases 0 to {@code count}, exclusive, of a store. */
  Databases(Keyspaces store, int count) {
    for (int i = 0; i < count; i++) {
      KeyspaceId id = new KeyspaceId.Numbered(i);
      ids.add(id);
      keyspaces.add(store.keyspace(id));
    }
  }

  int count() {
    return ids.size();
  }

  /** The keyspace of a database, outside any transaction. */
  Keyspace keyspace(int database) {
    return keyspaces.get(database);
  }

  /** The keyspace of a database as a transaction sees it. */
  Keyspace keyspace(int database, Keyspaces transaction) {
    return transaction.keyspace(ids.get(database));
  }

  /** A key of a database. */
  KeyRef ref(int database, byte[] key) {
    return new KeyRef(ids.get(database), key);
  }

  /**
   * Checks that a number is a database's.
   *
   * @throws CommandException if it is not
   */
  int checked(long number) {
    if (number < 0 || number >= ids.size()) {
      throw CommandException.DATABASE_OUT_OF_RANGE;
    }
    return (int) number;
  }
}
