package io.bitkv.engine;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.random.RandomGenerator;

/**
 * The table of one stripe: which tags there are, and where their entries lie.
 *
 * <p><b>Concurrency: a sequence lock.</b> Writers hold the stripe's lock. Around each change they make the version odd, then even
 * again; a rebuilt table is written aside, so that this takes well below a microsecond, and never spans a write to the log. Readers
 * take the version, read what they need without any lock, and use it only if the version is still the same and even. What they read
 * in between may be nonsense, but it is always readable: the description of a table is an immutable array, and pages outlive it.
 */
final class TagTable extends TagSlots {
  private static final int SPINS = 64;
  private static final int RANDOM_TRIES = 64;
  private static final VarHandle VERSION;

  static {
    try {
      VERSION = MethodHandles.lookup().findVarHandle(TagTable.class, "version", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private int version;
  private int count;
  private int expiring;

  TagTable(PageSlab slab) {
    super(slab);
  }

  /** The version before an optimistic read: waits until no change is under way. */
  int version() {
    for (int spins = 0; ; spins++) {
      int now = (int) VERSION.getAcquire(this);
      if ((now & 1) == 0) {
        return now;
      }
      if (spins < SPINS) {
        Thread.onSpinWait();
      } else {
        Thread.yield();
      }
    }
  }

  /** Whether everything read since the version was taken is true of one moment. */
  boolean isStill(int before) {
    VarHandle.acquireFence();
    return version == before;
  }

  private void beginChange() {
    version++;
    VarHandle.storeStoreFence();
  }

  private void endChange() {
    VERSION.setRelease(this, version + 1);
  }

  /** The number of keys. */
  int count() {
    return count;
  }

  /** The number of keys whose entries expire. */
  int expiring() {
    return expiring;
  }

  /** Heap memory of this object and the description of its table, in bytes. */
  int heapBytes() {
    return 32 + 16 + table().length * Integer.BYTES;
  }

  /** Adds an entry. */
  void insert(int tag, long location) {
    if (count >= TagTableBuilder.limit(table())) {
      rebuild(TagTableBuilder.grown(table()));
    }
    int place = placeOf(tag);
    int empty = emptyFrom(place);
    if (empty == capacity(table())) {
      setTable(TagTableBuilder.extended(slab, table()));
    }
    beginChange();
    moveUp(place, empty);
    set(place, tag, location);
    endChange();
    count++;
    expiring += EntryLocation.expires(location) ? 1 : 0;
  }

  /** Moves the entry with a tag from one location to another, and returns whether it was there. */
  boolean replace(int tag, long expected, long location) {
    int slot = slotOf(tag, expected);
    if (slot < 0) {
      return false;
    }
    beginChange();
    set(slot, tag, location);
    endChange();
    expiring += (EntryLocation.expires(location) ? 1 : 0) - (EntryLocation.expires(expected) ? 1 : 0);
    return true;
  }

  /** Removes the entry with a tag from a location, and returns whether it was there. */
  boolean remove(int tag, long expected) {
    int slot = slotOf(tag, expected);
    if (slot < 0) {
      return false;
    }
    int end = displacedEnd(slot + 1);
    beginChange();
    moveDown(slot + 1, end);
    set(end - 1, 0, EntryLocation.NONE);
    endChange();
    count--;
    expiring -= EntryLocation.expires(expected) ? 1 : 0;
    if (count < TagTableBuilder.limit(table()) / 2) {
      shrink();
    }
    return true;
  }

  private void shrink() {
    int pages = TagTableBuilder.pagesFor(count + count / 4);
    if (pages < table().length - 1) {
      rebuild(pages);
    }
  }

  /** A builder for this table, which is empty, with room for a number of keys. */
  TagTableBuilder builder(int keys) {
    checkEmpty();
    return new TagTableBuilder(slab, TagTableBuilder.pagesFor(keys));
  }

  /** Makes this table, which is empty, one of a number of homes, and of pages that lie one behind the other. */
  void fill(int homes, MemorySegment pages, int keys, int expiringKeys) {
    checkEmpty();
    int[] filled = new int[1 + Math.toIntExact(pages.byteSize() / PageSlab.PAGE_BYTES)];
    filled[0] = homes;
    slab.allocateDirty(filled, 1);
    slab.write(filled, 1, pages);
    install(filled, keys, expiringKeys);
  }

  private void checkEmpty() {
    if (count != 0) {
      throw new IllegalStateException("a stripe is filled in bulk that has " + count + " keys already");
    }
  }

  private void rebuild(int pages) {
    TagTableBuilder builder = new TagTableBuilder(slab, pages);
    walk(0, builder);
    install(builder);
  }

  /** Replaces the whole table by one that has been built aside. */
  void install(TagTableBuilder built) {
    install(built.finish(), built.count(), built.expiring());
  }

  private void install(int[] built, int keys, int expiringKeys) {
    int[] old = table();
    beginChange();
    setTable(built);
    endChange();
    count = keys;
    expiring = expiringKeys;
    slab.free(old, 1);
  }

  /** Fills a batch with entries that were all there at one moment. */
  void read(ScanBatch batch) {
    while (true) {
      int before = version();
      walk(home(table(), batch.fromTag()), batch);
      if (isStill(before)) {
        return;
      }
      batch.beginAgain();
    }
  }

  /** The location of a random entry, or none if the table is empty. */
  long random(RandomGenerator random) {
    while (true) {
      int before = version();
      long location = pick(random);
      if (isStill(before)) {
        return location;
      }
    }
  }

  private long pick(RandomGenerator random) {
    int[] pages = table();
    int capacity = capacity(pages);
    if (capacity == 0) {
      return EntryLocation.NONE;
    }
    long location = EntryLocation.NONE;
    for (int tries = 0; tries < RANDOM_TRIES && location == EntryLocation.NONE; tries++) {
      location = location(pages, random.nextInt(capacity));
    }
    for (int slot = 0; slot < capacity && location == EntryLocation.NONE; slot++) {
      location = location(pages, slot);
    }
    return location;
  }
}
