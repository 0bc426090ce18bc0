package io.bitkv.bench.subject;

import java.util.ArrayDeque;
import java.util.Deque;
import org.rocksdb.AbstractNativeReference;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteOptions;

/** RocksDB through its JNI binding: as it comes, or tuned for point reads with a bloom filter, a large cache and large buffers. */
final class RocksSubject implements Subject {

  private final Deque<AbstractNativeReference> owned = new ArrayDeque<>();
  private final RocksDB db;
  private final WriteOptions writes;

  RocksSubject(Setup setup, boolean isTuned) throws RocksDBException {
    RocksDB.loadLibrary();
    Options options = own(new Options().setCreateIfMissing(true));
    if (isTuned) {
      BlockBasedTableConfig table =
          new BlockBasedTableConfig()
              .setFilterPolicy(own(new BloomFilter(10)))
              .setBlockCache(own(new LRUCache(1L << 30)))
              .setCacheIndexAndFilterBlocks(false);
      options
          .setTableFormatConfig(table)
          .setWriteBufferSize(256L << 20)
          .setMaxWriteBufferNumber(4)
          .setAllowMmapReads(true)
          .setIncreaseParallelism(2);
    }
    writes = own(new WriteOptions().setSync(setup.durability() == Durability.SYNCED));
    db = own(RocksDB.open(options, setup.directory().toString()));
  }

  private <T extends AbstractNativeReference> T own(T resource) {
    owned.push(resource);
    return resource;
  }

  @Override
  public void put(byte[] key, byte[] value) throws RocksDBException {
    db.put(writes, key, value);
  }

  @Override
  public byte[] get(byte[] key) throws RocksDBException {
    return db.get(key);
  }

  @Override
  public void delete(byte[] key) throws RocksDBException {
    db.delete(writes, key);
  }

  @Override
  public void compact() throws RocksDBException {
    db.compactRange();
  }

  @Override
  public void close() {
    while (!owned.isEmpty()) {
      owned.pop().close();
    }
  }
}
