package io.bitkv.bench.subject;

import static org.lmdbjava.DbiFlags.MDB_CREATE;

import java.nio.ByteBuffer;
import org.lmdbjava.ByteBufferProxy;
import org.lmdbjava.Dbi;
import org.lmdbjava.Env;
import org.lmdbjava.EnvFlags;
import org.lmdbjava.Txn;

/** LMDB through lmdbjava: one transaction a put; without sync where durability is left to the background. */
final class LmdbSubject implements Subject {

  private static final int MAX_READERS = 256;

  private final Env<ByteBuffer> env;
  private final Dbi<ByteBuffer> dbi;
  private final ThreadLocal<ByteBuffer> keys = ThreadLocal.withInitial(() -> ByteBuffer.allocateDirect(511));
  private final ThreadLocal<ByteBuffer> values;
  private final ThreadLocal<Txn<ByteBuffer>> readers;

  LmdbSubject(Setup setup) {
    Env.Builder<ByteBuffer> builder =
        Env.create(ByteBufferProxy.PROXY_OPTIMAL)
            .setMapSize(Math.max(1L << 30, setup.keys() * (setup.valueBytes() + 64L) * 6))
            .setMaxReaders(MAX_READERS)
            .setMaxDbs(1);
    env =
        setup.durability() == Durability.SYNCED
            ? builder.open(setup.directory().toFile())
            : builder.open(setup.directory().toFile(), EnvFlags.MDB_NOSYNC, EnvFlags.MDB_WRITEMAP);
    dbi = env.openDbi("bench", MDB_CREATE);
    values = ThreadLocal.withInitial(() -> ByteBuffer.allocateDirect(Math.max(setup.valueBytes(), 16)));
    readers =
        ThreadLocal.withInitial(
            () -> {
              Txn<ByteBuffer> txn = env.txnRead();
              txn.reset();
              return txn;
            });
  }

  private static ByteBuffer fill(ByteBuffer buffer, byte[] bytes) {
    return buffer.clear().put(bytes).flip();
  }

  @Override
  public void put(byte[] key, byte[] value) {
    dbi.put(fill(keys.get(), key), fill(values.get(), value));
  }

  @Override
  public byte[] get(byte[] key) {
    Txn<ByteBuffer> txn = readers.get();
    txn.renew();
    try {
      ByteBuffer found = dbi.get(txn, fill(keys.get(), key));
      if (found == null) {
        return null;
      }
      byte[] copy = new byte[found.remaining()];
      found.get(copy);
      return copy;
    } finally {
      txn.reset();
    }
  }

  @Override
  public void delete(byte[] key) {
    dbi.delete(fill(keys.get(), key));
  }

  @Override
  public void close() {
    env.close();
  }
}
