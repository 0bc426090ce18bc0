package io.bitkv.engine;

import java.lang.foreign.MemorySegment;

/** Writes and reads the blocks of {@link StripeBlocks}. */
final class StripeBlock {
  private static final long EXPIRING_AT = StripeBlocks.KEYS_AT + Integer.BYTES;
  private static final long HOMES_AT = EXPIRING_AT + Integer.BYTES;

  private StripeBlock() {}

  /** Writes a table. */
  static void write(TagTable table, MemorySegment target) {
    int[] pages = table.table();
    target.set(TagSlots.TAG, StripeBlocks.KEYS_AT, table.count());
    target.set(TagSlots.TAG, EXPIRING_AT, table.expiring());
    target.set(TagSlots.TAG, HOMES_AT, pages[0]);
    target.set(TagSlots.TAG, StripeBlocks.PAGES_AT, pages.length - 1);
    table.slab.read(pages, 1, target.asSlice(StripeBlocks.HEADER_BYTES));
  }

  /** Fills an empty table with a block. */
  static void read(MemorySegment block, TagTable table) {
    check(block.byteSize() >= StripeBlocks.HEADER_BYTES, block);
    int keys = block.get(TagSlots.TAG, StripeBlocks.KEYS_AT);
    int expiring = block.get(TagSlots.TAG, EXPIRING_AT);
    int homes = block.get(TagSlots.TAG, HOMES_AT);
    int count = block.get(TagSlots.TAG, StripeBlocks.PAGES_AT);
    check(count > 0 && block.byteSize() == StripeBlocks.blockBytes(count), block);
    long slots = (long) count * TagSlots.SLOTS;
    check(keys > 0 && keys <= slots && homes > 0 && homes <= slots && expiring >= 0 && expiring <= keys, block);
    table.fill(homes, block.asSlice(StripeBlocks.HEADER_BYTES), keys, expiring);
  }

  private static void check(boolean isRight, MemorySegment block) {
    if (!isRight) {
      throw new IllegalArgumentException("a block of " + block.byteSize() + " bytes is not a stripe");
    }
  }
}
