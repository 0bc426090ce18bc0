package io.bitkv.bench.subject;

import io.bitkv.api.DirectoryKind;
import io.bitkv.api.EmbeddedStore;
import io.bitkv.api.KeyValueStore;
import io.bitkv.api.Keyspace;
import io.bitkv.api.KeyspaceId;
import io.bitkv.api.StoreOptions;
import io.bitkv.api.SyncPolicy;
import java.time.Duration;

/** The engine of this project, through its public API and with its default options but for the sync policy. */
final class BitkvSubject implements Subject {

  private final EmbeddedStore store;
  private final Keyspace keyspace;

  BitkvSubject(Setup setup, DirectoryKind kind) {
    SyncPolicy policy = setup.durability() == Durability.SYNCED ? SyncPolicy.always() : SyncPolicy.every(Duration.ofSeconds(1));
    store = KeyValueStore.open(setup.directory(), StoreOptions.defaults().withDirectoryKind(kind).withSyncPolicy(policy));
    keyspace = store.keyspace(KeyspaceId.DEFAULT);
  }

  @Override
  public void put(byte[] key, byte[] value) {
    keyspace.put(key, value);
  }

  @Override
  public byte[] get(byte[] key) {
    return keyspace.get(key).orElse(null);
  }

  @Override
  public void delete(byte[] key) {
    keyspace.delete(key);
  }

  @Override
  public void compact() {
    store.merges().run(true);
  }

  @Override
  public void close() {
    store.close();
  }
}
