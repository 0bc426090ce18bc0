package io.bitkv.engine;

import io.bitkv.codec.entry.EntryKind;
import java.io.IOException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Knows which deletions of a merge's inputs may still have something to hide: values of their keys, dead or alive, in segments that are
 * older than the inputs.
 *
 * <p>It collects the hashes of all keys that the inputs delete, then goes through the hints of the older segments. Equal hashes count as
 * equal keys: at worst a tombstone is kept that is not needed. A damaged segment may have held anything.
 */
final class OlderValues {
  private static final int FILTER_BITS_A_KEY = 16;
  private static final int MIN_FILTER_BITS = 1 << 10;

  private final Set<Integer> keyspaces = new HashSet<>();
  private long[] hashes = new long[16];
  private int count;
  private BitSet filter = new BitSet();
  private int filterMask;
  private BitSet found = new BitSet();
  private boolean isUnknown;

  /**
   * Looks at the inputs' deletions, and what older segments hold of them.
   *
   * @param disk where the hint files are
   * @param inputs the segments to be merged
   * @param older the segments that are older than all of them
   */
  static OlderValues of(Disk disk, List<Segment> inputs, List<Segment> older) throws IOException {
    OlderValues values = new OlderValues();
    for (Segment input : inputs) {
      if (input.footer().tombstones() > 0) {
        new SegmentHashes(disk, input).forEach(values::collect);
      }
    }
    values.sort();
    for (Segment segment : older) {
      if (SegmentFacts.hasPuts(segment)) {
        values.isUnknown |= !new SegmentHashes(disk, segment).forEach(values::find);
      }
    }
    return values;
  }

  private void collect(EntryKind kind, int keyspace, long hash) {
    if (kind == EntryKind.TOMBSTONE) {
      if (count == hashes.length) {
        hashes = Arrays.copyOf(hashes, 2 * count);
      }
      hashes[count++] = hash;
    }
  }

  private void sort() {
    Arrays.sort(hashes, 0, count);
    int bits = Math.max(MIN_FILTER_BITS, Integer.highestOneBit(Math.max(1, Math.min(count, 1 << 25))) * FILTER_BITS_A_KEY);
    filterMask = bits - 1;
    filter = new BitSet(bits);
    found = new BitSet(count);
    for (int i = 0; i < count; i++) {
      filter.set((int) hashes[i] & filterMask);
    }
  }

  private void find(EntryKind kind, int keyspace, long hash) {
    if (kind == EntryKind.PUT) {
      keyspaces.add(keyspace);
      if (filter.get((int) hash & filterMask)) {
        int at = Arrays.binarySearch(hashes, 0, count, hash);
        if (at >= 0) {
          found.set(at);
        }
      }
    }
  }

  /** Whether an older segment may hold a value of a key that the inputs delete. */
  boolean mayHold(long hash) {
    if (isUnknown) {
      return true;
    }
    int at = Arrays.binarySearch(hashes, 0, count, hash);
    for (int i = at; i >= 0 && hashes[i] == hash; i--) {
      if (found.get(i)) {
        return true;
      }
    }
    for (int i = Math.max(0, at); i < count && hashes[i] == hash; i++) {
      if (found.get(i)) {
        return true;
      }
    }
    return false;
  }

  /** Whether an older segment holds values of a keyspace. */
  boolean mayHoldAnyOf(int keyspace) {
    return isUnknown || keyspaces.contains(keyspace);
  }
}
