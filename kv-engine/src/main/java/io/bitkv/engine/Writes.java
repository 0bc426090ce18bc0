package io.bitkv.engine;

import io.bitkv.api.Condition;
import io.bitkv.api.Expiry;
import io.bitkv.api.KeyspaceId;
import io.bitkv.api.Put;
import java.time.InstantSource;
import java.util.OptionalLong;

/** Writes of single keys, and of whole keyspaces. Each returns when it is in the log and seen by reads; none waits for a sync. */
final class Writes {
  private final KeyspaceTable keyspaces;
  private final Publisher publisher;
  private final Readers readers;
  private final StripeLocks locks;
  private final InstantSource clock;
  private final ThreadLocal<Update> updates = ThreadLocal.withInitial(this::make);

  Writes(KeyspaceTable keyspaces, Publisher publisher, Readers readers, StripeLocks locks, InstantSource clock) {
    this.keyspaces = keyspaces;
    this.publisher = publisher;
    this.readers = readers;
    this.locks = locks;
    this.clock = clock;
  }

  private Update begin() {
    Update update = updates.get();
    return update.lend() ? update : make();
  }

  private Update make() {
    return new Update(locks, readers.make(), clock);
  }

  /** Writes a value under a condition; empty if that does not hold. */
  OptionalLong put(KeyspaceId id, byte[] key, byte[] value, Put options) {
    Limits.checkKey(key);
    Limits.checkValue(value);
    KeyspaceState keyspace = Conditions.holdsForAbsent(options.condition()) ? logged(id) : keyspaces.find(id);
    if (keyspace == null) {
      return OptionalLong.empty();
    }
    try (Update update = begin()) {
      update.entry().put(keyspace, key, value, clock.millis());
      update.find(keyspace, key);
      return update.meets(options.condition()) ? write(update, options.expiry()) : OptionalLong.empty();
    }
  }

  /** Writes a value with an expiry, or a tombstone if that has passed. */
  private OptionalLong write(Update update, Expiry expiry) {
    long expiresAt = Limits.expiry(expiry, update.expiry(), clock);
    PendingEntry entry = update.entry();
    long now = entry.header().timestamp();
    if (expiresAt != Expiry.NONE && expiresAt <= now) {
      entry.tombstone(update.keyspace(), entry.key(), now);
    } else {
      entry.expiringAt(expiresAt);
    }
    return OptionalLong.of(publisher.apply(update.change()));
  }

  /** Deletes a key under a condition; empty if it does not exist, or the condition does not hold. */
  OptionalLong delete(KeyspaceId id, byte[] key, Condition condition) {
    KeyspaceState keyspace = keyspaces.find(id);
    if (keyspace == null) {
      return OptionalLong.empty();
    }
    try (Update update = begin()) {
      update.find(keyspace, key);
      return update.isPresent() && update.meets(condition) ? OptionalLong.of(bury(update, key)) : OptionalLong.empty();
    }
  }

  private long bury(Update update, byte[] key) {
    update.entry().tombstone(update.keyspace(), key, clock.millis());
    return publisher.apply(update.change());
  }

  /** Changes when a value expires; empty if the key does not exist. */
  OptionalLong expire(KeyspaceId id, byte[] key, Expiry expiry) {
    KeyspaceState keyspace = keyspaces.find(id);
    if (keyspace == null) {
      return OptionalLong.empty();
    }
    try (Update update = begin()) {
      update.find(keyspace, key);
      if (!update.isPresent()) {
        return OptionalLong.empty();
      }
      update.entry().put(keyspace, key, update.value(), clock.millis());
      return write(update, expiry);
    }
  }

  /** Deletes every key of a keyspace. */
  long clear(KeyspaceId id) {
    KeyspaceState keyspace = logged(id);
    locks.lockEvery();
    try {
      PendingEntry drop = new PendingEntry().drop(keyspace, clock.millis());
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
    try (Update update = begin()) {
      update.find(keyspace, key);
      boolean isExpired = update.location() == expected && !update.isPresent();
      if (isExpired) {
        bury(update, key);
      }
      return isExpired;
    }
  }

  /** The state of a keyspace whose name, if it has one, is in the log. */
  private KeyspaceState logged(KeyspaceId id) {
    KeyspaceState keyspace = keyspaces.obtain(id);
    if (id instanceof KeyspaceId.Named named && !keyspace.isLogged()) {
      byte[] key = KeyspaceTable.key(named.name());
      byte[] value = KeyspaceTable.value(keyspace.number());
      try (Update update = begin()) {
        update.entry().put(keyspaces.system(), key, value, clock.millis());
        update.find(keyspaces.system(), key);
        if (!update.isPresent()) {
          write(update, Expiry.NEVER);
        }
      }
      keyspace.logged();
    }
    return keyspace;
  }
}
