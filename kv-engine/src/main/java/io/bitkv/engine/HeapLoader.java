package io.bitkv.engine;

import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.ObjLongConsumer;

/** The loader of the directories that keep their keys: a sorted map of the newest entry of each key seen so far. */
final class HeapLoader implements DirectoryLoader {
  private record Newest(long location, long sequence, boolean tombstone) {
    boolean isOlderThan(Newest other) {
      return sequence != other.sequence
          ? sequence < other.sequence
          : EntryLocation.compare(location, other.location) < 0;
    }
  }

  private final StripeLayout layout;
  private final LoadConflicts conflicts;
  private final ObjLongConsumer<KeySlice> directory;
  private final ConcurrentSkipListMap<KeySlice, Newest> newest = new ConcurrentSkipListMap<>(HeapKeyDirectory::byHash);

  /** Makes a loader that hands each key that is present in the end, with its location, to a directory. */
  HeapLoader(StripeLayout layout, LoadConflicts conflicts, ObjLongConsumer<KeySlice> directory) {
    this.layout = layout;
    this.conflicts = conflicts;
    this.directory = directory;
  }

  @Override
  public Lane lane() {
    return new Lane() {
      @Override
      public void put(KeySlice key, long location, long sequence) {
        add(key.copy(), new Newest(location, sequence, false));
      }

      @Override
      public void tombstone(KeySlice key, long location, long sequence) {
        add(key.copy(), new Newest(location, sequence, true));
      }

      @Override
      public void takeBack(int segmentId) {
        throw new IllegalStateException("what was added to a directory that keeps keys cannot be taken back");
      }
    };
  }

  private void add(KeySlice key, Newest entry) {
    Newest present = newest.putIfAbsent(key, entry);
    while (present != null) {
      if (entry.isOlderThan(present)) {
        conflicts.superseded(entry.location);
        return;
      }
      if (newest.replace(key, present, entry)) {
        conflicts.superseded(present.location);
        return;
      }
      present = newest.get(key);
    }
  }

  @Override
  public void build(int fromStripe, int toStripe, long floorSequence) {
    HeapKeyDirectory.stripes(newest, layout, fromStripe, toStripe).forEach((key, entry) -> {
      if (entry.sequence < floorSequence) {
        conflicts.superseded(entry.location);
      } else if (!entry.tombstone) {
        directory.accept(key, entry.location);
      }
    });
  }

  @Override
  public void close() {
    newest.clear();
  }
}
