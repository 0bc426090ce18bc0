package io.bitkv.engine;

import io.bitkv.api.EmbeddedStore;
import io.bitkv.api.KeyRef;
import io.bitkv.api.KeyValueStore;
import io.bitkv.api.Keyspace;
import io.bitkv.api.KeyspaceId;
import io.bitkv.api.MergeControl;
import io.bitkv.api.StoreClosedException;
import io.bitkv.api.StoreCorruptException;
import io.bitkv.api.StoreIoException;
import io.bitkv.api.StoreOptions;
import io.bitkv.api.StoreStats;
import io.bitkv.api.SyncPolicy;
import io.bitkv.api.Transaction;
import io.bitkv.api.UnsupportedFeatureException;
import io.bitkv.api.WriteBatch;
import io.bitkv.api.WritesRefusedException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A store that is only read, without a lock, beside a process that may be writing to it.
 *
 * <p>It shows a {@link KVStore} that was recovered from the files as they were and then changes no more; a refresh puts another one in its
 * place. The files hold still enough for that: a sealed segment never changes, one that was opened can be read on after it was removed, and
 * of one that grows only what was there at first is read, with what was staged before that. Between listing the files and opening them a
 * merge may take some away, or a segment that was rolled over may be missed: then a file is not found or sequence numbers are missing, and
 * all is listed and opened anew.
 */
final class ReadOnlyStore implements EmbeddedStore {
  /** How often the files are opened anew because they changed meanwhile. */
  private static final int MOST_ROUNDS = 20;

  private final Disk disk;
  private final StoreOptions options;
  private final Object refreshing = new Object();
  private volatile ReadOnlyView view;
  private volatile boolean isClosed;

  private ReadOnlyStore(Disk disk, StoreOptions options) {
    this.disk = disk;
    this.options = options;
    view = load();
  }

  /** Opens what is there. */
  static ReadOnlyStore open(Disk disk, StoreOptions options) {
    return new ReadOnlyStore(disk, options);
  }

  private ReadOnlyView load() {
    for (int round = 1; ; round++) {
      ReadOnlyView.Files files = files();
      try {
        return new ReadOnlyView(KVStore.open(disk, options), files);
      } catch (StoreCorruptException | StoreIoException e) {
        if (round == MOST_ROUNDS || files().equals(files)) {
          throw e;
        }
      }
    }
  }

  private ReadOnlyView.Files files() {
    try {
      return ReadOnlyView.Files.of(disk);
    } catch (IOException e) {
      throw new StoreIoException("cannot list " + disk.directory() + ": " + IoFailures.describe(e), e);
    }
  }

  @Override
  public void refresh() {
    synchronized (refreshing) {
      checkOpen();
      if (!files().equals(view.files())) {
        ReadOnlyView old = view;
        view = load();
        old.release();
      }
    }
  }

  private void checkOpen() {
    if (isClosed) {
      throw new StoreClosedException("the store in " + disk.directory() + " is closed; open it again");
    }
  }

  /** Takes hold of the state that is shown, to be released. */
  private ReadOnlyView acquire() {
    while (true) {
      checkOpen();
      ReadOnlyView current = view;
      if (current.acquire()) {
        return current;
      }
    }
  }

  /** Uses the state that is shown, which stays open meanwhile. */
  <R> R use(Function<KVStore, R> body) {
    ReadOnlyView current = acquire();
    try {
      return body.apply(current.store());
    } finally {
      current.release();
    }
  }

  /** Opens a stream, which keeps the state that is shown open until it is closed. */
  <T> Stream<T> stream(Function<KVStore, Stream<T>> body) {
    ReadOnlyView current = acquire();
    try {
      return body.apply(current.store()).onClose(current::release);
    } catch (Throwable e) {
      current.release();
      throw e;
    }
  }

  @Override
  public Keyspace keyspace(KeyspaceId id) {
    return new ReadOnlyKeyspace(this, Objects.requireNonNull(id, "id"));
  }

  @Override
  public <R> R atomically(Collection<KeyRef> keys, Function<? super Transaction, ? extends R> body) {
    return use(store -> store.<R>atomically(keys, body));
  }

  @Override
  public <R> R exclusively(Function<? super Transaction, ? extends R> body) {
    return use(store -> store.<R>exclusively(body));
  }

  @Override
  public long commit(WriteBatch batch) {
    throw refused();
  }

  @Override
  public KeyValueStore deferred() {
    return new Deferred(this);
  }

  /** The same store, but that closing it does nothing. */
  private record Deferred(ReadOnlyStore store) implements KeyValueStore {
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
    public void close() {
      // The store itself is to be closed.
    }
  }

  @Override
  public Path directory() {
    return disk.directory();
  }

  @Override
  public long lastSequence() {
    return use(KVStore::lastSequence);
  }

  /** What is in sealed segments is on stable storage; how far the writer has synced its newest one, only it knows. */
  @Override
  public long durableSequence() {
    return use(store -> store.segments().sealedSequence());
  }

  @Override
  public CompletionStage<Void> whenDurable(long version) {
    return version <= durableSequence()
        ? CompletableFuture.completedStage(null)
        : CompletableFuture.failedStage(
            new UnsupportedFeatureException("a store that is opened for reading only does not know when its writer syncs; ask that"));
  }

  @Override
  public void sync() {
    throw refused();
  }

  @Override
  public SyncPolicy syncPolicy() {
    return options.syncPolicy();
  }

  @Override
  public void syncPolicy(SyncPolicy policy) {
    throw refused();
  }

  /** What every write gets. */
  WritesRefusedException refused() {
    checkOpen();
    return WriteGate.readOnlyRefusal(disk.directory());
  }

  @Override
  public MergeControl merges() {
    return use(KVStore::merges);
  }

  @Override
  public StoreStats stats() {
    return use(KVStore::stats);
  }

  @Override
  public void close() {
    synchronized (refreshing) {
      if (!isClosed) {
        isClosed = true;
        view.release();
      }
    }
  }
}
