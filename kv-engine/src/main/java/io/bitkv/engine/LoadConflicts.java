package io.bitkv.engine;

/**
 * Answers the questions of a {@link DirectoryLoader} that only the log can answer, and learns which entries turned out to be dead.
 *
 * <p>Called from every thread that adds to the loader or builds from it, in no particular order.
 */
interface LoadConflicts {
  /**
   * Whether two entries hold the same key. Asked when all hash bits that the directory keeps are equal, which is the rule for
   * versions of one key and the rare exception for different keys.
   *
   * @param location an entry that was added
   * @param other another one
   * @return whether their keys are equal byte by byte
   */
  boolean sameKey(long location, long other);

  /**
   * Reports an entry, put or tombstone, that is not the latest of its key or was dropped with its keyspace. Each is reported once.
   *
   * @param location the dead entry
   */
  void superseded(long location);
}
