package io.bitkv.engine;

import java.util.Collections;
import java.util.Iterator;
import java.util.NavigableSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.LongConsumer;
import java.util.random.RandomGenerator;

/**
 * The key directory for ranges: a {@link HeapKeyDirectory}, and a set of the same keys in unsigned byte order beside it.
 *
 * <p>The locations stand in the former only. A key enters the set last, so that who meets it there finds it.
 */
final class OrderedKeyDirectory implements KeyDirectory, OrderedKeys {
  /** Node and index share of the set; the key is shared. */
  private static final int BYTES_PER_KEY = 24 + 12;

  private final HeapKeyDirectory byHash;
  private final ConcurrentSkipListSet<KeySlice> byKey = new ConcurrentSkipListSet<>();

  OrderedKeyDirectory(StripeLocks locks) {
    byHash = new HeapKeyDirectory(locks);
  }

  @Override
  public Iterator<KeySlice> ascending(KeyRange range) {
    return keys(range).iterator();
  }

  @Override
  public Iterator<KeySlice> descending(KeyRange range) {
    return keys(range).descendingIterator();
  }

  private NavigableSet<KeySlice> keys(KeyRange range) {
    if (range.isEmpty()) {
      return Collections.emptyNavigableSet();
    }
    NavigableSet<KeySlice> keys = byKey;
    if (range.from() != null) {
      keys = keys.tailSet(KeySlice.of(range.from(), 0), range.fromInclusive());
    }
    if (range.to() != null) {
      keys = keys.headSet(KeySlice.of(range.to(), 0), range.toInclusive());
    }
    return keys;
  }

  @Override
  public long find(KeySlice key, KeyMatcher matcher) {
    return byHash.find(key, matcher);
  }

  @Override
  public boolean isAt(KeySlice key, long location) {
    return byHash.isAt(key, location);
  }

  @Override
  public void insert(KeySlice key, long location) {
    KeySlice own = key.copy();
    byHash.insertOwned(own, location);
    byKey.add(own);
  }

  @Override
  public boolean replace(KeySlice key, long expected, long location) {
    return byHash.replace(key, expected, location);
  }

  @Override
  public boolean remove(KeySlice key, long expected) {
    return byHash.remove(key, expected) && byKey.remove(key);
  }

  @Override
  public boolean keepsKeys() {
    return true;
  }

  @Override
  public long size() {
    return byHash.size();
  }

  @Override
  public long expiringCount() {
    return byHash.expiringCount();
  }

  @Override
  public long memoryBytes() {
    return byHash.memoryBytes() + size() * BYTES_PER_KEY;
  }

  @Override
  public long scan(long cursor, int atLeast, LongConsumer visitor) {
    return byHash.scan(cursor, atLeast, visitor);
  }

  @Override
  public void forEachInStripe(int stripe, LongConsumer visitor) {
    byHash.forEachInStripe(stripe, visitor);
  }

  @Override
  public long randomPosition(RandomGenerator random) {
    return byHash.randomPosition(random);
  }

  @Override
  public DirectoryLoader loader(LoadConflicts conflicts) {
    return byHash.loader(conflicts, byKey::add);
  }

  @Override
  public void clear() {
    byHash.clear();
    byKey.clear();
  }

  @Override
  public void close() {
    byHash.close();
  }
}
