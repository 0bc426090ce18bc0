package io.bitkv.engine;

import java.lang.foreign.MemorySegment;

/**
 * A directory whose stripes can be written to a snapshot and read back as they are, because they hold no keys.
 *
 * <p>The block of a stripe is its table, see {@link TagSlots}, as it lies in memory, so that reading it is to copy it. It means the same to
 * any directory with the same number of stripes and the same hash function. All numbers are little-endian:
 *
 * <pre>
 *  0  4  keys in the stripe
 *  4  4  keys of these that expire
 *  8  4  homes
 * 12  4  pages
 * 16     pages
 * </pre>
 */
interface StripeBlocks {
  /** What stands before the pages. */
  int HEADER_BYTES = 4 * Integer.BYTES;

  /** Where in a block its number of keys stands. */
  int KEYS_AT = 0;

  /** Where in a block its number of pages stands. */
  int PAGES_AT = 3 * Integer.BYTES;

  /** The length of a block that has a number of pages. */
  static long blockBytes(int pages) {
    return HEADER_BYTES + (long) pages * PageSlab.PAGE_BYTES;
  }

  /** The number of keys in a stripe; exact when the caller holds the stripe. */
  int sizeOf(int stripe);

  /** The length of a stripe's block; exact when the caller holds the stripe. */
  long blockBytesOf(int stripe);

  /**
   * Writes the block of a stripe.
   *
   * @param stripe the stripe, which the caller holds, and which has keys
   * @param target of {@link #blockBytesOf} bytes
   */
  void exportStripe(int stripe, MemorySegment target);

  /**
   * Fills an empty stripe from its block.
   *
   * @param stripe the stripe; nobody else uses it yet
   * @param block what was exported, whole: what it tells of its keys is taken on trust
   * @throws IllegalArgumentException if this is no such block; the stripe stays empty
   */
  void importStripe(int stripe, MemorySegment block);
}
