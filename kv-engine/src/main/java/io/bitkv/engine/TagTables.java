package io.bitkv.engine;

import io.bitkv.api.StoreClosedException;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.LongConsumer;
import java.util.function.ToIntFunction;
import java.util.random.RandomGenerator;

/**
 * The tables of all stripes of one directory, from when it was empty until it is cleared or closed.
 *
 * <p>Readers that are still at work on discarded tables find them empty: the keys were gone at one moment of their call.
 */
final class TagTables {
  private final PageSlab slab = new PageSlab();
  private final AtomicReferenceArray<TagTable> tables;
  private volatile boolean isCleared;

  TagTables(int stripes) {
    tables = new AtomicReferenceArray<>(stripes);
  }

  /** The memory that the tables are made of. */
  PageSlab slab() {
    return slab;
  }

  /** The table of a stripe, or null if the stripe has had no key so far. */
  TagTable get(int stripe) {
    return tables.getAcquire(stripe);
  }

  /** The table of a stripe, made if need be; the caller holds the stripe. */
  TagTable getOrCreate(int stripe) {
    TagTable table = get(stripe);
    if (table == null) {
      table = new TagTable(slab);
      tables.setRelease(stripe, table);
    }
    return table;
  }

  /** As {@link TagSlots#nth}. */
  long nth(TagTable table, int tag, int n) {
    try {
      return table.nth(tag, n);
    } catch (IllegalStateException closed) {
      checkCleared(closed);
      return EntryLocation.NONE;
    }
  }

  /** Fills a batch, as {@link TagTable#read} does, from a stripe. */
  void read(int stripe, ScanBatch batch) {
    TagTable table = get(stripe);
    if (table == null) {
      return;
    }
    try {
      table.read(batch);
    } catch (IllegalStateException closed) {
      checkCleared(closed);
      batch.empty();
    }
  }

  /** A random entry of the stripe in which the nth key lies, from 0, or none if the keys have changed meanwhile. */
  long pick(long n, RandomGenerator random) {
    long left = n;
    for (int stripe = 0; stripe < tables.length(); stripe++) {
      TagTable table = get(stripe);
      int count = table == null ? 0 : table.count();
      if (left < count) {
        return pick(table, random);
      }
      left -= count;
    }
    return EntryLocation.NONE;
  }

  private long pick(TagTable table, RandomGenerator random) {
    try {
      return table.random(random);
    } catch (IllegalStateException closed) {
      checkCleared(closed);
      return EntryLocation.NONE;
    }
  }

  /** The sum of a figure over all tables. */
  long sum(ToIntFunction<TagTable> figure) {
    long sum = 0;
    for (int stripe = 0; stripe < tables.length(); stripe++) {
      TagTable table = get(stripe);
      sum += table == null ? 0 : figure.applyAsInt(table);
    }
    return sum;
  }

  /** Visits all entries of a table; the caller holds its stripe. */
  void forEach(TagTable table, LongConsumer visitor) {
    try {
      table.walk(0, (tag, location) -> {
        visitor.accept(location);
        return true;
      });
    } catch (IllegalStateException closed) {
      checkCleared(closed);
    }
  }

  private void checkCleared(IllegalStateException closed) {
    if (!slab.isClosed()) {
      throw closed;
    }
    if (!isCleared) {
      throw new StoreClosedException("the store is closed; open it again", closed);
    }
  }

  /** Gives the memory back; whoever still reads finds nothing. */
  void clear() {
    isCleared = true;
    slab.close();
  }

  /** Gives the memory back; whoever still reads is told that the store is closed. */
  void close() {
    slab.close();
  }
}
