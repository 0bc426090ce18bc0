package io.bitkv.engine;

import java.lang.foreign.MemorySegment;

/** Writes and reads the blocks of {@link StripeBlocks}. */
final class StripeBlock {
  private StripeBlock() {}

  /** Writes the keys of a table. */
  static void write(TagTable table, MemorySegment target) {
    table.walk(0, new TagSlots.Visitor() {
      private long at;

      @Override
      public boolean visit(int tag, long location) {
        target.set(TagSlots.TAG, at, tag);
        target.set(TagSlots.LOCATION, at + Integer.BYTES, location);
        at += StripeBlocks.KEY_BYTES;
        return true;
      }
    });
  }

  /** Fills an empty table with the keys of a block. */
  static void read(MemorySegment block, TagTable table) {
    int count = check(block);
    TagTableBuilder builder = table.builder(count);
    for (int i = 0; i < count; i++) {
      long at = (long) i * StripeBlocks.KEY_BYTES;
      builder.visit(block.get(TagSlots.TAG, at), block.get(TagSlots.LOCATION, at + Integer.BYTES));
    }
    table.install(builder);
  }

  private static int check(MemorySegment block) {
    long count = block.byteSize() / StripeBlocks.KEY_BYTES;
    if (count * StripeBlocks.KEY_BYTES != block.byteSize() || count != (int) count) {
      throw new IllegalArgumentException("a block of " + block.byteSize() + " bytes is not a stripe");
    }
    int last = 0;
    for (int i = 0; i < count; i++) {
      long at = (long) i * StripeBlocks.KEY_BYTES;
      int tag = block.get(TagSlots.TAG, at);
      if (Integer.compareUnsigned(tag, last) < 0) {
        throw new IllegalArgumentException("key " + i + " of the stripe is out of order");
      }
      if (!EntryLocation.isValid(block.get(TagSlots.LOCATION, at + Integer.BYTES))) {
        throw new IllegalArgumentException("key " + i + " of the stripe has no location");
      }
      last = tag;
    }
    return (int) count;
  }
}
