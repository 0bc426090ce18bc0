package io.bitkv.tests.model;

import io.bitkv.api.EmbeddedStore;
import io.bitkv.api.Keyspace;
import io.bitkv.api.KeyRef;
import io.bitkv.api.KeyspaceId;
import io.bitkv.api.KeyValueStore;
import io.bitkv.api.StoreClosedException;
import io.bitkv.api.MergeControl;
import io.bitkv.api.StoreStats;
import io.bitkv.api.SyncPolicy;
import io.bitkv.api.Transaction;
import io.bitkv.api.Versioned;
import io.bitkv.api.WriteBatch;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * The reference that other stores are compared with: sorted maps in memory behind one lock. What reads and writes answer here is what
 * the API promises, in the plainest code; nothing is ever written to a disk, so everything counts as durable at once.
 */
public final class ModelStore implements EmbeddedStore, Scope {

  private final Object lock = new Object();
  private final Path directory;
  private ModelData data;
  private SyncPolicy policy = SyncPolicy.never();
  private boolean isClosed;

  /** Makes an empty store that never touches the directory it is given to name. */
  public ModelStore(Path directory, InstantSource clock) {
    this.directory = directory;
    this.data = new ModelData(clock);
  }

  @Override
  public Keyspace keyspace(KeyspaceId id) {
    return new ModelKeyspace(id, this);
  }

  @Override
  public <R> R atomically(Collection<KeyRef> keys, Function<? super Transaction, ? extends R> body) {
    return transact(Set.copyOf(keys), body);
  }

  @Override
  public <R> R exclusively(Function<? super Transaction, ? extends R> body) {
    return transact(null, body);
  }

  private <R> R transact(Set<KeyRef> guarded, Function<? super Transaction, ? extends R> body) {
    return replace(
        current -> {
          ModelData copy = current.copy();
          ModelTransaction transaction = new ModelTransaction(copy, guarded);
          try {
            return new Change<>(body.apply(transaction), copy);
          } finally {
            transaction.end();
          }
        });
  }

  @Override
  public long commit(WriteBatch batch) {
    return replace(
        current -> {
          ModelData copy = current.copy();
          batch.writes().forEach(copy::apply);
          return new Change<>(batch.writes().isEmpty() ? 0 : copy.sequence(), copy);
        });
  }

  /** A result, and the data as they are afterwards. */
  private record Change<R>(R result, ModelData after) {}

  private <R> R replace(Function<ModelData, Change<R>> step) {
    return run(
        current -> {
          Change<R> change = step.apply(current);
          data = change.after();
          return change.result();
        });
  }

  @Override
  public <R> R run(Function<ModelData, R> operation) {
    synchronized (lock) {
      if (isClosed) {
        throw new StoreClosedException("the model store is closed; open a new one");
      }
      return operation.apply(data);
    }
  }

  @Override
  public void permit(KeyspaceId id, byte[] key) {}

  @Override
  public void permitAll(KeyspaceId id) {}

  @Override
  public KeyValueStore deferred() {
    return new DeferredView(this);
  }

  @Override
  public Path directory() {
    return directory;
  }

  @Override
  public long lastSequence() {
    return run(ModelData::sequence);
  }

  @Override
  public long durableSequence() {
    return lastSequence();
  }

  @Override
  public CompletionStage<Void> whenDurable(long version) {
    if (version > lastSequence()) {
      throw new IllegalArgumentException("no write has the version " + version + " yet");
    }
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public void sync() {
    run(UnaryOperator.identity());
  }

  @Override
  public SyncPolicy syncPolicy() {
    return run(current -> policy);
  }

  @Override
  public void syncPolicy(SyncPolicy other) {
    run(current -> policy = other);
  }

  @Override
  public MergeControl merges() {
    return new ModelMerges();
  }

  @Override
  public StoreStats stats() {
    return run(
        current -> {
          Map<KeyspaceId, StoreStats.KeyspaceStats> keyspaces = new HashMap<>();
          current.live().forEach((id, entries) -> keyspaces.put(id, count(entries.values())));
          return new StoreStats(
              keyspaces,
              List.of(),
              StoreStats.MergeStats.NONE,
              StoreStats.SyncStats.NONE,
              0,
              current.sequence(),
              current.sequence(),
              new StoreStats.Health(true, "ok"));
        });
  }

  private static StoreStats.KeyspaceStats count(Collection<Versioned<byte[]>> entries) {
    return new StoreStats.KeyspaceStats(entries.size(), entries.stream().filter(entry -> entry.expiresAt().isPresent()).count());
  }

  @Override
  public void close() {
    synchronized (lock) {
      isClosed = true;
    }
  }

  /** The same store, but for closing it. */
  private record DeferredView(ModelStore store) implements KeyValueStore {
    @Override
    public Keyspace keyspace(KeyspaceId id) {
      return store.keyspace(id);
    }

    @Override
    public <R> R atomically(Collection<KeyRef> keys, Function<? super Transaction, ? extends R> body) {
      return store.atomically(keys, body);
    }

    @Override
    public long commit(WriteBatch batch) {
      return store.commit(batch);
    }

    @Override
    public void close() {}
  }
}
