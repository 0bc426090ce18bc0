package io.bitkv.tests.model;

import io.bitkv.api.Keyspace;
import io.bitkv.api.KeyRef;
import io.bitkv.api.KeyspaceId;
import io.bitkv.api.Transaction;
import java.util.Set;
import java.util.function.Function;

/** A transaction of the model: works on a copy of all data, which takes the data's place when the body has returned. */
final class ModelTransaction implements Transaction, Scope {

  private final ModelData copy;
  private final Set<KeyRef> guarded;
  private final Thread owner = Thread.currentThread();
  private boolean isOver;

  /** Makes a transaction; without guarded keys, null, it may use everything. */
  ModelTransaction(ModelData copy, Set<KeyRef> guarded) {
    this.copy = copy;
    this.guarded = guarded;
  }

  /** Refuses every use from now on. */
  void end() {
    isOver = true;
  }

  @Override
  public Keyspace keyspace(KeyspaceId id) {
    return new ModelKeyspace(id, this);
  }

  @Override
  public <R> R run(Function<ModelData, R> operation) {
    if (isOver || Thread.currentThread() != owner) {
      throw new IllegalStateException("a transaction can be used only while its body runs, and on its thread");
    }
    return operation.apply(copy);
  }

  @Override
  public void permit(KeyspaceId id, byte[] key) {
    if (guarded != null && !guarded.contains(new KeyRef(id, key))) {
      throw new IllegalArgumentException("the transaction does not guard this key of keyspace " + id);
    }
  }

  @Override
  public void permitAll(KeyspaceId id) {
    if (guarded != null) {
      throw new IllegalArgumentException("the transaction guards some keys, not keyspace " + id + " as a whole");
    }
  }
}
