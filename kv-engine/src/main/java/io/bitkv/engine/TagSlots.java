package io.bitkv.engine;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The slots of one stripe's table, in pages of a {@link PageSlab}: how they lie and move, without regard to who else looks.
 *
 * <p>A slot holds a 32-bit tag and a 64-bit location, little-endian; location zero marks an empty one:
 *
 * <pre>
 * page   = { slot } * 42, 8 bytes unused
 * slot   = tag int32 | location int64
 * </pre>
 *
 * <p>A table is described by an array of integers: the number of <em>homes</em>, then the numbers of its pages. A tag's home is
 * {@code tag * homes / 2^32}, so homes ascend with the tags. The table is kept as by linear probing, and sorted by tag, unsigned: an
 * entry lies at its home, or after it with no empty slot between. The slots beyond the homes catch what is pushed off the end.
 * Sorting gives scans in hash order, lets a miss stop at the first greater tag, and makes a rebuild one pass from left to right.
 */
abstract class TagSlots {
  /** The size of a slot. */
  static final int SLOT_BYTES = Integer.BYTES + Long.BYTES;

  /** The number of slots in a page. */
  static final int SLOTS = PageSlab.PAGE_BYTES / SLOT_BYTES;

  /** How a tag is stored, in tables and in blocks. */
  static final ValueLayout.OfInt TAG = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  /** How a location is stored, in tables and in blocks. */
  static final ValueLayout.OfLong LOCATION = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private static final int[] EMPTY = {0};
  private static final int PAGE_END = SLOTS * SLOT_BYTES;
  private static final VarHandle TABLE;

  static {
    try {
      TABLE = MethodHandles.lookup().findVarHandle(TagSlots.class, "table", int[].class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** Receives occupied slots. */
  interface Visitor {
    /** Takes one slot and returns whether to go on. */
    boolean visit(int tag, long location);
  }

  final PageSlab slab;

  /** The homes and the pages; the array is never changed, only replaced. */
  private int[] table = EMPTY;

  TagSlots(PageSlab slab) {
    this.slab = slab;
  }

  /** The description of the table, with everything it refers to visible. */
  final int[] table() {
    return (int[]) TABLE.getAcquire(this);
  }

  /** Publishes the description of another table. */
  final void setTable(int[] table) {
    TABLE.setRelease(this, table);
  }

  /** The number of slots that a table of some homes and pages has. */
  static int capacity(int[] table) {
    return (table.length - 1) * SLOTS;
  }

  /** The first slot that a tag may lie in. */
  static int home(int[] table, int tag) {
    return (int) (Integer.toUnsignedLong(tag) * table[0] >>> Integer.SIZE);
  }

  /** Where a slot begins in the chunk of its page, which has the given number. */
  static long offset(int page, int slot) {
    return PageSlab.offsetOf(page) + slot % SLOTS * SLOT_BYTES;
  }

  /** The location of the nth entry, from 0, with a tag, or none if there are fewer. */
  final long nth(int tag, int n) {
    int[] pages = table();
    int home = home(pages, tag);
    int skip = n;
    int within = home % SLOTS * SLOT_BYTES;
    for (int i = 1 + home / SLOTS; i < pages.length; i++) {
      MemorySegment chunk = slab.chunkOf(pages[i]);
      long start = PageSlab.offsetOf(pages[i]);
      for (int at = within; at < PAGE_END; at += SLOT_BYTES) {
        int there = chunk.get(TAG, start + at);
        long location = chunk.get(LOCATION, start + at + Integer.BYTES);
        if (location == EntryLocation.NONE || Integer.compareUnsigned(there, tag) > 0) {
          return EntryLocation.NONE;
        }
        if (there == tag && skip-- == 0) {
          return location;
        }
      }
      within = 0;
    }
    return EntryLocation.NONE;
  }

  /** Visits the occupied slots from a slot on, in the order of their tags, until the visitor has enough. */
  final void walk(int from, Visitor visitor) {
    int[] pages = table();
    int within = from % SLOTS * SLOT_BYTES;
    for (int i = 1 + from / SLOTS; i < pages.length; i++) {
      MemorySegment chunk = slab.chunkOf(pages[i]);
      long start = PageSlab.offsetOf(pages[i]);
      for (int at = within; at < PAGE_END; at += SLOT_BYTES) {
        long location = chunk.get(LOCATION, start + at + Integer.BYTES);
        if (location != EntryLocation.NONE && !visitor.visit(chunk.get(TAG, start + at), location)) {
          return;
        }
      }
      within = 0;
    }
  }

  /** The location in a slot of a table. */
  final long location(int[] pages, int slot) {
    int page = pages[1 + slot / SLOTS];
    return slab.chunkOf(page).get(LOCATION, offset(page, slot) + Integer.BYTES);
  }

  private long location(int slot) {
    return location(table, slot);
  }

  private int tag(int slot) {
    int page = table[1 + slot / SLOTS];
    return slab.chunkOf(page).get(TAG, offset(page, slot));
  }

  /** Writes a slot. */
  final void set(int slot, int tag, long location) {
    int page = table[1 + slot / SLOTS];
    MemorySegment chunk = slab.chunkOf(page);
    long offset = offset(page, slot);
    chunk.set(TAG, offset, tag);
    chunk.set(LOCATION, offset + Integer.BYTES, location);
  }

  /** The slot of an entry with a tag and a location, or -1. */
  final int slotOf(int tag, long location) {
    int capacity = capacity(table);
    for (int slot = home(table, tag); slot < capacity; slot++) {
      long there = location(slot);
      if (there == location && tag(slot) == tag) {
        return slot;
      }
      if (there == EntryLocation.NONE || Integer.compareUnsigned(tag(slot), tag) > 0) {
        return -1;
      }
    }
    return -1;
  }

  /** The slot where a new entry with a tag belongs: the first that is empty or has a greater tag, or the capacity. */
  final int placeOf(int tag) {
    int capacity = capacity(table);
    int slot = home(table, tag);
    while (slot < capacity
        && location(slot) != EntryLocation.NONE
        && Integer.compareUnsigned(tag(slot), tag) <= 0) {
      slot++;
    }
    return slot;
  }

  /** The first empty slot from a slot on, or the capacity. */
  final int emptyFrom(int from) {
    int capacity = capacity(table);
    int slot = from;
    while (slot < capacity && location(slot) != EntryLocation.NONE) {
      slot++;
    }
    return slot;
  }

  /** The end of the entries that have been pushed beyond their homes, counted from a slot. */
  final int displacedEnd(int from) {
    int capacity = capacity(table);
    int slot = from;
    while (slot < capacity && location(slot) != EntryLocation.NONE && home(table, tag(slot)) < slot) {
      slot++;
    }
    return slot;
  }

  /** Moves the slots from one, inclusive, to another, exclusive, up by one. */
  final void moveUp(int from, int to) {
    int hole = to;
    while (hole > from) {
      int first = Math.max(from, hole - Math.max(1, hole % SLOTS));
      move(first, hole - first, first + 1);
      hole = first;
    }
  }

  /** Moves the slots from one, inclusive, to another, exclusive, down by one. */
  final void moveDown(int from, int to) {
    int first = from;
    while (first < to) {
      int within = first % SLOTS;
      int end = within == 0 ? first + 1 : Math.min(to, first - within + SLOTS);
      move(first, end - first, first - 1);
      first = end;
    }
  }

  private void move(int from, int count, int to) {
    int fromPage = table[1 + from / SLOTS];
    int toPage = table[1 + to / SLOTS];
    MemorySegment.copy(
        slab.chunkOf(fromPage), offset(fromPage, from), slab.chunkOf(toPage), offset(toPage, to), (long) count * SLOT_BYTES);
  }
}
