package io.bitkv.engine;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * The entries that one thread has added to a {@link CompactLoader}, divided by stripe.
 *
 * <p>The entries of a stripe lie in a chain of pages, in no particular order:
 *
 * <pre>
 * page  = next page int32, or -1 | number of entries int32 | { entry } * 25
 * entry = tag int32 | location int64 | sequence int64, negative for a tombstone
 * </pre>
 */
final class LoadLane implements DirectoryLoader.Lane, AutoCloseable {
  private static final long TOMBSTONE = Long.MIN_VALUE;
  private static final int NO_PAGE = -1;
  private static final int COUNT_AT = Integer.BYTES;
  private static final int ENTRIES_AT = COUNT_AT + Integer.BYTES;
  private static final int SEQUENCE_AT = TagSlots.SLOT_BYTES;
  private static final int ENTRY_BYTES = SEQUENCE_AT + Long.BYTES;
  private static final int ENTRIES = (PageSlab.PAGE_BYTES - ENTRIES_AT) / ENTRY_BYTES;

  /** Receives the entries of a stripe. */
  interface Visitor {
    /** Takes one entry; the sequence without the mark of a tombstone. */
    void visit(int tag, long location, long sequence, boolean isTombstone);
  }

  private final StripeLayout layout;
  private final PageSlab slab = new PageSlab();
  private final int[] heads;

  LoadLane(StripeLayout layout) {
    this.layout = layout;
    heads = new int[layout.count()];
    Arrays.fill(heads, NO_PAGE);
  }

  @Override
  public void put(KeySlice key, long location, long sequence) {
    add(key.hash(), location, sequence);
  }

  @Override
  public void tombstone(KeySlice key, long location, long sequence) {
    add(key.hash(), location, sequence | TOMBSTONE);
  }

  private void add(long hash, long location, long markedSequence) {
    int stripe = layout.stripeOf(hash);
    int head = heads[stripe];
    int count = head == NO_PAGE ? ENTRIES : slab.chunkOf(head).get(TagSlots.TAG, PageSlab.offsetOf(head) + COUNT_AT);
    if (count == ENTRIES) {
      head = addPage(stripe);
      count = 0;
    }
    MemorySegment chunk = slab.chunkOf(head);
    long start = PageSlab.offsetOf(head);
    long at = start + ENTRIES_AT + (long) count * ENTRY_BYTES;
    chunk.set(TagSlots.TAG, at, layout.tagOf(hash));
    chunk.set(TagSlots.LOCATION, at + Integer.BYTES, location);
    chunk.set(TagSlots.LOCATION, at + SEQUENCE_AT, markedSequence);
    chunk.set(TagSlots.TAG, start + COUNT_AT, count + 1);
  }

  @Override
  public void takeBack(int segmentId) {
    for (int stripe = 0; stripe < heads.length; stripe++) {
      while (heads[stripe] != NO_PAGE && takeBack(stripe, segmentId)) {
        removePage(stripe);
      }
    }
  }

  /** Takes entries back from the first page of a stripe; tells whether none are left there. */
  private boolean takeBack(int stripe, int segmentId) {
    MemorySegment chunk = slab.chunkOf(heads[stripe]);
    long start = PageSlab.offsetOf(heads[stripe]);
    int count = chunk.get(TagSlots.TAG, start + COUNT_AT);
    while (count > 0 && segmentId(chunk, start + ENTRIES_AT + (long) (count - 1) * ENTRY_BYTES) == segmentId) {
      count--;
    }
    chunk.set(TagSlots.TAG, start + COUNT_AT, count);
    return count == 0;
  }

  private static int segmentId(MemorySegment chunk, long entryAt) {
    return EntryLocation.segmentId(chunk.get(TagSlots.LOCATION, entryAt + Integer.BYTES));
  }

  private void removePage(int stripe) {
    int[] page = {heads[stripe]};
    heads[stripe] = slab.chunkOf(page[0]).get(TagSlots.TAG, PageSlab.offsetOf(page[0]));
    slab.free(page, 0);
  }

  private int addPage(int stripe) {
    int head = slab.allocateDirty();
    slab.chunkOf(head).set(TagSlots.TAG, PageSlab.offsetOf(head), heads[stripe]);
    heads[stripe] = head;
    return head;
  }

  /** Visits the entries of a stripe. */
  void forEach(int stripe, Visitor visitor) {
    for (int head = heads[stripe]; head != NO_PAGE; ) {
      MemorySegment chunk = slab.chunkOf(head);
      long start = PageSlab.offsetOf(head);
      int count = chunk.get(TagSlots.TAG, start + COUNT_AT);
      for (int i = 0; i < count; i++) {
        long at = start + ENTRIES_AT + (long) i * ENTRY_BYTES;
        long sequence = chunk.get(TagSlots.LOCATION, at + SEQUENCE_AT);
        long location = chunk.get(TagSlots.LOCATION, at + Integer.BYTES);
        visitor.visit(chunk.get(TagSlots.TAG, at), location, sequence & ~TOMBSTONE, sequence < 0);
      }
      head = chunk.get(TagSlots.TAG, start);
    }
  }

  @Override
  public void close() {
    slab.close();
  }
}
