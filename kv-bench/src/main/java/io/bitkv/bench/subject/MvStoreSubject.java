package io.bitkv.bench.subject;

import java.util.Arrays;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.type.ByteArrayDataType;

/** H2's MVStore: commits in the background, or after each put followed by a sync. */
final class MvStoreSubject implements Subject {

  private static final int COMPACT_MILLIS = 60_000;

  private final MVStore store;
  private final MVMap<byte[], byte[]> map;
  private final boolean isSynced;

  MvStoreSubject(Setup setup) {
    isSynced = setup.durability() == Durability.SYNCED;
    store = new MVStore.Builder().fileName(setup.directory().resolve("mvstore.db").toString()).open();
    map =
        store.openMap(
            "bench",
            new MVMap.Builder<byte[], byte[]>()
                .keyType(ByteArrayDataType.INSTANCE)
                .valueType(ByteArrayDataType.INSTANCE));
  }

  @Override
  public void put(byte[] key, byte[] value) {
    map.put(key, value);
    syncIfAsked();
  }

  @Override
  public byte[] get(byte[] key) {
    byte[] value = map.get(key);
    return value == null ? null : Arrays.copyOf(value, value.length);
  }

  @Override
  public void delete(byte[] key) {
    map.remove(key);
    syncIfAsked();
  }

  private void syncIfAsked() {
    if (isSynced) {
      store.commit();
      store.sync();
    }
  }

  @Override
  public void compact() {
    store.compactFile(COMPACT_MILLIS);
  }

  @Override
  public void close() {
    store.close();
  }
}
