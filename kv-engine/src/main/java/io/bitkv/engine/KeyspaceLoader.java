package io.bitkv.engine;

import io.bitkv.api.StoreIoException;
import io.bitkv.codec.entry.EntryHeader;
import io.bitkv.codec.entry.EntryKind;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;

/** Fills one keyspace's directory from the log, and counts its live bytes in each segment. Lanes may be filled by several threads at once. */
final class KeyspaceLoader implements AutoCloseable {
  private final KeyspaceState state;
  private final SegmentTable segments;
  private final Damage damage;
  private final DirectoryLoader loader;
  private final AtomicLong droppedBefore = new AtomicLong();

  KeyspaceLoader(KeyspaceState state, SegmentTable segments, Damage damage) {
    this.state = state;
    this.segments = segments;
    this.damage = damage;
    loader = state.directory().loader(new Conflicts());
  }

  /** Answers the directory's questions by reading the log. */
  private final class Conflicts implements LoadConflicts {
    private final ThreadLocal<EntryGlance> first = ThreadLocal.withInitial(() -> new EntryGlance(segments));
    private final ThreadLocal<EntryGlance> second = ThreadLocal.withInitial(() -> new EntryGlance(segments));

    @Override
    public boolean sameKey(long location, long other) {
      EntryGlance one = load(first.get(), location);
      EntryGlance two = load(second.get(), other);
      if (one.hasKeyOf(two)) {
        return true;
      }
      refuseDamaged(one, location);
      refuseDamaged(two, other);
      return false;
    }

    @Override
    public void superseded(long location) {
      EntryGlance entry = load(first.get(), location);
      if (entry.header().kind() == EntryKind.PUT) {
        count(segments.find(EntryLocation.segmentId(location)), -entry.header().length());
      }
    }

    private EntryGlance load(EntryGlance entry, long location) {
      try {
        if (!entry.load(location)) {
          refuse(location);
        }
        return entry;
      } catch (IOException e) {
        throw failure(location, e);
      }
    }

    /** Refuses to take entries for those of different keys when one of them is damaged: a deleted value would come back. */
    private void refuseDamaged(EntryGlance entry, long location) {
      try {
        if (!entry.isIntact()) {
          refuse(location);
        }
      } catch (IOException e) {
        throw failure(location, e);
      }
    }

    private void refuse(long location) {
      Segment segment = segments.find(EntryLocation.segmentId(location));
      damage.found(segment.path(), EntryLocation.offset(location), "the entry there is not the one that its hint file lists");
    }

    private static StoreIoException failure(long location, IOException e) {
      return new StoreIoException("cannot read " + EntryLocation.describe(location) + ": " + IoFailures.describe(e), e);
    }
  }

  /** Adds to the keyspace's live bytes in a segment. */
  void count(Segment segment, long bytes) {
    if (bytes != 0) {
      segment.live().add(state.slot(), bytes);
    }
  }

  /** A lane for one thread. */
  DirectoryLoader.Lane lane() {
    return loader.lane();
  }

  /** Takes an entry that a scan met, but for its live bytes. */
  void add(DirectoryLoader.Lane lane, int segmentId, EntryHeader entry, byte[] bytes, int keyFrom) {
    long location = EntryLocation.of(segmentId, entry.offset(), entry.expiry() != EntryHeader.NO_EXPIRY);
    switch (entry.kind()) {
      case PUT -> lane.put(state.slice(bytes, keyFrom, entry.keyLength()), location, entry.sequence());
      case TOMBSTONE -> lane.tombstone(state.slice(bytes, keyFrom, entry.keyLength()), location, entry.sequence());
      case DROP_KEYSPACE -> dropped(entry.sequence());
    }
  }

  /** Learns that the keyspace was dropped: every entry with a lower sequence number is dead. */
  void dropped(long sequence) {
    droppedBefore.accumulateAndGet(sequence, Math::max);
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
