package io.bitkv.engine;

import java.lang.foreign.MemorySegment;
import java.util.function.LongConsumer;
import java.util.random.RandomGenerator;

/**
 * The key directory off the heap and without the keys: 12 bytes a slot, some 15 bytes a key.
 *
 * <p>Each stripe has a {@link TagTable}, in which a key is a 32-bit tag from its hash and a location. Different keys may share a tag,
 * so the matcher has the last word. Stripes are small and grow one by one, so that no put waits long. Nothing is allocated on the
 * heap for a find or an overwrite.
 *
 * <p>Readers take no lock; {@link TagTable} says how they notice a change, {@link PageSlab} why the memory they look at is always
 * there. A stripe that changes while a key is compared in the log matters only if the comparison fails: then the search starts again.
 */
final class CompactKeyDirectory implements KeyDirectory, StripeBlocks {
  private final StripeLocks locks;
  private final StripeLayout layout;
  private volatile TagTables tables;

  CompactKeyDirectory(StripeLocks locks) {
    this.locks = locks;
    layout = locks.layout();
    tables = new TagTables(layout.count());
  }

  @Override
  public long find(KeySlice key, KeyMatcher matcher) {
    int stripe = layout.stripeOf(key.hash());
    int tag = layout.tagOf(key.hash());
    long gone = EntryLocation.NONE;
    while (true) {
      TagTables now = tables;
      TagTable table = now.get(stripe);
      if (table == null) {
        return EntryLocation.NONE;
      }
      int version = table.version();
      KeyMatcher.Match match = KeyMatcher.Match.OTHER;
      for (int n = 0; match == KeyMatcher.Match.OTHER; n++) {
        long location = now.nth(table, tag, n);
        if (!table.isStill(version)) {
          break;
        }
        if (location == EntryLocation.NONE) {
          return EntryLocation.NONE;
        }
        match = matcher.match(location);
        if (match == KeyMatcher.Match.SAME) {
          return location;
        }
        if (match == KeyMatcher.Match.GONE) {
          gone = checkMoved(key, gone, location);
        }
      }
    }
  }

  /** A location that is gone twice was not moved before its segment was retired: the log has lost it. */
  private static long checkMoved(KeySlice key, long gone, long location) {
    if (gone == location) {
      throw new IllegalStateException("the log does not hold the " + key + " at " + EntryLocation.describe(location));
    }
    return location;
  }

  @Override
  public boolean isAt(KeySlice key, long location) {
    TagTables now = tables;
    TagTable table = now.get(layout.stripeOf(key.hash()));
    int tag = layout.tagOf(key.hash());
    while (table != null) {
      int version = table.version();
      long there = location;
      boolean isFound = false;
      for (int n = 0; !isFound && there != EntryLocation.NONE; n++) {
        there = now.nth(table, tag, n);
        isFound = there == location;
      }
      if (table.isStill(version)) {
        return isFound;
      }
    }
    return false;
  }

  @Override
  public void insert(KeySlice key, long location) {
    held(key.hash()).insert(layout.tagOf(key.hash()), location);
  }

  @Override
  public boolean replace(KeySlice key, long expected, long location) {
    return held(key.hash()).replace(layout.tagOf(key.hash()), expected, location);
  }

  @Override
  public boolean remove(KeySlice key, long expected) {
    return held(key.hash()).remove(layout.tagOf(key.hash()), expected);
  }

  private TagTable held(long hash) {
    int stripe = layout.stripeOf(hash);
    assert locks.isHeld(stripe);
    return tables.getOrCreate(stripe);
  }

  @Override
  public boolean keepsKeys() {
    return false;
  }

  @Override
  public long size() {
    return tables.sum(TagTable::count);
  }

  @Override
  public long expiringCount() {
    return tables.sum(TagTable::expiring);
  }

  @Override
  public long memoryBytes() {
    TagTables now = tables;
    return now.slab().memoryBytes() + (long) layout.count() * Integer.BYTES + now.sum(TagTable::heapBytes);
  }

  @Override
  public long scan(long cursor, int atLeast, LongConsumer visitor) {
    if (StripeLayout.isBeyondCursors(cursor)) {
      return 0;
    }
    TagTables now = tables;
    ScanBatch batch = new ScanBatch();
    int wanted = Math.max(1, atLeast);
    long prefix = layout.prefixAt(cursor);
    int tag = (int) prefix;
    int stripe = StripeLayout.stripe(prefix);
    while (stripe < layout.count()) {
      batch.begin(tag, wanted);
      now.read(stripe, batch);
      batch.forEach(visitor);
      wanted -= batch.size();
      tag = batch.isFull() ? batch.lastTag() + 1 : 0;
      stripe += batch.isFull() ? 0 : 1;
      if (wanted <= 0) {
        return layout.cursorAt(StripeLayout.prefix(stripe, tag));
      }
    }
    return 0;
  }

  @Override
  public void forEachInStripe(int stripe, LongConsumer visitor) {
    assert locks.isHeld(stripe);
    TagTable table = tables.get(stripe);
    if (table != null) {
      tables.forEach(table, visitor);
    }
  }

  @Override
  public long randomPosition(RandomGenerator random) {
    while (true) {
      TagTables now = tables;
      long size = now.sum(TagTable::count);
      if (size == 0) {
        return EntryLocation.NONE;
      }
      long location = now.pick(random.nextLong(size), random);
      if (location != EntryLocation.NONE) {
        return location;
      }
    }
  }

  @Override
  public DirectoryLoader loader(LoadConflicts conflicts) {
    if (size() != 0) {
      throw new IllegalStateException("a directory is loaded that has " + size() + " keys already");
    }
    return new CompactLoader(layout, conflicts, tables);
  }

  @Override
  public int sizeOf(int stripe) {
    TagTable table = tables.get(stripe);
    return table == null ? 0 : table.count();
  }

  @Override
  public long blockBytesOf(int stripe) {
    TagTable table = tables.get(stripe);
    return StripeBlocks.blockBytes(table == null ? 0 : table.table().length - 1);
  }

  @Override
  public void exportStripe(int stripe, MemorySegment target) {
    assert locks.isHeld(stripe);
    StripeBlock.write(tables.get(stripe), target);
  }

  @Override
  public void importStripe(int stripe, MemorySegment block) {
    StripeBlock.read(block, tables.getOrCreate(stripe));
  }

  @Override
  public void clear() {
    assert locks.isEveryHeld();
    TagTables old = tables;
    tables = new TagTables(layout.count());
    old.clear();
  }

  @Override
  public void close() {
    tables.close();
  }
}
