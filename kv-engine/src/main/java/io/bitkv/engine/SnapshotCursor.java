package io.bitkv.engine;

/** The keys of a keyspace as they were when the snapshot was opened, stripe by stripe. */
final class SnapshotCursor implements EntryCursor {
  private final Snapshots snapshots;
  private final Snapshot snapshot;
  private final SegmentPins.Pin pin;
  private long[] met = {};
  private int next;
  private int stripe;

  SnapshotCursor(Snapshots snapshots, KeyspaceState keyspace, SegmentPins.Pin pin) {
    this.snapshots = snapshots;
    this.pin = pin;
    snapshot = snapshots.open(keyspace);
  }

  @Override
  public boolean next(EntryReader reader) {
    while (next == met.length) {
      if (stripe == snapshot.stripes()) {
        return false;
      }
      met = snapshot.visit(stripe++);
      next = 0;
    }
    long location = met[next++];
    if (!reader.load(location)) {
      throw new IllegalStateException("the snapshot's segment is gone: " + EntryLocation.describe(location));
    }
    return true;
  }

  @Override
  public void close() {
    snapshots.close(snapshot);
    pin.close();
  }
}
