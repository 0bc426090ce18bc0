package io.bitkv.engine;

import java.util.ArrayList;
import java.util.List;

/** The snapshots that are open. Opening one settles its sequence number under the append lock, so that every later writer knows of it. */
final class Snapshots {
  private final Segments segments;
  private final StripeLocks locks;
  private volatile List<Snapshot> open = List.of();

  Snapshots(Segments segments, StripeLocks locks) {
    this.segments = segments;
    this.locks = locks;
  }

  /** Opens a snapshot of a keyspace as it is now; to be closed. */
  Snapshot open(KeyspaceState keyspace) {
    return segments.atLastSequence(
        sequence -> {
          Snapshot snapshot = new Snapshot(keyspace, sequence, locks);
          replace(snapshot, true);
          return snapshot;
        });
  }

  /** Closes a snapshot. */
  void close(Snapshot snapshot) {
    replace(snapshot, false);
  }

  private synchronized void replace(Snapshot snapshot, boolean isOpen) {
    List<Snapshot> changed = new ArrayList<>(open);
    changed.remove(snapshot);
    if (isOpen) {
      changed.add(snapshot);
    }
    open = List.copyOf(changed);
  }

  /**
   * Lets the open snapshots keep a stripe as it is.
   *
   * @param keyspace whose keys are about to change
   * @param stripe the stripe, which the calling thread holds
   * @param sequence the sequence number of the change, which is in the log already
   */
  void beforeChange(KeyspaceState keyspace, int stripe, long sequence) {
    for (Snapshot snapshot : open) {
      snapshot.beforeChange(keyspace, stripe, sequence);
    }
  }

  /** The same for every stripe; the calling thread holds them all. */
  void beforeClear(KeyspaceState keyspace, long sequence) {
    if (!open.isEmpty()) {
      for (int stripe = 0; stripe < locks.count(); stripe++) {
        beforeChange(keyspace, stripe, sequence);
      }
    }
  }
}
