package io.bitkv.engine;

/**
 * Tells whether the entry at a location holds the key that is looked for, by reading the log.
 *
 * <p>A directory that keeps no keys asks this of every candidate. The matcher may capture the value while it reads, so that a get
 * reads the log once: what it captured last before {@link Match#SAME} belongs to the location that {@link KeyDirectory#find}
 * returns.
 */
@FunctionalInterface
interface KeyMatcher {
  /** What the log holds at a location. */
  enum Match {
    /** An entry with the key that is looked for. */
    SAME,
    /** An entry with another key. */
    OTHER,
    /** Nothing any more: the segment was retired after its entries had moved, so the directory must be asked again. */
    GONE
  }

  /**
   * Reads the entry at a location and compares its key.
   *
   * @param location an {@link EntryLocation} that the directory held at some moment since {@code find} was called
   * @return what is there
   */
  Match match(long location);
}
