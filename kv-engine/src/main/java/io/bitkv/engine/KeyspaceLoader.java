package io.bitkv.engine;

import io.bitkv.codec.entry.EntryHeader;
import io.bitkv.codec.entry.EntryKind;
import java.util.concurrent.atomic.AtomicLong;

/** Fills one keyspace's directory from the log, and counts its live bytes in each segment. Lanes may be filled by several threads at once. */
final class KeyspaceLoader implements AutoCloseable {
  private final KeyspaceState state;
  private final SegmentTable segments;
  private final DirectoryLoader loader;
  private final AtomicLong droppedBefore = new AtomicLong();

  KeyspaceLoader(KeyspaceState state, SegmentTable segments, WriteGate gate) {
    this.state = state;
    this.segments = segments;
    ThreadLocal<EntryReader> readers = ThreadLocal.withInitial(() -> new EntryReader(segments, gate));
    loader = state.directory().loader(new Conflicts(readers));
  }

  /** Answers the directory's questions by reading the log. */
  private final class Conflicts implements LoadConflicts {
    private final ThreadLocal<EntryReader> readers;

    private Conflicts(ThreadLocal<EntryReader> readers) {
      this.readers = readers;
    }

    @Override
    public boolean sameKey(long location, long other) {
      EntryReader reader = read(location);
      KeySlice key = KeySlice.of(reader.key(), 0);
      return read(other).hasKey(key);
    }

    @Override
    public void superseded(long location) {
      EntryReader reader = read(location);
      if (reader.kind() == EntryKind.PUT) {
        count(location, -reader.length());
      }
    }

    private EntryReader read(long location) {
      EntryReader reader = readers.get();
      if (!reader.load(location)) {
        throw new IllegalStateException("no segment at " + EntryLocation.describe(location));
      }
      return reader;
    }
  }

  private void count(long location, int bytes) {
    segments.find(EntryLocation.segmentId(location)).live().add(state.slot(), bytes);
  }

  /** A lane for one thread. */
  DirectoryLoader.Lane lane() {
    return loader.lane();
  }

  /** Takes an entry that a scan met. */
  void add(DirectoryLoader.Lane lane, int segmentId, EntryHeader entry, byte[] bytes, int keyFrom) {
    long location = EntryLocation.of(segmentId, entry.offset(), entry.expiry() != EntryHeader.NO_EXPIRY);
    switch (entry.kind()) {
      case PUT -> {
        count(location, entry.length());
        lane.put(state.slice(bytes, keyFrom, entry.keyLength()), location, entry.sequence());
      }
      case TOMBSTONE -> lane.tombstone(state.slice(bytes, keyFrom, entry.keyLength()), location, entry.sequence());
      case DROP_KEYSPACE -> droppedBefore.accumulateAndGet(entry.sequence(), Math::max);
    }
  }

  /** Builds a range of stripes, when all entries are in. */
  void build(int fromStripe, int toStripe) {
    loader.build(fromStripe, toStripe, droppedBefore.get());
  }

  @Override
  public void close() {
    loader.close();
  }
}
