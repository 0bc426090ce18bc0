package io.bitkv.engine;

import io.bitkv.api.Keyspace;
import io.bitkv.api.KeyspaceId;
import io.bitkv.api.Transaction;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A transaction while its body runs: the store as it is, and over it the writes of the body. */
final class KVTransaction implements Transaction {
  /** What a transaction needs of the store. */
  record Parts(KeyspaceTable keyspaces, Reads reads, Scans scans, Readers readers, Segments segments, InstantSource clock) {}

  private final Parts parts;
  private final GuardedKeys guarded;
  private final Thread owner = Thread.currentThread();
  private final Map<KeyspaceId, TransactionKeyspace> used = new LinkedHashMap<>();
  private long writes;
  private boolean isDurable;
  private boolean isOver;

  KVTransaction(Parts parts, GuardedKeys guarded) {
    this.parts = parts;
    this.guarded = guarded;
  }

  Parts parts() {
    return parts;
  }

  GuardedKeys guarded() {
    return guarded;
  }

  @Override
  public Keyspace keyspace(KeyspaceId id) {
    return inside(id);
  }

  /** A keyspace with the writes of this transaction. */
  TransactionKeyspace inside(KeyspaceId id) {
    checkUse();
    return used.computeIfAbsent(id, wanted -> new TransactionKeyspace(this, wanted));
  }

  void checkUse() {
    if (isOver || Thread.currentThread() != owner) {
      throw new IllegalStateException("a transaction can be used only while its body runs, and on its thread");
    }
  }

  /** A version for a write that has not been applied: greater than all that can have been read. */
  long provisionalVersion() {
    return parts.segments.lastSequence() + ++writes;
  }

  /** Makes the whole transaction durable. */
  void requireDurable() {
    isDurable = true;
  }

  boolean isDurable() {
    return isDurable;
  }

  /** Refuses every use from now on. */
  void end() {
    isOver = true;
  }

  /** What is to be written, in the order of the body's writes; the calling thread still holds the stripes. */
  List<Change> changes() {
    List<OverlayChanges.Planned> planned = new ArrayList<>();
    used.values().forEach(keyspace -> planned.addAll(keyspace.changes()));
    planned.sort(Comparator.comparingLong(OverlayChanges.Planned::order));
    return planned.stream().map(OverlayChanges.Planned::change).toList();
  }
}
