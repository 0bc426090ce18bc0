package io.bitkv.engine;

import io.bitkv.api.Condition;
import io.bitkv.api.Expiry;
import java.time.InstantSource;

/**
 * The write of one key: what is found under it, while it is locked, and the entry that takes the place of that. Used for one key after the
 * other, so that a put need not make one. For one thread.
 */
final class Update implements AutoCloseable {
  private static final int UNLOCKED = -1;

  private final StripeLocks locks;
  private final EntryReader reader;
  private final InstantSource clock;
  private final PendingEntry entry = new PendingEntry();
  private KeyspaceState keyspace;
  private KeySlice key;
  private int stripe = UNLOCKED;
  private long location;
  private boolean isPresent;

  Update(StripeLocks locks, EntryReader reader, InstantSource clock) {
    this.locks = locks;
    this.reader = reader;
    this.clock = clock;
  }

  /** Lends this unless it is lent already; tells whether it did. Closing ends the loan. */
  boolean lend() {
    return reader.lend();
  }

  /** Locks a key and looks it up; it stays locked until this is closed. */
  void find(KeyspaceState keyspaceOfKey, byte[] bytes) {
    keyspace = keyspaceOfKey;
    key = keyspace.slice(bytes);
    int wanted = locks.stripeOf(key.hash());
    locks.lock(wanted);
    stripe = wanted;
    location = reader.find(keyspace.directory(), key);
    isPresent = location != EntryLocation.NONE && !reader.isExpired(clock);
  }

  KeyspaceState keyspace() {
    return keyspace;
  }

  /** Where the latest entry of the key lies, or {@link EntryLocation#NONE}. */
  long location() {
    return location;
  }

  /** Whether there is a value, and it has not expired. */
  boolean isPresent() {
    return isPresent;
  }

  boolean meets(Condition condition) {
    return isPresent
        ? Conditions.holdsForPresent(condition, reader.sequence(), reader::value)
        : Conditions.holdsForAbsent(condition);
  }

  /** When the value expires that is there. */
  long expiry() {
    return isPresent ? reader.expiry() : Expiry.NONE;
  }

  /** The value that is there. */
  byte[] value() {
    return reader.value();
  }

  /** The entry that is to be written. */
  PendingEntry entry() {
    return entry;
  }

  /** What writing the entry changes. */
  Change change() {
    return new Change(keyspace, key, location, location == EntryLocation.NONE ? 0 : reader.length(), entry);
  }

  /** Unlocks the key. */
  @Override
  public void close() {
    entry.forget();
    key = null;
    reader.giveBack();
    if (stripe != UNLOCKED) {
      int held = stripe;
      stripe = UNLOCKED;
      locks.unlock(held);
    }
  }
}
