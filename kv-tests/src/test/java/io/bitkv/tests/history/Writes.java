package io.bitkv.tests.history;

import io.bitkv.api.EmbeddedStore;
import io.bitkv.api.Expiry;
import io.bitkv.api.Keyspace;
import io.bitkv.api.Keyspaces;
import io.bitkv.api.KeyRef;
import io.bitkv.api.Transaction;
import io.bitkv.api.WriteBatch;
import io.bitkv.tests.model.Bytes;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** Takes the writing steps of a history on any store; what it returns must be the same for the store and for the model. */
final class Writes {

  /** What the body of a {@link Step.Aborted} throws. */
  private static final class AbortException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    AbortException() {
      super("the history aborts this transaction", null, false, false);
    }
  }

  private Writes() {}

  /** Takes a write; tells whether it did anything. */
  static boolean write(Keyspaces store, Step.Write write) {
    return switch (write) {
      case Step.Put put -> put(store, put, io.bitkv.api.Put.always());
      case Step.PutWhen when -> put(store, when.put(), when.isPresent() ? io.bitkv.api.Put.ifPresent() : io.bitkv.api.Put.ifAbsent());
      case Step.Delete delete -> Space.of(store, delete.space()).delete(Space.key(delete.key())).isPresent();
      case Step.Expire expire -> expire(Space.of(store, expire.space()), Space.key(expire.key()), expire.lifetime().expiry());
      case Step.Clear clear -> Space.of(store, clear.space()).clear() > 0;
    };
  }

  private static boolean put(Keyspaces store, Step.Put put, io.bitkv.api.Put options) {
    return Space.of(store, put.space())
        .put(Space.key(put.key()), Bytes.random(put.seed(), put.length()), options.expiring(put.lifetime().expiry()))
        .isPresent();
  }

  private static boolean expire(Keyspace keyspace, byte[] key, Expiry expiry) {
    return keyspace.expire(key, expiry).isPresent();
  }

  /** Commits a batch; tells whether there was anything in it. */
  static boolean commit(EmbeddedStore store, Step.Batch step) {
    WriteBatch batch = new WriteBatch();
    for (Step.Write write : step.writes()) {
      if (write instanceof Step.Put put) {
        batch.put(ref(put.space(), put.key()), Bytes.random(put.seed(), put.length()), put.lifetime().expiry());
      } else if (write instanceof Step.Delete delete) {
        batch.delete(ref(delete.space(), delete.key()));
      } else {
        throw new IllegalArgumentException("a batch takes puts and deletes, not " + write);
      }
    }
    store.commit(batch);
    return !batch.writes().isEmpty();
  }

  /** Runs a transaction; tells what each of its writes did. */
  static List<Boolean> transact(EmbeddedStore store, Step.Transaction step) {
    return run(store, step.writes(), transaction -> writeAll(transaction, step.writes()));
  }

  /** Runs a transaction that throws; tells whether its exception came back. */
  static boolean abort(EmbeddedStore store, Step.Aborted step) {
    try {
      return run(
          store,
          step.writes(),
          transaction -> {
            writeAll(transaction, step.writes());
            throw new AbortException();
          });
    } catch (AbortException expected) {
      return true;
    }
  }

  private static List<Boolean> writeAll(Transaction transaction, List<Step.Write> writes) {
    return writes.stream().map(write -> write(transaction, write)).toList();
  }

  private static <R> R run(EmbeddedStore store, List<Step.Write> writes, Function<Transaction, R> body) {
    Set<KeyRef> refs = new HashSet<>();
    for (Step.Write write : writes) {
      switch (write) {
        case Step.Put put -> refs.add(ref(put.space(), put.key()));
        case Step.PutWhen when -> refs.add(ref(when.put().space(), when.put().key()));
        case Step.Delete delete -> refs.add(ref(delete.space(), delete.key()));
        case Step.Expire expire -> refs.add(ref(expire.space(), expire.key()));
        case Step.Clear clear -> {
          return store.exclusively(body);
        }
      }
    }
    return store.atomically(refs, body);
  }

  private static KeyRef ref(int space, int key) {
    return new KeyRef(Space.IDS.get(space), Space.key(key));
  }
}
