package io.bitkv.engine;

import java.util.Arrays;

/** The entries collected for one stripe, of which those that are the latest of their keys become its table. Reused for each stripe. */
final class StripeEntries implements LoadLane.Visitor {
  private static final int FIRST_CAPACITY = 4096;

  /** Entries are sorted in parts of about 2 to the power of this. */
  private static final int PART_BITS = 3;

  private static final long INDEX_MASK = 0xFFFF_FFFFL;

  private final LoadConflicts conflicts;
  private final long floorSequence;

  /** The tag, which decides the order, and the index in the other arrays. */
  private long[] order = new long[FIRST_CAPACITY];

  /** Where they are sorted into. */
  private long[] sorted = new long[FIRST_CAPACITY];

  private long[] locations = new long[FIRST_CAPACITY];
  private long[] sequences = new long[FIRST_CAPACITY];
  private boolean[] tombstones = new boolean[FIRST_CAPACITY];
  private int count;

  StripeEntries(LoadConflicts conflicts, long floorSequence) {
    this.conflicts = conflicts;
    this.floorSequence = floorSequence;
  }

  /** Begins another stripe. */
  void clear() {
    count = 0;
  }

  /** Whether the stripe has no entry. */
  boolean isEmpty() {
    return count == 0;
  }

  @Override
  public void visit(int tag, long location, long sequence, boolean isTombstone) {
    if (sequence < floorSequence) {
      conflicts.superseded(location);
      return;
    }
    if (count == order.length) {
      grow();
    }
    order[count] = (long) (tag ^ Integer.MIN_VALUE) << Integer.SIZE | count;
    locations[count] = location;
    sequences[count] = sequence;
    tombstones[count] = isTombstone;
    count++;
  }

  private void grow() {
    int capacity = Math.multiplyExact(count, 2);
    order = Arrays.copyOf(order, capacity);
    sorted = new long[capacity];
    locations = Arrays.copyOf(locations, capacity);
    sequences = Arrays.copyOf(sequences, capacity);
    tombstones = Arrays.copyOf(tombstones, capacity);
  }

  private static int tag(long ordered) {
    return (int) (ordered >>> Integer.SIZE) ^ Integer.MIN_VALUE;
  }

  private static int index(long ordered) {
    return (int) (ordered & INDEX_MASK);
  }

  /** Fills an empty table. */
  void writeTo(TagTable table) {
    sort();
    int kept = 0;
    for (int from = 0; from < count; ) {
      int to = from + 1;
      while (to < count && tag(order[to]) == tag(order[from])) {
        to++;
      }
      kept = keepLatest(from, to, kept);
      from = to;
    }
    TagTableBuilder builder = table.builder(kept);
    for (int i = 0; i < kept; i++) {
      builder.visit(tag(order[i]), locations[index(order[i])]);
    }
    table.install(builder);
  }

  /** Sorts by tag: as tags are evenly spread, their highest bits divide them into short parts, each of which is soon sorted. */
  private void sort() {
    int bits = Math.max(1, Integer.SIZE - PART_BITS - Integer.numberOfLeadingZeros(count));
    int[] ends = new int[(1 << bits) + 1];
    for (int i = 0; i < count; i++) {
      ends[part(order[i], bits) + 1]++;
    }
    for (int part = 1; part < ends.length; part++) {
      ends[part] += ends[part - 1];
    }
    for (int i = 0; i < count; i++) {
      sorted[ends[part(order[i], bits)]++] = order[i];
    }
    for (int part = 0, from = 0; from < count; part++) {
      Arrays.sort(sorted, from, ends[part]);
      from = ends[part];
    }
    long[] unsorted = order;
    order = sorted;
    sorted = unsorted;
  }

  private static int part(long ordered, int bits) {
    return (int) ((ordered ^ Long.MIN_VALUE) >>> Long.SIZE - bits);
  }

  /** Moves the entries of one tag that are the latest of their keys, and no tombstones, down to an index; returns where they end. */
  private int keepLatest(int from, int to, int target) {
    int latest = target;
    for (int i = from; i < to; i++) {
      int same = sameKey(order[i], target, latest);
      if (same == latest) {
        order[latest++] = order[i];
      } else if (isOlder(index(order[i]), index(order[same]))) {
        conflicts.superseded(locations[index(order[i])]);
      } else {
        conflicts.superseded(locations[index(order[same])]);
        order[same] = order[i];
      }
    }
    int kept = target;
    for (int i = target; i < latest; i++) {
      if (!tombstones[index(order[i])]) {
        order[kept++] = order[i];
      }
    }
    return kept;
  }

  /** The place of the entry, from one place to another, that has the same key as an entry, or the end. */
  private int sameKey(long ordered, int from, int to) {
    int at = from;
    while (at < to && !conflicts.sameKey(locations[index(order[at])], locations[index(ordered)])) {
      at++;
    }
    return at;
  }

  private boolean isOlder(int entry, int other) {
    return sequences[entry] != sequences[other]
        ? sequences[entry] < sequences[other]
        : EntryLocation.compare(locations[entry], locations[other]) < 0;
  }
}
