package io.bitkv.engine;

import io.bitkv.api.KeyRef;
import io.bitkv.api.KeyValueStore;
import io.bitkv.api.Keyspace;
import io.bitkv.api.KeyspaceId;
import io.bitkv.api.Transaction;
import io.bitkv.api.WriteBatch;
import java.util.Collection;
import java.util.function.Function;

/** A store whose writes never wait for a sync; closing it does nothing. */
record DeferredStore(KVStore store) implements KeyValueStore {
  @Override
  public Keyspace keyspace(KeyspaceId id) {
    return new KVKeyspace(store, id, true);
  }

  @Override
  public <R> R atomically(Collection<KeyRef> keys, Function<? super Transaction, ? extends R> body) {
    return store.atomically(keys, body, true);
  }

  @Override
  public long commit(WriteBatch batch) {
    return store.commit(batch, true);
  }

  @Override
  public void close() {}
}
