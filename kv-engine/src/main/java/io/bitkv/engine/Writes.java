package io.bitkv.engine;

import io.bitkv.api.Condition;
import io.bitkv.api.Expiry;
import io.bitkv.api.KeyspaceId;
import io.bitkv.api.Put;
import java.time.InstantSource;
import java.util.OptionalLong;
import java.util.function.Function;

/** Writes of single keys, and of whole keyspaces. Each returns when it is in the log and seen by reads; none waits for a sync. */
final class Writes {
  private final KeyspaceTable keyspaces;
  private final Publisher publisher;
  private final Readers readers;
  private final StripeLocks locks;
  private final InstantSource clock;

  Writes(KeyspaceTable keyspaces, Publisher publisher, Readers readers, StripeLocks locks, InstantSource clock) {
    this.keyspaces = keyspaces;
    this.publisher = publisher;
    this.readers = readers;
    this.locks = locks;
    this.clock = clock;
  }

  /** What a writer finds under a key while it holds the key's stripe. */
  private record Existing(KeyspaceState keyspace, KeySlice key, EntryReader reader, long location, boolean isPresent) {
    boolean meets(Condition condition) {
      return isPresent
          ? Conditions.holdsForPresent(condition, reader.sequence(), reader::value)
          : Conditions.holdsForAbsent(condition);
    }

    Change change(PendingEntry entry) {
      return new Change(keyspace, key, location, location == EntryLocation.NONE ? 0 : reader.length(), entry);
    }
  }

  private OptionalLong change(KeyspaceState keyspace, byte[] key, Function<Existing, OptionalLong> step) {
    KeySlice slice = keyspace.slice(key);
    int stripe = locks.stripeOf(slice.hash());
    locks.lock(stripe);
    EntryReader reader = readers.borrow();
    try {
      long location = reader.find(keyspace.directory(), slice);
      boolean isPresent = location != EntryLocation.NONE && !reader.isExpired(clock.millis());
      return step.apply(new Existing(keyspace, slice, reader, location, isPresent));
    } finally {
      readers.giveBack(reader);
      locks.unlock(stripe);
    }
  }

  /** Writes a value under a condition; empty if that does not hold. */
  OptionalLong put(KeyspaceId id, byte[] key, byte[] value, Put options) {
    Limits.checkKey(key);
    Limits.checkValue(value);
    KeyspaceState keyspace = Conditions.holdsForAbsent(options.condition()) ? logged(id) : keyspaces.find(id);
    if (keyspace == null) {
      return OptionalLong.empty();
    }
    PendingEntry entry = PendingEntry.put(keyspace, key, value, clock.millis());
    return change(
        keyspace, key, existing -> existing.meets(options.condition()) ? write(existing, entry, options.expiry()) : OptionalLong.empty());
  }

  /** Writes a value with an expiry, or a tombstone if that has passed. */
  private OptionalLong write(Existing existing, PendingEntry entry, Expiry expiry) {
    long expiresAt = Limits.expiry(expiry, existing.isPresent() ? existing.reader().expiry() : Expiry.NONE, clock);
    long now = entry.header().timestamp();
    PendingEntry written =
        expiresAt != Expiry.NONE && expiresAt <= now
            ? PendingEntry.tombstone(existing.keyspace(), entry.key(), now)
            : entry.expiringAt(expiresAt);
    return OptionalLong.of(publisher.apply(existing.change(written)));
  }

  /** Deletes a key under a condition; empty if it does not exist, or the condition does not hold. */
  OptionalLong delete(KeyspaceId id, byte[] key, Condition condition) {
    KeyspaceState keyspace = keyspaces.find(id);
    if (keyspace == null) {
      return OptionalLong.empty();
    }
    return change(
        keyspace, key, existing -> existing.isPresent() && existing.meets(condition) ? bury(existing, key) : OptionalLong.empty());
  }

  private OptionalLong bury(Existing existing, byte[] key) {
    return OptionalLong.of(
        publisher.apply(existing.change(PendingEntry.tombstone(existing.keyspace(), key, clock.millis()))));
  }

  /** Changes when a value expires; empty if the key does not exist. */
  OptionalLong expire(KeyspaceId id, byte[] key, Expiry expiry) {
    KeyspaceState keyspace = keyspaces.find(id);
    if (keyspace == null) {
      return OptionalLong.empty();
    }
    return change(
        keyspace,
        key,
        existing ->
            existing.isPresent()
                ? write(existing, PendingEntry.put(keyspace, key, existing.reader().value(), clock.millis()), expiry)
                : OptionalLong.empty());
  }

  /** Deletes every key of a keyspace. */
  long clear(KeyspaceId id) {
    KeyspaceState keyspace = logged(id);
    locks.lockEvery();
    try {
      PendingEntry drop = PendingEntry.drop(keyspace, clock.millis());
      return publisher.apply(new Change(keyspace, null, EntryLocation.NONE, 0, drop));
    } finally {
      locks.unlockEvery();
    }
  }

  /**
   * Removes an expired entry, if it is still the latest of its key.
   *
   * @return whether it was, and has been removed
   */
  boolean removeExpired(KeyspaceState keyspace, byte[] key, long expected) {
    return change(
            keyspace,
            key,
            existing ->
                existing.location() == expected && !existing.isPresent() ? bury(existing, key) : OptionalLong.empty())
        .isPresent();
  }

  /** The state of a keyspace whose name, if it has one, is in the log. */
  private KeyspaceState logged(KeyspaceId id) {
    KeyspaceState keyspace = keyspaces.obtain(id);
    if (id instanceof KeyspaceId.Named named && !keyspace.isLogged()) {
      byte[] key = KeyspaceTable.key(named.name());
      byte[] value = KeyspaceTable.value(keyspace.number());
      PendingEntry entry = PendingEntry.put(keyspaces.system(), key, value, clock.millis());
      change(
          keyspaces.system(),
          key,
          existing -> existing.isPresent() ? OptionalLong.empty() : write(existing, entry, Expiry.NEVER));
      keyspace.logged();
    }
    return keyspace;
  }
}
