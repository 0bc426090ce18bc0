package io.bitkv.bench.subject;

import org.mapdb.DB;
import org.mapdb.DBMaker;
import org.mapdb.HTreeMap;
import org.mapdb.Serializer;

/** MapDB's hash map in a mapped file: without a log, or with its write-ahead log and a commit after each put. */
final class MapDbSubject implements Subject {

  private final DB db;
  private final HTreeMap<byte[], byte[]> map;
  private final boolean isSynced;

  MapDbSubject(Setup setup) {
    isSynced = setup.durability() == Durability.SYNCED;
    DBMaker.Maker maker = DBMaker.fileDB(setup.directory().resolve("map.db").toString()).fileMmapEnable().fileMmapPreclearDisable();
    db = isSynced ? maker.transactionEnable().make() : maker.make();
    map = db.hashMap("bench", Serializer.BYTE_ARRAY, Serializer.BYTE_ARRAY).createOrOpen();
  }

  @Override
  public void put(byte[] key, byte[] value) {
    map.put(key, value);
    commitIfAsked();
  }

  @Override
  public byte[] get(byte[] key) {
    return map.get(key);
  }

  @Override
  public void delete(byte[] key) {
    map.remove(key);
    commitIfAsked();
  }

  private void commitIfAsked() {
    if (isSynced) {
      db.commit();
    }
  }

  @Override
  public void compact() {
    db.getStore().compact();
  }

  @Override
  public void close() {
    db.close();
  }
}
