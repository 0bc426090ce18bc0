package io.bitkv.bench.client;

import java.util.List;

/** A client under measurement, connected to a server: the little that every candidate can do. Safe for many threads unless it says so. */
interface ClientSubject extends AutoCloseable {

  /** Stores a value, and waits for the answer. */
  void set(byte[] key, byte[] value);

  /** Reads a value; null when there is none. */
  byte[] get(byte[] key);

  /** Stores values under keys of the same order, sent together, and waits for every answer. */
  void setAll(List<byte[]> keys, List<byte[]> values);

  /** Reads the values of keys, asked for together; fails if one is missing. */
  void getAll(List<byte[]> keys);

  /** Tells whether many threads may share it. */
  default boolean isShared() {
    return true;
  }

  @Override
  void close();

  /** Fails unless there is a value. */
  static void check(Object value) {
    if (value == null) {
      throw new IllegalStateException("a key was lost");
    }
  }
}
