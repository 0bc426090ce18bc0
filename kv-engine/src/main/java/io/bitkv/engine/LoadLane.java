package io.bitkv.engine;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The entries that one thread has added to a {@link CompactLoader}, divided by stripe.
 *
 * <p>The entries of a stripe lie in a chain of pages, those that were added last in the first. All pages but the first are full:
 *
 * <pre>
 * page  = next page int32, or -1 | { entry } * 25
 * entry = tag int32 | location int64 | sequence int64, negative for a tombstone
 * </pre>
 *
 * <p>How many entries the first page has is kept on the heap, and a page is copied there to be read: an opening is over before the compiler
 * has got far, when each access to memory off the heap costs many times what one to an array does.
 */
final class LoadLane implements DirectoryLoader.Lane, AutoCloseable {
  private static final long TOMBSTONE = Long.MIN_VALUE;
  private static final int NO_PAGE = -1;
  private static final int ENTRIES_AT = Integer.BYTES;
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

  /** The first page of each stripe, and how many entries it has. */
  private final int[] heads;

  private final byte[] counts;

  LoadLane(StripeLayout layout) {
    this.layout = layout;
    heads = new int[layout.count()];
    counts = new byte[layout.count()];
    Arrays.fill(heads, NO_PAGE);
    Arrays.fill(counts, (byte) ENTRIES);
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
    if (counts[stripe] == ENTRIES) {
      addPage(stripe);
    }
    int count = counts[stripe]++;
    MemorySegment chunk = slab.chunkOf(heads[stripe]);
    long at = entryAt(heads[stripe], count);
    chunk.set(TagSlots.TAG, at, layout.tagOf(hash));
    chunk.set(TagSlots.LOCATION, at + Integer.BYTES, location);
    chunk.set(TagSlots.LOCATION, at + SEQUENCE_AT, markedSequence);
  }

  private static long entryAt(int page, int index) {
    return PageSlab.offsetOf(page) + ENTRIES_AT + (long) index * ENTRY_BYTES;
  }

  private void addPage(int stripe) {
    int head = slab.allocateDirty();
    slab.chunkOf(head).set(TagSlots.TAG, PageSlab.offsetOf(head), heads[stripe]);
    heads[stripe] = head;
    counts[stripe] = 0;
  }

  @Override
  public void takeBack(int segmentId) {
    for (int stripe = 0; stripe < heads.length; stripe++) {
      while (heads[stripe] != NO_PAGE && lastSegmentId(stripe) == segmentId) {
        counts[stripe]--;
        if (counts[stripe] == 0) {
          removePage(stripe);
        }
      }
    }
  }

  private int lastSegmentId(int stripe) {
    long at = entryAt(heads[stripe], counts[stripe] - 1) + Integer.BYTES;
    return EntryLocation.segmentId(slab.chunkOf(heads[stripe]).get(TagSlots.LOCATION, at));
  }

  private void removePage(int stripe) {
    int[] page = {heads[stripe]};
    heads[stripe] = slab.chunkOf(page[0]).get(TagSlots.TAG, PageSlab.offsetOf(page[0]));
    counts[stripe] = ENTRIES;
    slab.free(page, 0);
  }

  /** Visits the entries of a stripe. */
  void forEach(int stripe, Visitor visitor) {
    ByteBuffer page = ByteBuffer.allocate(PageSlab.PAGE_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    int count = counts[stripe];
    for (int head = heads[stripe]; head != NO_PAGE; head = page.getInt(0)) {
      MemorySegment.copy(slab.chunkOf(head), PageSlab.offsetOf(head), MemorySegment.ofArray(page.array()), 0, PageSlab.PAGE_BYTES);
      for (int i = 0, at = ENTRIES_AT; i < count; i++, at += ENTRY_BYTES) {
        long sequence = page.getLong(at + SEQUENCE_AT);
        visitor.visit(page.getInt(at), page.getLong(at + Integer.BYTES), sequence & ~TOMBSTONE, sequence < 0);
      }
      count = ENTRIES;
    }
  }

  @Override
  public void close() {
    slab.close();
  }
}
