package io.bitkv.engine;

import java.util.Map;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.random.RandomGenerator;

/**
 * The key directory in its plainest form: one sorted map of the Java collections, ordered by hash, with the keys in it.
 *
 * <p>The order by hash gives scans and stripes for nothing. It costs about 110 bytes and the key's length for each key, and a few
 * times the time of an off-heap directory without keys.
 */
final class HeapKeyDirectory implements KeyDirectory {
  /** Node, index share, key slice, array header, boxed location. */
  private static final int BYTES_PER_KEY = 24 + 12 + 32 + 16 + 24;

  private static final byte[] EMPTY = {};

  private final StripeLocks locks;
  private final StripeLayout layout;
  private final ConcurrentSkipListMap<KeySlice, Long> locations = new ConcurrentSkipListMap<>(HeapKeyDirectory::byHash);
  private final LongAdder expiring = new LongAdder();
  private final LongAdder keyBytes = new LongAdder();

  HeapKeyDirectory(StripeLocks locks) {
    this.locks = locks;
    this.layout = locks.layout();
  }

  /** Orders keys by hash, unsigned, and keys of equal hash by their bytes. */
  static int byHash(KeySlice key, KeySlice other) {
    int order = Long.compareUnsigned(key.hash(), other.hash());
    return order != 0 ? order : key.compareTo(other);
  }

  /** The part of a map ordered by hash that falls into the stripes from one, inclusive, to another, exclusive. */
  static <V> ConcurrentNavigableMap<KeySlice, V> stripes(
      ConcurrentNavigableMap<KeySlice, V> map, StripeLayout layout, int from, int to) {
    var tail = map.tailMap(lowest(layout.lowestHash(StripeLayout.prefix(from, 0))), true);
    return to == layout.count() ? tail : tail.headMap(lowest(layout.lowestHash(StripeLayout.prefix(to, 0))), false);
  }

  private static KeySlice lowest(long hash) {
    return KeySlice.of(EMPTY, hash);
  }

  @Override
  public long find(KeySlice key, KeyMatcher matcher) {
    long gone = EntryLocation.NONE;
    while (true) {
      Long location = locations.get(key);
      if (location == null) {
        return EntryLocation.NONE;
      }
      KeyMatcher.Match match = matcher.match(location);
      if (match == KeyMatcher.Match.SAME) {
        return location;
      }
      if (match == KeyMatcher.Match.OTHER || location == gone) {
        throw new IllegalStateException(
            "the log does not hold the " + key + " at " + EntryLocation.describe(location));
      }
      gone = location;
    }
  }

  @Override
  public boolean isAt(KeySlice key, long location) {
    Long there = locations.get(key);
    return there != null && there == location;
  }

  @Override
  public void insert(KeySlice key, long location) {
    insertOwned(key.copy(), location);
  }

  /** Adds an absent key whose array nobody else will change. */
  void insertOwned(KeySlice key, long location) {
    assert locks.isHeld(locks.stripeOf(key.hash()));
    put(key, location);
  }

  private void put(KeySlice key, long location) {
    locations.put(key, location);
    keyBytes.add(key.length());
    count(location, 1);
  }

  @Override
  public boolean replace(KeySlice key, long expected, long location) {
    assert locks.isHeld(locks.stripeOf(key.hash()));
    boolean replaced = locations.replace(key, expected, location);
    if (replaced) {
      count(expected, -1);
      count(location, 1);
    }
    return replaced;
  }

  @Override
  public boolean remove(KeySlice key, long expected) {
    assert locks.isHeld(locks.stripeOf(key.hash()));
    boolean removed = locations.remove(key, expected);
    if (removed) {
      keyBytes.add(-key.length());
      count(expected, -1);
    }
    return removed;
  }

  private void count(long location, int change) {
    if (EntryLocation.expires(location)) {
      expiring.add(change);
    }
  }

  @Override
  public boolean keepsKeys() {
    return true;
  }

  @Override
  public long size() {
    return locations.size();
  }

  @Override
  public long expiringCount() {
    return expiring.sum();
  }

  @Override
  public long memoryBytes() {
    return keyBytes.sum() + size() * BYTES_PER_KEY;
  }

  @Override
  public long scan(long cursor, int atLeast, LongConsumer visitor) {
    if (StripeLayout.isBeyondCursors(cursor)) {
      return 0;
    }
    int wanted = Math.max(1, atLeast);
    KeySlice start = lowest(layout.lowestHash(layout.prefixAt(cursor)));
    long last = 0;
    int visited = 0;
    for (Map.Entry<KeySlice, Long> entry : locations.tailMap(start).entrySet()) {
      long prefix = layout.prefixOf(entry.getKey().hash());
      if (visited >= wanted && prefix != last) {
        return layout.cursorAt(last + 1);
      }
      visitor.accept(entry.getValue());
      last = prefix;
      visited++;
    }
    return 0;
  }

  @Override
  public void forEachInStripe(int stripe, LongConsumer visitor) {
    assert locks.isHeld(stripe);
    stripes(locations, layout, stripe, stripe + 1).values().forEach(visitor::accept);
  }

  @Override
  public long randomPosition(RandomGenerator random) {
    var entry = locations.ceilingEntry(lowest(random.nextLong()));
    if (entry == null) {
      entry = locations.firstEntry();
    }
    return entry == null ? EntryLocation.NONE : entry.getValue();
  }

  @Override
  public DirectoryLoader loader(LoadConflicts conflicts) {
    return loader(conflicts, key -> {});
  }

  /** A loader that also tells somebody each key once it is in the directory. */
  DirectoryLoader loader(LoadConflicts conflicts, Consumer<KeySlice> loaded) {
    if (size() != 0) {
      throw new IllegalStateException("a directory is loaded that has " + size() + " keys already");
    }
    return new HeapLoader(layout, conflicts, (key, location) -> {
      put(key, location);
      loaded.accept(key);
    });
  }

  @Override
  public void clear() {
    assert locks.isEveryHeld();
    locations.clear();
    expiring.reset();
    keyBytes.reset();
  }

  /** Does nothing: the garbage collector gives the memory back. */
  @Override
  public void close() {}
}
