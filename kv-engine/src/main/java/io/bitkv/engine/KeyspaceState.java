package io.bitkv.engine;

import io.bitkv.codec.entry.KeyHash;

/** One keyspace: its number in the log, its key directory, and the slot of its counters in each segment's {@link LiveBytes}. */
final class KeyspaceState {
  private final int number;
  private final long seed;
  private final int slot;
  private final KeyDirectory directory;
  private volatile boolean isLogged;

  KeyspaceState(int number, long storeId, int slot, KeyDirectory directory) {
    this.number = number;
    this.slot = slot;
    this.directory = directory;
    seed = KeyHash.seed(storeId, number);
  }

  int number() {
    return number;
  }

  int slot() {
    return slot;
  }

  KeyDirectory directory() {
    return directory;
  }

  /** Whether the log says which name this number belongs to. */
  boolean isLogged() {
    return isLogged;
  }

  /** Notes that it does. */
  void logged() {
    isLogged = true;
  }

  /** A key of this keyspace, hashed. */
  KeySlice slice(byte[] key) {
    return slice(key, 0, key.length);
  }

  /** A key of this keyspace among other bytes, hashed. */
  KeySlice slice(byte[] bytes, int from, int length) {
    return new KeySlice(bytes, from, length, KeyHash.hash(bytes, from, length, seed));
  }
}
