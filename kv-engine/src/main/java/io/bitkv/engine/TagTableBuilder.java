package io.bitkv.engine;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Writes a new table of a stripe from entries that come in the order of their tags.
 *
 * <p>A table is filled to nine tenths before it grows by an eighth: full enough that a key costs some 15 bytes, and empty enough that
 * entries lie a few slots from their homes. It grows in pages, so that a stripe of ten keys takes one page.
 *
 * <p>A page is filled on the heap, and copied when it is done: an opening builds all tables before the compiler has got far, when each
 * access to memory off the heap costs many times what one to an array does.
 */
final class TagTableBuilder implements TagSlots.Visitor {
  /** Slots beyond the homes in a new table; if they do not do, a page is added. */
  private static final int SPARE = 8;

  private final PageSlab slab;
  private final ByteBuffer page = ByteBuffer.allocate(PageSlab.PAGE_BYTES).order(ByteOrder.LITTLE_ENDIAN);
  private int[] table;
  private int pageIndex = 1;
  private int next;
  private int count;
  private int expiring;

  /** Begins a table of a number of pages. */
  TagTableBuilder(PageSlab slab, int pages) {
    this.slab = slab;
    table = new int[1 + pages];
    table[0] = Math.max(0, pages * TagSlots.SLOTS - SPARE);
    slab.allocateDirty(table, 1);
  }

  /** The number of keys from which on a table is too full. */
  static int limit(int[] table) {
    return (int) (table[0] * 9L / 10);
  }

  /** The number of pages that hold a number of keys. */
  static int pagesFor(int keys) {
    return keys == 0 ? 0 : (int) ((keys * 10L / 9 + 1 + SPARE + TagSlots.SLOTS - 1) / TagSlots.SLOTS);
  }

  /** The number of pages that a table gets when it is too full. */
  static int grown(int[] table) {
    int pages = table.length - 1;
    return pages + Math.max(1, pages / 8);
  }

  /** A table with one more page at its end. */
  static int[] extended(PageSlab slab, int[] table) {
    int[] longer = Arrays.copyOf(table, table.length + 1);
    slab.allocate(longer, table.length);
    return longer;
  }

  /** Adds the next entry. */
  @Override
  public boolean visit(int tag, long location) {
    int slot = Math.max(next, TagSlots.home(table, tag));
    if (slot == TagSlots.capacity(table)) {
      table = extended(slab, table);
    }
    while (pageIndex <= slot / TagSlots.SLOTS) {
      writePage();
    }
    int at = slot % TagSlots.SLOTS * TagSlots.SLOT_BYTES;
    page.putInt(at, tag).putLong(at + Integer.BYTES, location);
    next = slot + 1;
    count++;
    expiring += EntryLocation.expires(location) ? 1 : 0;
    return true;
  }

  private void writePage() {
    int number = table[pageIndex++];
    MemorySegment.copy(MemorySegment.ofArray(page.array()), 0, slab.chunkOf(number), PageSlab.offsetOf(number), PageSlab.PAGE_BYTES);
    Arrays.fill(page.array(), (byte) 0);
  }

  /** Ends the table, when all entries are in. */
  int[] finish() {
    while (pageIndex < table.length) {
      writePage();
    }
    return table;
  }

  /** The number of entries added. */
  int count() {
    return count;
  }

  /** How many of them expire. */
  int expiring() {
    return expiring;
  }
}
