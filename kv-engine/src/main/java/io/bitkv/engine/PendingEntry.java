package io.bitkv.engine;

import io.bitkv.codec.entry.EntryHeader;
import io.bitkv.codec.entry.EntryKind;
import io.bitkv.codec.entry.EntryCodec;

/**
 * An entry on its way into the log. Made and hashed before any lock is taken; {@link Segments#append} settles sequence and place.
 *
 * <p>The arrays are borrowed until the append has ended.
 */
final class PendingEntry {
  private static final byte[] EMPTY = {};

  private final EntryHeader header = new EntryHeader();
  private final byte[] key;
  private final byte[] value;
  private long location;

  private PendingEntry(byte[] key, byte[] value) {
    this.key = key;
    this.value = value;
  }

  /** Stores a value. */
  static PendingEntry put(KeyspaceState keyspace, byte[] key, byte[] value, long now) {
    PendingEntry entry = new PendingEntry(key, value);
    entry.header.begin(EntryKind.PUT, keyspace.number()).key(key, 0, key.length).value(value, 0, value.length).timestamp(now);
    return entry;
  }

  /** Deletes a key. */
  static PendingEntry tombstone(KeyspaceState keyspace, byte[] key, long now) {
    PendingEntry entry = new PendingEntry(key, EMPTY);
    entry.header.begin(EntryKind.TOMBSTONE, keyspace.number()).key(key, 0, key.length).timestamp(now);
    return entry;
  }

  /** Deletes every key of a keyspace. */
  static PendingEntry drop(KeyspaceState keyspace, long now) {
    PendingEntry entry = new PendingEntry(EMPTY, EMPTY);
    entry.header.begin(EntryKind.DROP_KEYSPACE, keyspace.number()).timestamp(now);
    return entry;
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
