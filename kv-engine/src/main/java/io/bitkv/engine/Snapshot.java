package io.bitkv.engine;

/**
 * The locations of a keyspace's keys as they were at one sequence number.
 *
 * <p>It looks at one stripe after the other. A writer that is about to change a stripe which it has not looked at yet leaves it a copy
 * of the stripe first. Everything of a stripe happens under the stripe's lock.
 */
final class Snapshot {
  private final KeyspaceState keyspace;
  private final long sequence;
  private final StripeLocks locks;
  private final long[][] copies;
  private final boolean[] isVisited;

  Snapshot(KeyspaceState keyspace, long sequence, StripeLocks locks) {
    this.keyspace = keyspace;
    this.sequence = sequence;
    this.locks = locks;
    copies = new long[locks.count()][];
    isVisited = new boolean[locks.count()];
  }

  /** Keeps a stripe as it is, unless the change that is about to come was seen, is another keyspace's, or comes late. */
  void beforeChange(KeyspaceState changed, int stripe, long changeSequence) {
    if (changed == keyspace && changeSequence > sequence && !isVisited[stripe] && copies[stripe] == null) {
      copies[stripe] = copy(stripe);
    }
  }

  /** The locations of a stripe's keys; to be asked once for each stripe. */
  long[] visit(int stripe) {
    locks.lock(stripe);
    try {
      long[] copy = copies[stripe] == null ? copy(stripe) : copies[stripe];
      copies[stripe] = null;
      isVisited[stripe] = true;
      return copy;
    } finally {
      locks.unlock(stripe);
    }
  }

  private long[] copy(int stripe) {
    Locations found = new Locations();
    keyspace.directory().forEachInStripe(stripe, found::add);
    return found.toArray();
  }

  /** The number of stripes. */
  int stripes() {
    return locks.count();
  }
}
