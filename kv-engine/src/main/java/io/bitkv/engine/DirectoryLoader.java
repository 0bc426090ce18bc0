package io.bitkv.engine;

/**
 * Fills an empty {@link KeyDirectory} from entries that come in any order, many times faster than one by one.
 *
 * <p>First the entries are collected: each reading thread uses a {@link Lane} of its own. Then, when all are in, the stripes are
 * built; several threads may build disjoint ranges. Of the entries of one key the highest sequence wins, and of equal sequences
 * the later location (a merge that was cut off leaves such twins); a tombstone that wins leaves the key absent.
 */
interface DirectoryLoader extends AutoCloseable {

  /** Takes entries from one thread. */
  interface Lane {
    /**
     * Adds an entry that puts a key.
     *
     * @param key the key; not kept unless copied
     * @param location where the entry lies
     * @param sequence the entry's sequence, 0 or more
     */
    void put(KeySlice key, long location, long sequence);

    /**
     * Adds a tombstone.
     *
     * @param key the key; not kept unless copied
     * @param location where the tombstone lies
     * @param sequence the tombstone's sequence, 0 or more
     */
    void tombstone(KeySlice key, long location, long sequence);

    /**
     * Takes back all entries of a segment, as if they had not been added. No entry of another segment may have been added after them.
     *
     * @param segmentId the segment
     * @throws IllegalStateException if the directory keeps keys: then an entry takes effect as soon as it is added
     */
    void takeBack(int segmentId);
  }

  /** A new lane, for one thread. */
  Lane lane();

  /**
   * Builds the stripes of a range. Called once for each stripe, after all lanes are filled.
   *
   * @param fromStripe the first stripe
   * @param toStripe the stripe after the last
   * @param floorSequence entries below this sequence are dead, as after a drop of the keyspace; 0 for none
   */
  void build(int fromStripe, int toStripe, long floorSequence);

  /** Gives the memory of the lanes back; what was built stays. */
  @Override
  void close();
}
