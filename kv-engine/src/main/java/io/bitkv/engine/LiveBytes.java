package io.bitkv.engine;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How many bytes of a segment hold entries that the key directories point to, for each keyspace by its slot.
 *
 * <p>Kept by whoever holds the stripe of the key that changes, so the sums are exact whenever no writer is at work.
 */
final class LiveBytes {
  private volatile AtomicLong[] bySlot = {};
  private volatile long deletionBytes;

  /** Adds to a keyspace's bytes; a negative number takes away. */
  void add(int slot, long bytes) {
    AtomicLong[] counters = bySlot;
    (slot < counters.length ? counters : grown(slot))[slot].addAndGet(bytes);
  }

  private synchronized AtomicLong[] grown(int slot) {
    AtomicLong[] counters = bySlot;
    if (slot >= counters.length) {
      AtomicLong[] more = Arrays.copyOf(counters, slot + 1);
      for (int i = counters.length; i < more.length; i++) {
        more[i] = new AtomicLong();
      }
      counters = more;
      bySlot = more;
    }
    return counters;
  }

  /** A keyspace's bytes. */
  long of(int slot) {
    AtomicLong[] counters = bySlot;
    return slot < counters.length ? counters[slot].get() : 0;
  }

  /** Forgets a keyspace's bytes: all its entries are dead. */
  void clear(int slot) {
    AtomicLong[] counters = bySlot;
    if (slot < counters.length) {
      counters[slot].set(0);
    }
  }

  /** Notes how many bytes tombstones and dropped keyspaces take; known once the segment is sealed. */
  void deletionBytes(long bytes) {
    deletionBytes = bytes;
  }

  /** How many bytes tombstones and dropped keyspaces take: neither live nor dead. */
  long deletionBytes() {
    return deletionBytes;
  }

  /** The bytes of all keyspaces. */
  long sum() {
    long sum = 0;
    for (AtomicLong counter : bySlot) {
      sum += counter.get();
    }
    return sum;
  }
}
