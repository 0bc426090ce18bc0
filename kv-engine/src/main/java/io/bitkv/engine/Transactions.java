package io.bitkv.engine;

import io.bitkv.api.KeyRef;
import io.bitkv.api.KeyspaceId;
import io.bitkv.api.Transaction;
import io.bitkv.api.WriteBatch;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * Runs transactions: takes the stripes of their keys, lets the body read and write, and applies its writes as one batch.
 *
 * <p>The stripe of a named keyspace's name is taken too as long as the log does not have the name, so that the batch can bring it.
 */
final class Transactions {
  private final KVTransaction.Parts parts;
  private final Publisher publisher;
  private final StripeLocks locks;

  Transactions(KVTransaction.Parts parts, Publisher publisher, StripeLocks locks) {
    this.parts = parts;
    this.publisher = publisher;
    this.locks = locks;
  }

  /** What a body returned, the last sequence number that its writes took, and whether they are to be durable. */
  record Applied<R>(R result, long sequence, boolean isDurable) {
    boolean hasWritten() {
      return sequence != 0;
    }
  }

  <R> Applied<R> atomically(Collection<KeyRef> keys, Function<? super Transaction, ? extends R> body) {
    return guarded(new HashSet<>(keys), transaction -> body.apply(transaction));
  }

  private <R> Applied<R> guarded(Set<KeyRef> keys, Function<KVTransaction, ? extends R> body) {
    List<Long> hashes = new ArrayList<>();
    for (KeyRef ref : keys) {
      KeyspaceState keyspace = parts.keyspaces().obtain(ref.keyspace());
      hashes.add(keyspace.slice(ref.key()).hash());
      if (ref.keyspace() instanceof KeyspaceId.Named named && !keyspace.isLogged()) {
        hashes.add(parts.keyspaces().system().slice(KeyspaceTable.key(named.name())).hash());
      }
    }
    int[] stripes = locks.lockAllOf(hashes.stream().mapToLong(Long::longValue).toArray());
    try {
      return run(new KVTransaction(parts, GuardedKeys.only(keys)), body);
    } finally {
      locks.unlockAll(stripes);
    }
  }

  <R> Applied<R> exclusively(Function<? super Transaction, ? extends R> body) {
    locks.lockEvery();
    try {
      return run(new KVTransaction(parts, GuardedKeys.all()), transaction -> body.apply(transaction));
    } finally {
      locks.unlockEvery();
    }
  }

  /** Applies a batch; the result tells nothing. */
  Applied<Void> commit(WriteBatch batch) {
    Set<KeyRef> keys = new HashSet<>();
    batch.writes().forEach(write -> keys.add(write.ref()));
    return guarded(
        keys,
        transaction -> {
          batch.writes().forEach(write -> write(transaction.inside(write.ref().keyspace()), write));
          if (batch.isDurable()) {
            transaction.requireDurable();
          }
          return null;
        });
  }

  private static void write(TransactionKeyspace keyspace, WriteBatch.Write write) {
    switch (write) {
      case WriteBatch.PutWrite put -> keyspace.putOwned(put.ref().key(), put.value(), put.expiry());
      case WriteBatch.DeleteWrite delete -> keyspace.deleteOwned(delete.ref().key());
    }
  }

  private <R> Applied<R> run(KVTransaction transaction, Function<KVTransaction, ? extends R> body) {
    try {
      R result = body.apply(transaction);
      List<Change> changes = transaction.changes();
      if (changes.isEmpty()) {
        return new Applied<>(result, 0, false);
      }
      long sequence = publisher.apply(changes);
      changes.forEach(change -> change.keyspace().logged());
      return new Applied<>(result, sequence, transaction.isDurable());
    } finally {
      transaction.end();
    }
  }
}
