package io.bitkv.engine;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongConsumer;

/** A log in memory: which key lies at which location. It stands behind the directories under test. */
final class FakeLog {
  private final Map<Long, KeySlice> keys = new ConcurrentHashMap<>();
  private final Map<Long, KeySlice> retired = new ConcurrentHashMap<>();
  private final AtomicLong appended = new AtomicLong();

  /** Appends an entry and returns its location. */
  long append(KeySlice key) {
    return append(key, false);
  }

  /** Appends an entry, which may expire, and returns its location. */
  long append(KeySlice key, boolean expires) {
    long number = appended.getAndIncrement();
    long location = EntryLocation.of(1 + (int) (number >>> 20), number & 0xFFFFF, expires);
    keys.put(location, key);
    return location;
  }

  /** The key at a location. */
  KeySlice keyAt(long location) {
    return keys.get(location);
  }

  /** Retires an entry, as a merge does with its inputs. */
  void retire(long location) {
    retired.put(location, keys.get(location));
    keys.remove(location);
  }

  /** The key that lies at a location or has lain there before it was retired. */
  KeySlice everAt(long location) {
    KeySlice key = keys.get(location);
    return key != null ? key : retired.get(location);
  }

  /** Compares a key with the one at a location. */
  KeyMatcher matcher(KeySlice key) {
    return location -> {
      KeySlice there = keys.get(location);
      if (there == null) {
        return KeyMatcher.Match.GONE;
      }
      return there.equals(key) ? KeyMatcher.Match.SAME : KeyMatcher.Match.OTHER;
    };
  }

  /** A matcher that sees the log only after something else has happened once. */
  KeyMatcher matcherAfter(KeySlice key, Runnable once) {
    AtomicReference<Runnable> pending = new AtomicReference<>(once);
    return location -> {
      Runnable action = pending.getAndSet(null);
      if (action != null) {
        action.run();
      }
      return matcher(key).match(location);
    };
  }

  /** Answers a loader's questions from this log, and hands on what turned out to be dead. */
  LoadConflicts conflicts(LongConsumer superseded) {
    return new LoadConflicts() {
      @Override
      public boolean sameKey(long location, long other) {
        return keys.get(location).equals(keys.get(other));
      }

      @Override
      public void superseded(long location) {
        superseded.accept(location);
      }
    };
  }
}
