package io.bitkv.engine;

import io.bitkv.api.InvalidOptionException;
import io.bitkv.api.KeyValue;
import io.bitkv.api.Page;
import io.bitkv.api.Scan;
import io.bitkv.api.UnsupportedFeatureException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.stream.Stream;

/** Visits many keys: streams, pages of a cursor, and keys picked at random. */
final class Scans {
  /** How often a random pick may meet an expired key before the keyspace is searched for one that lives. */
  private static final int PICKS = 32;

  private final Segments segments;
  private final Snapshots snapshots;
  private final Readers readers;
  private final InstantSource clock;

  Scans(Segments segments, Snapshots snapshots, Readers readers, InstantSource clock) {
    this.segments = segments;
    this.snapshots = snapshots;
    this.readers = readers;
    this.clock = clock;
  }

  Stream<byte[]> keys(KeyspaceState keyspace, Scan scan) {
    return open(keyspace, scan, EntryReader::key).stream();
  }

  Stream<KeyValue> entries(KeyspaceState keyspace, Scan scan) {
    return open(keyspace, scan, Scans::entry).stream();
  }

  private static KeyValue entry(EntryReader reader) {
    byte[] value = reader.value();
    if (value == null) {
      throw new IllegalStateException("a pinned segment is gone: " + EntryLocation.describe(reader.location()));
    }
    return new KeyValue(reader.key(), value, reader.sequence(), reader.expiry());
  }

  private <T> EntryIterator<T> open(KeyspaceState keyspace, Scan scan, Function<EntryReader, T> view) {
    if (scan.order() != Scan.Order.ANY && !(keyspace.directory() instanceof OrderedKeys)) {
      throw new UnsupportedFeatureException(
          "ranges and ordered scans need a store that is opened with the option directoryKind ORDERED");
    }
    EntryReader reader = readers.make();
    SegmentPins.Pin pin = segments.pins().take();
    try {
      if (scan.isSnapshot()) {
        InstantSource then = InstantSource.fixed(clock.instant());
        return new EntryIterator<>(snapshot(keyspace, scan, reader, pin), reader, scan, then, view);
      }
      EntryCursor cursor =
          scan.order() != Scan.Order.ANY && keyspace.directory() instanceof OrderedKeys ordered
              ? new OrderedCursor(keyspace, ordered, scan, pin)
              : new LiveCursor(keyspace.directory(), pin);
      return new EntryIterator<>(cursor, reader, scan, clock, view);
    } catch (Throwable e) {
      pin.close();
      throw e;
    }
  }

  private EntryCursor snapshot(KeyspaceState keyspace, Scan scan, EntryReader reader, SegmentPins.Pin pin) {
    SnapshotCursor cursor = new SnapshotCursor(snapshots, keyspace, pin);
    if (scan.order() == Scan.Order.ANY) {
      return cursor;
    }
    try {
      return new SortedCursor(cursor, scan, reader);
    } catch (Throwable e) {
      cursor.close();
      throw e;
    }
  }

  /** Refuses a count of keys that is not positive. */
  static void checkCount(int count) {
    if (count <= 0) {
      throw new InvalidOptionException("the count of a scan's step must be greater than 0, not " + count);
    }
  }

  /** One step of a live scan. */
  Page<byte[]> page(KeyspaceState keyspace, long cursor, int count) {
    Locations met = new Locations();
    List<byte[]> keys = new ArrayList<>();
    EntryReader reader = readers.borrow();
    try (SegmentPins.Pin _ = segments.pins().take()) {
      long next = keyspace.directory().scan(cursor, count, met::add);
      long now = clock.millis();
      for (int i = 0; i < met.size(); i++) {
        if (reader.load(met.get(i)) && !reader.isExpired(now)) {
          keys.add(reader.key());
        }
      }
      return new Page<>(keys, next);
    } finally {
      readers.giveBack(reader);
    }
  }

  /** A key picked at random. */
  Optional<byte[]> randomKey(KeyspaceState keyspace) {
    EntryReader reader = readers.borrow();
    try (SegmentPins.Pin _ = segments.pins().take()) {
      for (int i = 0; i < PICKS; i++) {
        long location = keyspace.directory().randomPosition(ThreadLocalRandom.current());
        if (location == EntryLocation.NONE) {
          return Optional.empty();
        }
        if (reader.load(location) && !reader.isExpired(clock)) {
          return Optional.of(reader.key());
        }
      }
    } finally {
      readers.giveBack(reader);
    }
    try (Stream<byte[]> keys = keys(keyspace, Scan.all().limit(1))) {
      return keys.findFirst();
    }
  }
}
