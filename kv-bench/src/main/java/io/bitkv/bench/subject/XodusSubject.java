package io.bitkv.bench.subject;

import jetbrains.exodus.ArrayByteIterable;
import jetbrains.exodus.ByteIterable;
import jetbrains.exodus.env.Environment;
import jetbrains.exodus.env.EnvironmentConfig;
import jetbrains.exodus.env.Environments;
import jetbrains.exodus.env.Store;
import jetbrains.exodus.env.StoreConfig;

/** JetBrains Xodus: one transaction a put, durable writes on request. */
final class XodusSubject implements Subject {

  private final Environment env;
  private final Store store;

  XodusSubject(Setup setup) {
    EnvironmentConfig config = new EnvironmentConfig().setLogDurableWrite(setup.durability() == Durability.SYNCED);
    env = Environments.newInstance(setup.directory().toString(), config);
    store = env.computeInTransaction(txn -> env.openStore("bench", StoreConfig.WITHOUT_DUPLICATES, txn));
  }

  @Override
  public void put(byte[] key, byte[] value) {
    env.executeInTransaction(txn -> store.put(txn, new ArrayByteIterable(key), new ArrayByteIterable(value)));
  }

  @Override
  public byte[] get(byte[] key) {
    ByteIterable found = env.computeInReadonlyTransaction(txn -> store.get(txn, new ArrayByteIterable(key)));
    if (found == null) {
      return null;
    }
    byte[] copy = new byte[found.getLength()];
    System.arraycopy(found.getBytesUnsafe(), 0, copy, 0, copy.length);
    return copy;
  }

  @Override
  public void delete(byte[] key) {
    env.executeInTransaction(txn -> store.delete(txn, new ArrayByteIterable(key)));
  }

  @Override
  public void compact() {
    env.gc();
  }

  @Override
  public void close() {
    env.close();
  }
}
