package io.bitkv.engine;

import io.bitkv.api.Versioned;
import java.util.LinkedHashMap;
import java.util.Map;

/** The writes of a transaction to one keyspace that have not been applied yet: the last one of each key. */
final class Overlay {
  /** A write: a value, or null for a deletion, and its provisional version, by which writes are ordered across keyspaces. */
  record Write(Versioned<byte[]> value, long version) {
    boolean isDeletion() {
      return value == null;
    }
  }

  private final Map<KeySlice, Write> writes = new LinkedHashMap<>();
  private boolean isCleared;

  /** The write of a key; null if there is none. */
  Write find(KeySlice key) {
    return writes.get(key);
  }

  /** Notes a write, as the last of all; the key's array must never change. */
  void write(KeySlice key, Write write) {
    writes.remove(key);
    writes.put(key, write);
  }

  /** Notes that everything is deleted. */
  void clear() {
    writes.clear();
    isCleared = true;
  }

  /** Whether what the store holds does not show through. */
  boolean isCleared() {
    return isCleared;
  }

  /** The writes in their order. */
  Map<KeySlice, Write> writes() {
    return writes;
  }
}
