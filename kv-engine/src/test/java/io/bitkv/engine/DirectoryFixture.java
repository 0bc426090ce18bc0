package io.bitkv.engine;

import io.bitkv.api.DirectoryKind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** A directory under test with its locks and its log, driven as the engine drives it. */
final class DirectoryFixture implements AutoCloseable {
  final StripeLocks locks;
  final KeyDirectory directory;
  final FakeLog log = new FakeLog();

  DirectoryFixture(DirectoryKind kind, int stripes) {
    locks = new StripeLocks(stripes);
    directory =
        switch (kind) {
          case COMPACT -> new CompactKeyDirectory(locks);
          case HEAP -> new HeapKeyDirectory(locks);
          case ORDERED -> new OrderedKeyDirectory(locks);
        };
  }

  /** A key with a hash like that of a good hash function. */
  static KeySlice key(int number) {
    return key("key-" + number, mix(number));
  }

  /** A key with a chosen hash. */
  static KeySlice key(String name, long hash) {
    return KeySlice.of(name.getBytes(StandardCharsets.UTF_8), hash);
  }

  /** The finalizer of SplitMix64, which spreads numbers over all 64 bits. */
  static long mix(long number) {
    long z = (number + 1) * 0x9E3779B97F4A7C15L;
    z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
    z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
    return z ^ z >>> 31;
  }

  long find(KeySlice key) {
    return directory.find(key, log.matcher(key));
  }

  /** Inserts or overwrites a key and returns its location. */
  long put(KeySlice key) {
    return put(key, false);
  }

  /** Inserts or overwrites a key, whose entry may expire, and returns its location. */
  long put(KeySlice key, boolean expires) {
    return locked(key, () -> {
      long old = find(key);
      long location = log.append(key, expires);
      if (old == EntryLocation.NONE) {
        directory.insert(key, location);
      } else if (!directory.replace(key, old, location)) {
        throw new AssertionError("the location found under the lock was not replaced");
      }
      return location;
    });
  }

  /** Copies the latest entry of a key as a merge does, and retires the one it was copied from. */
  void move(KeySlice key) {
    locked(key, () -> {
      long old = find(key);
      long copy = log.append(key, EntryLocation.expires(old));
      if (!directory.replace(key, old, copy)) {
        throw new AssertionError("the location found under the lock was not replaced");
      }
      log.retire(old);
      return copy;
    });
  }

  /** Removes a key and tells whether it was there. */
  boolean delete(KeySlice key) {
    return locked(key, () -> {
      long old = find(key);
      return old != EntryLocation.NONE && directory.remove(key, old);
    });
  }

  <T> T locked(KeySlice key, Supplier<T> action) {
    int stripe = locks.stripeOf(key.hash());
    locks.lock(stripe);
    try {
      return action.get();
    } finally {
      locks.unlock(stripe);
    }
  }

  /** All keys in the order of a full scan in steps of the given size, repetitions included. */
  List<KeySlice> scanAll(int step) {
    List<KeySlice> seen = new ArrayList<>();
    long cursor = 0;
    do {
      cursor = directory.scan(cursor, step, location -> seen.add(log.keyAt(location)));
    } while (cursor != 0);
    return seen;
  }

  /** The keys of one stripe, taken under its lock. */
  List<KeySlice> stripe(int stripe) {
    List<KeySlice> seen = new ArrayList<>();
    locks.lock(stripe);
    try {
      directory.forEachInStripe(stripe, location -> seen.add(log.keyAt(location)));
    } finally {
      locks.unlock(stripe);
    }
    return seen;
  }

  @Override
  public void close() {
    directory.close();
  }
}
