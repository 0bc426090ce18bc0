package io.bitkv.engine;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The loader of {@link CompactKeyDirectory}: entries are first divided among the stripes, then each stripe is sorted and written.
 *
 * <p>Dividing first is what makes it fast: a stripe fits into the processor's cache, whereas entries in the order of the log would
 * each touch another part of the whole directory. While it works, an entry takes about 20 bytes off the heap.
 */
final class CompactLoader implements DirectoryLoader {
  private final StripeLayout layout;
  private final LoadConflicts conflicts;
  private final TagTables tables;
  private final List<LoadLane> lanes = new CopyOnWriteArrayList<>();

  CompactLoader(StripeLayout layout, LoadConflicts conflicts, TagTables tables) {
    this.layout = layout;
    this.conflicts = conflicts;
    this.tables = tables;
  }

  @Override
  public Lane lane() {
    LoadLane lane = new LoadLane(layout);
    lanes.add(lane);
    return lane;
  }

  @Override
  public void build(int fromStripe, int toStripe, long floorSequence) {
    StripeEntries entries = new StripeEntries(conflicts, floorSequence);
    for (int stripe = fromStripe; stripe < toStripe; stripe++) {
      entries.clear();
      for (LoadLane lane : lanes) {
        lane.forEach(stripe, entries);
      }
      if (!entries.isEmpty()) {
        entries.writeTo(tables.getOrCreate(stripe));
      }
    }
  }

  @Override
  public void close() {
    lanes.forEach(LoadLane::close);
    lanes.clear();
  }
}
