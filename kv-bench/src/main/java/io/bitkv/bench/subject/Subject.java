package io.bitkv.bench.subject;

import java.io.IOException;
import java.nio.file.Path;

/** A store under measurement: the little that every candidate can do, called by the one workload driver. Safe for many threads. */
public interface Subject extends AutoCloseable {

  /** How far a put has come when it returns. */
  enum Durability {
    /** Synced by the store in its own time, about once a second where that can be chosen. */
    BACKGROUND,
    /** On stable storage. */
    SYNCED
  }

  /**
   * What a subject is opened with.
   *
   * @param directory an empty or formerly used directory of its own
   * @param keys how many keys the workload holds, for stores that must be sized
   * @param valueBytes how long the values are, for stores that must be sized
   * @param durability how far a put has come when it returns
   */
  record Setup(Path directory, long keys, int valueBytes, Durability durability) {}

  /** Makes an open subject. */
  @FunctionalInterface
  interface Factory {
    /**
     * Opens the store.
     *
     * @param setup with what
     * @return the open store
     * @throws Exception if it cannot be opened
     */
    Subject open(Setup setup) throws Exception;
  }

  /**
   * Stores a value.
   *
   * @param key the key
   * @param value the value
   * @throws Exception if the store fails
   */
  void put(byte[] key, byte[] value) throws Exception;

  /**
   * Reads a value.
   *
   * @param key the key
   * @return a copy of the value on the heap, or null when there is none
   * @throws Exception if the store fails
   */
  byte[] get(byte[] key) throws Exception;

  /**
   * Deletes a key.
   *
   * @param key the key
   * @throws Exception if the store fails
   */
  void delete(byte[] key) throws Exception;

  /**
   * Brings the files to their smallest, as far as the store offers that to its users.
   *
   * @throws Exception if the store fails
   */
  default void compact() throws Exception {}

  @Override
  void close() throws IOException;
}
