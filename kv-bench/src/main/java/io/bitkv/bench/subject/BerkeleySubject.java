package io.bitkv.bench.subject;

import com.sleepycat.je.CheckpointConfig;
import com.sleepycat.je.Database;
import com.sleepycat.je.DatabaseConfig;
import com.sleepycat.je.DatabaseEntry;
import com.sleepycat.je.Environment;
import com.sleepycat.je.EnvironmentConfig;
import com.sleepycat.je.LockMode;
import com.sleepycat.je.OperationStatus;

/** Berkeley DB Java Edition: transactional, committed to the file system or synced. */
final class BerkeleySubject implements Subject {

  private final Environment env;
  private final Database db;

  BerkeleySubject(Setup setup) {
    EnvironmentConfig config = new EnvironmentConfig();
    config.setAllowCreate(true);
    config.setTransactional(true);
    config.setCachePercent(60);
    config.setDurability(
        setup.durability() == Durability.SYNCED
            ? com.sleepycat.je.Durability.COMMIT_SYNC
            : com.sleepycat.je.Durability.COMMIT_WRITE_NO_SYNC);
    env = new Environment(setup.directory().toFile(), config);
    DatabaseConfig dbConfig = new DatabaseConfig();
    dbConfig.setAllowCreate(true);
    dbConfig.setTransactional(true);
    db = env.openDatabase(null, "bench", dbConfig);
  }

  @Override
  public void put(byte[] key, byte[] value) {
    db.put(null, new DatabaseEntry(key), new DatabaseEntry(value));
  }

  @Override
  public byte[] get(byte[] key) {
    DatabaseEntry found = new DatabaseEntry();
    OperationStatus status = db.get(null, new DatabaseEntry(key), found, LockMode.READ_COMMITTED);
    return status == OperationStatus.SUCCESS ? found.getData() : null;
  }

  @Override
  public void delete(byte[] key) {
    db.delete(null, new DatabaseEntry(key));
  }

  @Override
  public void compact() {
    while (env.cleanLog() > 0) {
      env.checkpoint(new CheckpointConfig().setForce(true));
    }
  }

  @Override
  public void close() {
    db.close();
    env.close();
  }
}
