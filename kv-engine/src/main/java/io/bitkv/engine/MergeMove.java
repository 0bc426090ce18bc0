package io.bitkv.engine;

import io.bitkv.codec.entry.EntryKind;
import io.bitkv.codec.entry.HintBlock;
import java.io.IOException;
import java.util.Arrays;

/**
 * The part of a merge that points keys to their copies, unless somebody has written them meanwhile: such a write has won. For one thread.
 *
 * <p>Which key an entry has is read from the hint file, for which every entry was checked: that is a fraction of the segment, and holds the
 * hashes. Only a directory that keeps keys needs more of the segment. Entries are gathered into batches and moved stripe by stripe: the
 * slots of a stripe lie side by side, so that the processor finds most of them in its caches, and one hold of the lock does for several.
 */
final class MergeMove {
  /** How many entries are gathered: about 16 of each stripe, in 1.8 MB. */
  private static final int BATCH = 1 << 16;

  /** The most entries that are moved in one hold of a stripe, so that no writer waits for long. */
  private static final int HOLD = 32;

  private final MergeContext context;
  private final Segment merged;
  private final Locations from;
  private final EntryGlance glance;
  private final long[] hashes;
  private final long[] locations;
  private final int[] lengths;
  private final int[] keyspaces;
  private final int[] order;
  private final int[] ends;
  private int first;
  private int count;
  private KeyspaceState keyspace;
  private Segment input;
  private long movedBytes;

  /**
   * Prepares a move.
   *
   * @param merged the new segment, which has its hint file
   * @param from where the values of it were copied from, in their order
   */
  MergeMove(MergeContext context, Segment merged, Locations from) {
    this.context = context;
    this.merged = merged;
    this.from = from;
    glance = new EntryGlance(context.table());
    int capacity = Math.min(BATCH, from.size());
    hashes = new long[capacity];
    locations = new long[capacity];
    lengths = new int[capacity];
    keyspaces = new int[capacity];
    order = new int[capacity];
    ends = new int[context.keyspaces().locks().count() + 1];
  }

  /** Moves all keys that are still where they were copied from. */
  void run() throws IOException {
    String fault = new HintFile(context.disk(), merged).read(this::add);
    if (fault == null || !fault.isEmpty() || first + count != from.size()) {
      String detail = fault == null ? "it is gone" : fault.isEmpty() ? "it lists less than what was copied" : fault;
      throw new IOException("the hint file of " + merged.path() + " cannot be used: " + detail);
    }
    moveBatch();
  }

  private void add(HintBlock block) throws IOException {
    for (int i = 0; i < block.count(); i++) {
      if (block.kind(i) == EntryKind.PUT) {
        if (first + count == from.size()) {
          throw new IOException("the hint file of " + merged.path() + " lists more than what was copied");
        }
        if (count == hashes.length) {
          moveBatch();
        }
        hashes[count] = block.hash(i);
        locations[count] = EntryLocation.of(merged.id(), block.offset(i), block.expires(i));
        lengths[count] = block.length(i);
        keyspaces[count++] = block.keyspace(i);
      }
    }
  }

  private void moveBatch() throws IOException {
    StripeLocks locks = context.keyspaces().locks();
    sort(locks);
    int next = 0;
    for (int stripe = 0; next < count; stripe++) {
      for (int end = ends[stripe]; next < end; ) {
        int last = Math.min(end, next + HOLD);
        locks.lock(stripe);
        try {
          moveHeld(next, last);
        } finally {
          locks.unlock(stripe);
        }
        next = last;
      }
    }
    first += count;
    count = 0;
  }

  /** Orders the batch by stripe, and within a stripe as it is: counts each stripe, then deals out the places. */
  private void sort(StripeLocks locks) {
    Arrays.fill(ends, 0);
    for (int i = 0; i < count; i++) {
      ends[locks.stripeOf(hashes[i]) + 1]++;
    }
    for (int stripe = 1; stripe < ends.length; stripe++) {
      ends[stripe] += ends[stripe - 1];
    }
    for (int i = 0; i < count; i++) {
      order[ends[locks.stripeOf(hashes[i])]++] = i;
    }
  }

  private void moveHeld(int next, int last) throws IOException {
    try {
      for (int i = next; i < last; i++) {
        move(order[i]);
      }
    } finally {
      account();
    }
  }

  private void move(int index) throws IOException {
    if (keyspace == null || keyspace.number() != keyspaces[index]) {
      account();
      keyspace = context.keyspaces().numbered(keyspaces[index]);
    }
    long old = from.get(first + index);
    if (keyspace.directory().replace(key(index), old, locations[index])) {
      if (input == null || input.id() != EntryLocation.segmentId(old)) {
        account();
        input = context.table().find(EntryLocation.segmentId(old));
      }
      movedBytes += lengths[index];
    }
  }

  private KeySlice key(int index) throws IOException {
    if (!keyspace.directory().keepsKeys()) {
      return KeySlice.hashOnly(hashes[index]);
    }
    KeySlice key = glance.load(locations[index]) ? glance.key(keyspace) : null;
    if (key == null || key.hash() != hashes[index]) {
      throw new IOException(merged.path() + " is damaged at offset " + EntryLocation.offset(locations[index]));
    }
    return key;
  }

  /** Notes in the segments what was moved since the last time, while the stripe is held. */
  private void account() {
    if (movedBytes > 0) {
      merged.live().add(keyspace.slot(), movedBytes);
      input.live().add(keyspace.slot(), -movedBytes);
      movedBytes = 0;
    }
  }
}
