package io.bitkv.engine;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

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
    long count = block.byteSize() / StripeBlocks.KEY_BYTES;
    if (count * StripeBlocks.KEY_BYTES != block.byteSize() || block.byteSize() > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("a block of " + block.byteSize() + " bytes is not a stripe");
    }
    ByteBuffer keys = block.asByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    TagTableBuilder builder = table.builder((int) count);
    int last = 0;
    for (int i = 0; i < count; i++) {
      int tag = keys.getInt();
      long location = keys.getLong();
      if (Integer.compareUnsigned(tag, last) < 0) {
        throw new IllegalArgumentException("key " + i + " of the stripe is out of order");
      }
      if (!EntryLocation.isValid(location)) {
        throw new IllegalArgumentException("key " + i + " of the stripe has no location");
      }
      builder.visit(tag, location);
      last = tag;
    }
    table.install(builder);
  }
}
