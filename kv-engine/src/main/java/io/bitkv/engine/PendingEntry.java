package io.bitkv.engine;

import io.bitkv.codec.entry.EntryHeader;
import io.bitkv.codec.entry.EntryKind;
import io.bitkv.codec.entry.EntryCodec;

/**
 * An entry on its way into the log. Hashed before any lock is taken; {@link Segments#append} settles sequence and place. It may be used
 * for one entry after the other.
 *
 * <p>The arrays are borrowed until the append has ended.
 */
final class PendingEntry {
  private static final byte[] EMPTY = {};

  private final EntryHeader header = new EntryHeader();
  private final PendingEntry[] alone = {this};
  private byte[] key = EMPTY;
  private byte[] value = EMPTY;
  private long location;

  /** Becomes one that stores a value. */
  PendingEntry put(KeyspaceState keyspace, byte[] newKey, byte[] newValue, long now) {
    key = newKey;
    value = newValue;
    header.begin(EntryKind.PUT, keyspace.number()).key(key, 0, key.length).value(value, 0, value.length).timestamp(now);
    return this;
  }

  /** Becomes one that deletes a key. */
  PendingEntry tombstone(KeyspaceState keyspace, byte[] newKey, long now) {
    key = newKey;
    value = EMPTY;
    header.begin(EntryKind.TOMBSTONE, keyspace.number()).key(key, 0, key.length).timestamp(now);
    return this;
  }

  /** Becomes one that deletes every key of a keyspace. */
  PendingEntry drop(KeyspaceState keyspace, long now) {
    forget();
    header.begin(EntryKind.DROP_KEYSPACE, keyspace.number()).timestamp(now);
    return this;
  }

  /** Lets go of the arrays. */
  void forget() {
    key = EMPTY;
    value = EMPTY;
  }

  /** A batch of nothing else. */
  PendingEntry[] alone() {
    return alone;
  }

  PendingEntry expiringAt(long millis) {
    header.expiry(millis);
    return this;
  }

  EntryHeader header() {
    return header;
  }

  byte[] key() {
    return key;
  }

  byte[] value() {
    return value;
  }

  EntryKind kind() {
    return header.kind();
  }

  /** The most bytes the entry can take in the log. */
  long maxLength() {
    return EntryCodec.maxLength(key.length, value.length);
  }

  /** Its sequence number, once it is appended. */
  long sequence() {
    return header.sequence();
  }

  /** Its length in the log, once it is appended. */
  int length() {
    return header.length();
  }

  /** Where it lies, once it is appended. */
  long location() {
    return location;
  }

  void placedIn(int segmentId) {
    location = EntryLocation.of(segmentId, header.offset(), header.expiry() != EntryHeader.NO_EXPIRY);
  }
}
