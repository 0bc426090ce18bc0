package io.bitkv.engine;

import java.util.List;

/**
 * Puts changes into effect: into the log, then into the key directories and the counts of live bytes. The calling thread holds the
 * stripes of all keys concerned, from before it looked them up.
 */
final class Publisher {
  private final Segments segments;
  private final Snapshots snapshots;
  private final StripeLocks locks;
  private final WriteGate gate;

  Publisher(Segments segments, Snapshots snapshots, StripeLocks locks, WriteGate gate) {
    this.segments = segments;
    this.snapshots = snapshots;
    this.locks = locks;
    this.gate = gate;
  }

  /**
   * Applies changes as one batch.
   *
   * @return the sequence number of the last
   */
  long apply(List<Change> changes) {
    segments.append(changes.stream().map(Change::entry).toArray(PendingEntry[]::new));
    changes.forEach(this::publish);
    return changes.getLast().entry().sequence();
  }

  /** Applies one change; tells its sequence number. */
  long apply(Change change) {
    segments.append(change.entry().alone());
    publish(change);
    return change.entry().sequence();
  }

  /** What is in the log must come into the directory: if that fails, memory has run out and nobody may write on. */
  private void publish(Change change) {
    try {
      switch (change.entry().kind()) {
        case PUT -> put(change);
        case TOMBSTONE -> remove(change);
        case DROP_KEYSPACE -> drop(change);
      }
    } catch (Throwable e) {
      gate.poison("the key directory could not be updated: " + e, e);
      throw e;
    }
  }

  private void put(Change change) {
    KeyspaceState keyspace = change.keyspace();
    PendingEntry entry = change.entry();
    beforeChange(change);
    if (change.old() == EntryLocation.NONE) {
      keyspace.directory().insert(change.key(), entry.location());
    } else {
      expectThere(keyspace.directory().replace(change.key(), change.old(), entry.location()), change);
      buryOld(change);
    }
    count(keyspace, entry.location(), entry.length());
  }

  private void remove(Change change) {
    if (change.old() != EntryLocation.NONE) {
      beforeChange(change);
      expectThere(change.keyspace().directory().remove(change.key(), change.old()), change);
      buryOld(change);
    }
  }

  private void drop(Change change) {
    KeyspaceState keyspace = change.keyspace();
    snapshots.beforeClear(keyspace, change.entry().sequence());
    keyspace.directory().clear();
    segments.table().all().forEach(segment -> segment.live().clear(keyspace.slot()));
  }

  private void beforeChange(Change change) {
    snapshots.beforeChange(change.keyspace(), locks.stripeOf(change.key().hash()), change.entry().sequence());
  }

  private static void expectThere(boolean wasThere, Change change) {
    if (!wasThere) {
      throw new IllegalStateException(
          "the " + change.key() + " moved from " + EntryLocation.describe(change.old()) + " under its stripe's lock");
    }
  }

  private void buryOld(Change change) {
    count(change.keyspace(), change.old(), -change.oldLength());
  }

  private void count(KeyspaceState keyspace, long location, int bytes) {
    segments.table().find(EntryLocation.segmentId(location)).live().add(keyspace.slot(), bytes);
  }
}
