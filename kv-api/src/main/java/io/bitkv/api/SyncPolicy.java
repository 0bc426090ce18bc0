package io.bitkv.api;

import java.time.Duration;

/**
 * When writes reach stable storage. Whatever the policy, a write that returned survives the death of the process; the policy decides
 * what survives the loss of power.
 *
 * {@snippet file="io/bitkv/api/EmbeddedSnippetsTest.java" region="syncPolicy"}
 */
public sealed interface SyncPolicy {

  /** A write returns after the disk confirmed it; writes that wait at the same time share one sync. */
  record Always() implements SyncPolicy {}

  /**
   * Writes are synced in the background.
   *
   * @param interval the greatest time a write stays unsynced while the disk keeps up; at least one millisecond
   */
  record Every(Duration interval) implements SyncPolicy {
    /** Checks the interval. */
    public Every {
      if (interval.compareTo(Duration.ofMillis(1)) < 0) {
        throw new InvalidOptionException("a sync interval must be at least 1 ms, not " + interval);
      }
    }
  }

  /** The operating system decides when to write; only closing a segment or the store syncs. */
  record Never() implements SyncPolicy {}

  /**
   * Syncs before each write returns.
   *
   * @return that policy
   */
  static SyncPolicy always() {
    return new Always();
  }

  /**
   * Syncs in the background.
   *
   * @param interval the greatest time between a write and its sync
   * @return that policy
   */
  static SyncPolicy every(Duration interval) {
    return new Every(interval);
  }

  /**
   * Leaves syncing to the operating system.
   *
   * @return that policy
   */
  static SyncPolicy never() {
    return new Never();
  }
}
