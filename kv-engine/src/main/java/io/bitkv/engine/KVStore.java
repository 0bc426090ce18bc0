package io.bitkv.engine;

import io.bitkv.api.EmbeddedStore;
import io.bitkv.api.KeyRef;
import io.bitkv.api.KeyValueStore;
import io.bitkv.api.Keyspace;
import io.bitkv.api.KeyspaceId;
import io.bitkv.api.KvException;
import io.bitkv.api.MergeControl;
import io.bitkv.api.StoreIoException;
import io.bitkv.api.StoreListener;
import io.bitkv.api.StoreOptions;
import io.bitkv.api.StoreStats;
import io.bitkv.api.SyncPolicy;
import io.bitkv.api.Transaction;
import io.bitkv.api.WriteBatch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * An open store: puts {@link Segments the log}, the {@link KeyDirectory key directories} and everything around them together.
 *
 * <p><b>Concurrency.</b> Reads take no lock. A writer goes through these locks, in this order, and never backwards:
 *
 * <ol>
 *   <li>the {@linkplain StripeLocks stripes} of its keys, ascending, from before it looks a key up until the directory points to the new
 *       entry: so the entries of a key lie in the log in the order in which the directory saw them;
 *   <li>the append lock of {@link Segments}, which settles sequence number and place: so sequence order is log order, and a batch is
 *       contiguous;
 *   <li>the {@link WriteGate}, and under it the listener's.
 * </ol>
 *
 * <p>The lock of {@link SyncScheduler} and that of {@link SegmentPins} are taken last and held while nothing else is locked or waited
 * for. Waiting for a sync begins after all locks are released. A sync takes the append lock to write what is staged and to read
 * the last sequence number, and waits for the disk without it.
 *
 * <p>A reader may follow a location that is out of date: the entry there never changes. When its segment has been retired meanwhile, it
 * asks the directory again. {@link Snapshots} say how a snapshot holds still.
 *
 * <p>A {@link Merge} reads without a lock, and takes one stripe at a time to point a key that still has its old place to the new one. Only
 * one merge runs at a time. The thread of {@link Housekeeper} takes no lock of a writer.
 */
final class KVStore implements EmbeddedStore {
  private final Disk disk;
  private final Segments.Parts parts;
  private final WriteGate gate;
  private final Events events;
  private final StripeLocks locks = new StripeLocks(StripeLocks.DEFAULT_COUNT);
  private final Segments segments;
  private final KeyspaceTable keyspaces;
  private final SyncScheduler sync;
  private final Reads reads;
  private final Writes writes;
  private final Scans scans;
  private final Transactions transactions;
  private final Maintenance maintenance;
  private final Keyspace defaultKeyspace = new KVKeyspace(this, KeyspaceId.DEFAULT, false);
  private boolean isClosed;

  private KVStore(Disk disk, StoreOptions options) throws IOException {
    this.disk = disk;
    events = new Events(options.listener());
    gate = new WriteGate(disk.directory(), events, options.isReadOnly());
    SegmentTable table = new SegmentTable();
    Housekeeper housekeeper = new Housekeeper(disk, table, events);
    parts = new Segments.Parts(disk, table, gate, events, housekeeper, options.clock());
    Recovery.Recovered recovered = Recovery.recover(parts, options, locks);
    keyspaces = recovered.keyspaces();
    segments = new Segments(parts, recovered.start(), options.segmentBytes());
    sync = new SyncScheduler(segments, gate, options.syncPolicy());
    Readers readers = new Readers(table, gate);
    Snapshots snapshots = new Snapshots(segments, locks);
    Publisher publisher = new Publisher(segments, snapshots, locks, gate);
    reads = new Reads(readers, segments.pins(), options.clock());
    writes = new Writes(keyspaces, publisher, readers, locks, options.clock());
    scans = new Scans(segments, snapshots, readers, options.clock());
    transactions = new Transactions(new KVTransaction.Parts(keyspaces, reads, scans, readers, segments, options.clock()), publisher, locks);
    Expirer expirer = new Expirer(new Expirer.Parts(keyspaces, readers, writes, segments.pins(), events, options.clock()));
    maintenance = new Maintenance(expirer, new Merger(new MergeContext(parts, segments, keyspaces, snapshots, readers, sync, options)), housekeeper);
  }

  /**
   * Opens the store in a directory, which is given up again if that fails, and with the store else.
   *
   * @throws KvException as {@link KeyValueStore#open(Path, StoreOptions)} tells
   */
  static KVStore open(Disk disk, StoreOptions options) {
    long began = System.nanoTime();
    try {
      KVStore store = new KVStore(disk, options);
      if (!options.isReadOnly()) {
        store.sync.start();
        store.maintenance.start();
      }
      StoreStats stats = store.stats();
      store.events.emit(new StoreListener.Recovered(stats.segments().size(), stats.keys(), (System.nanoTime() - began) / 1_000_000));
      return store;
    } catch (IOException e) {
      disk.close();
      throw new StoreIoException("cannot open the store in " + disk.directory() + ": " + IoFailures.describe(e), e);
    } catch (Throwable e) {
      disk.close();
      throw e;
    }
  }

  void checkOpen() {
    gate.checkOpen();
  }

  SegmentTable segments() {
    return segments.table();
  }

  KeyspaceTable keyspaces() {
    return keyspaces;
  }

  Reads reads() {
    return reads;
  }

  Writes writes() {
    return writes;
  }

  Scans scans() {
    return scans;
  }

  /** Returns when a write may be acknowledged: at once if it is deferred, else when the policy or the write itself say so. */
  void acknowledge(long sequence, boolean isDurable, boolean isDeferred) {
    if (isDeferred) {
      sync.written();
    } else {
      sync.acknowledge(sequence, isDurable);
    }
  }

  @Override
  public Keyspace keyspace(KeyspaceId id) {
    return id == KeyspaceId.DEFAULT ? defaultKeyspace : new KVKeyspace(this, id, false);
  }

  @Override
  public <R> R atomically(Collection<KeyRef> keys, Function<? super Transaction, ? extends R> body) {
    return atomically(keys, body, false);
  }

  <R> R atomically(Collection<KeyRef> keys, Function<? super Transaction, ? extends R> body, boolean isDeferred) {
    return applied(() -> transactions.<R>atomically(keys, body), isDeferred).result();
  }

  @Override
  public <R> R exclusively(Function<? super Transaction, ? extends R> body) {
    return applied(() -> transactions.<R>exclusively(body), false).result();
  }

  @Override
  public long commit(WriteBatch batch) {
    return commit(batch, false);
  }

  long commit(WriteBatch batch, boolean isDeferred) {
    Transactions.Applied<Void> applied = applied(() -> transactions.commit(batch), isDeferred);
    return applied.hasWritten() ? applied.sequence() : batch.writes().isEmpty() ? 0 : lastSequence();
  }

  private <R> Transactions.Applied<R> applied(Supplier<Transactions.Applied<R>> step, boolean isDeferred) {
    checkOpen();
    Transactions.Applied<R> applied = step.get();
    if (applied.hasWritten()) {
      acknowledge(applied.sequence(), applied.isDurable(), isDeferred);
    }
    return applied;
  }

  @Override
  public KeyValueStore deferred() {
    return new DeferredStore(this);
  }

  @Override
  public Path directory() {
    return disk.directory();
  }

  @Override
  public long lastSequence() {
    return segments.lastSequence();
  }

  @Override
  public long durableSequence() {
    return sync.durableSequence();
  }

  @Override
  public CompletionStage<Void> whenDurable(long version) {
    return sync.whenDurable(version);
  }

  @Override
  public void sync() {
    checkOpen();
    sync.await(segments.lastSequence());
  }

  @Override
  public SyncPolicy syncPolicy() {
    return sync.policy();
  }

  @Override
  public void syncPolicy(SyncPolicy policy) {
    checkOpen();
    sync.policy(Objects.requireNonNull(policy, "policy"));
  }

  @Override
  public MergeControl merges() {
    return maintenance.merger();
  }

  @Override
  public StoreStats stats() {
    checkOpen();
    return new StatsReport(keyspaces, segments, sync, maintenance.merger(), gate).make();
  }

  @Override
  public void close() {
    locks.lockEvery();
    try {
      if (isClosed) {
        return;
      }
      isClosed = true;
      gate.close();
    } finally {
      locks.unlockEvery();
    }
    new Closing(keyspaces, segments, sync, maintenance, parts).run(disk);
  }
}
