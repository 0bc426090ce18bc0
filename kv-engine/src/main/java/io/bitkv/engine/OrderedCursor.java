package io.bitkv.engine;

import io.bitkv.api.Scan;
import java.util.Iterator;

/** The keys of a range in unsigned byte order, as they are met. */
final class OrderedCursor implements EntryCursor {
  private final KeyspaceState keyspace;
  private final Iterator<KeySlice> keys;
  private final SegmentPins.Pin pin;

  OrderedCursor(KeyspaceState keyspace, OrderedKeys directory, Scan scan, SegmentPins.Pin pin) {
    this.keyspace = keyspace;
    this.pin = pin;
    KeyRange range = range(scan);
    keys = scan.order() == Scan.Order.DESCENDING ? directory.descending(range) : directory.ascending(range);
  }

  private static KeyRange range(Scan scan) {
    KeyRange range = KeyRange.startingWith(scan.prefix());
    range = scan.from() == null ? range : range.from(scan.from(), true);
    return scan.to() == null ? range : range.to(scan.to(), false);
  }

  @Override
  public boolean next(EntryReader reader) {
    while (keys.hasNext()) {
      if (reader.find(keyspace.directory(), keys.next()) != EntryLocation.NONE) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void close() {
    pin.close();
  }
}
