package io.bitkv.engine;

/** Goes through entries of a keyspace, one at a time. For one thread at a time; whoever made it closes it. */
interface EntryCursor extends AutoCloseable {

  /**
   * Loads the next entry.
   *
   * @param reader where it is loaded
   * @return whether there was one
   */
  boolean next(EntryReader reader);

  @Override
  void close();
}
