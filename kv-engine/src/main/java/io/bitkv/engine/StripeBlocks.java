package io.bitkv.engine;

import java.lang.foreign.MemorySegment;

/**
 * A directory whose stripes can be written to a snapshot and read back as they are, because they hold no keys.
 *
 * <p>The block of a stripe holds its keys in hash order, {@value #KEY_BYTES} bytes each, little-endian: the tag as {@code int32}, the
 * location as {@code int64}. It means the same to any directory with the same number of stripes and the same hash function.
 */
interface StripeBlocks {
  /** The size of a key in a block. */
  int KEY_BYTES = TagSlots.SLOT_BYTES;

  /** The number of keys in a stripe; exact when the caller holds the stripe. */
  int sizeOf(int stripe);

  /**
   * Writes the block of a stripe.
   *
   * @param stripe the stripe, which the caller holds
   * @param target of at least {@link #KEY_BYTES} times {@link #sizeOf} bytes
   */
  void exportStripe(int stripe, MemorySegment target);

  /**
   * Fills an empty stripe from its block.
   *
   * @param stripe the stripe; nobody else uses it yet
   * @param block what was exported, of exactly that size
   * @throws IllegalArgumentException if this is no such block; the stripe stays empty
   */
  void importStripe(int stripe, MemorySegment block);
}
