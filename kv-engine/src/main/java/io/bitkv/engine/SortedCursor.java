package io.bitkv.engine;

import io.bitkv.api.Scan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;

/**
 * The entries of another cursor in unsigned byte order of their keys. The keys of the range, but not the values, are held in memory for
 * that: it serves ordered snapshots, whose order is not that of any directory.
 */
final class SortedCursor implements EntryCursor {
  private record Place(byte[] key, long location) {}

  private final EntryCursor unsorted;
  private final Iterator<Place> places;

  SortedCursor(EntryCursor unsorted, Scan scan, EntryReader reader) {
    this.unsorted = unsorted;
    List<Place> met = new ArrayList<>();
    while (unsorted.next(reader)) {
      byte[] key = reader.key();
      if (scan.includes(key)) {
        met.add(new Place(key, reader.location()));
      }
    }
    Comparator<Place> ascending = (place, other) -> Arrays.compareUnsigned(place.key, other.key);
    met.sort(scan.order() == Scan.Order.DESCENDING ? ascending.reversed() : ascending);
    places = met.iterator();
  }

  @Override
  public boolean next(EntryReader reader) {
    return places.hasNext() && reader.load(places.next().location);
  }

  @Override
  public void close() {
    unsorted.close();
  }
}
