package io.bitkv.engine;

import java.util.function.LongConsumer;
import java.util.random.RandomGenerator;

/**
 * The map from each key of one keyspace to the {@link EntryLocation} of its latest entry.
 *
 * <p>The directory does no I/O: where it keeps no keys, a {@link KeyMatcher} compares them in the log.
 *
 * <p><b>Concurrency.</b> {@link #find}, {@link #scan}, {@link #randomPosition}, {@link #size}, {@link #expiringCount} and
 * {@link #memoryBytes} take no lock and may be called at any time by any thread. The methods that change a key, and
 * {@link #forEachInStripe}, require that the calling thread holds the lock of the key's stripe in the {@link StripeLocks} that all
 * directories of a store share; {@link #clear} requires all of them. A key that is present throughout a call of {@code find} is
 * found, however often its entry moves meanwhile.
 */
interface KeyDirectory extends AutoCloseable {

  /**
   * Finds where the latest entry of a key lies.
   *
   * @param key the key
   * @param matcher reads the log; called outside any lock of the directory, usually once
   * @return the location the key had at some moment during the call, or {@link EntryLocation#NONE} if it was absent
   * @throws IllegalStateException if the matcher finds no entry where the directory keeps pointing
   * @throws io.bitkv.api.StoreClosedException if the directory is closed
   */
  long find(KeySlice key, KeyMatcher matcher);

  /**
   * Tells whether a key has a location, without a look into the log.
   *
   * @param key the key that the entry at the location holds
   * @param location the location
   * @return whether the key had it at some moment during the call
   */
  boolean isAt(KeySlice key, long location);

  /**
   * Adds a key that is absent. The bytes of the key are copied where they are kept.
   *
   * @param key the key; the caller holds its stripe and has found it absent
   * @param location where its entry lies
   */
  void insert(KeySlice key, long location);

  /**
   * Moves a key to another location if it is still at the expected one: the step of an overwrite, and of a merge.
   *
   * @param key the key; the caller holds its stripe
   * @param expected the location it is thought to have
   * @param location the location it gets
   * @return whether it was at the expected location and has been moved
   */
  boolean replace(KeySlice key, long expected, long location);

  /**
   * Removes a key if it is still at the expected location.
   *
   * @param key the key; the caller holds its stripe
   * @param expected the location it is thought to have
   * @return whether it was there and has been removed
   */
  boolean remove(KeySlice key, long expected);

  /** Whether the bytes of the keys are kept; if not, the hash of a key is all that is looked at here. */
  boolean keepsKeys();

  /** The number of keys; exact when no writer is at work. */
  long size();

  /** The number of keys whose location says that the entry expires; exact when no writer is at work. */
  long expiringCount();

  /** Memory held for the keys, on and off the heap, in bytes; what lies on the heap is an estimate. */
  long memoryBytes();

  /**
   * Visits some keys in the order of their hashes, without state between the calls.
   *
   * <p>A scan starts with cursor 0, goes on with the cursor that each call returns, and ends when that is 0 again. Every key
   * that is present throughout is visited at least once, whatever else is inserted, removed or moved meanwhile. Cursors are
   * below 2^48 and stay valid for ever, with any implementation and number of stripes, as long as the hash function is the same.
   *
   * @param cursor 0, or what the previous call returned; a number that no call returned ends the scan at the latest
   * @param atLeast how many locations to visit unless the end comes first, at least 1; keys with equal hash bits go together
   * @param locations receives the locations, outside any lock
   * @return the next cursor, or 0 at the end
   */
  long scan(long cursor, int atLeast, LongConsumer locations);

  /**
   * Visits all keys of a stripe in hash order.
   *
   * @param stripe the stripe, whose lock the caller holds, so that this is a consistent picture
   * @param locations receives the locations
   */
  void forEachInStripe(int stripe, LongConsumer locations);

  /**
   * Picks a key at random, each about as likely as any other.
   *
   * @param random the source of chance
   * @return the location of the key, or {@link EntryLocation#NONE} if there is no key
   */
  long randomPosition(RandomGenerator random);

  /**
   * Starts to fill this directory, which must be empty, in bulk.
   *
   * @param conflicts is asked where the loader cannot decide by itself
   * @return the loader
   * @throws IllegalStateException if there are keys already
   */
  DirectoryLoader loader(LoadConflicts conflicts);

  /** Removes all keys; the caller holds every stripe. */
  void clear();

  /** Gives the memory back. Later calls are refused or find nothing. */
  @Override
  void close();
}
