package io.bitkv.engine;

import io.bitkv.codec.entry.EntryHeader;
import io.bitkv.codec.entry.EntryKind;
import java.io.IOException;

/**
 * The part of a merge that reads: it goes through the inputs in the order of their sequence numbers and copies what is still needed.
 *
 * <p>A value is needed if the key directory points to it. A tombstone is needed if a value that it hides may be in a segment that is older
 * than all inputs, unless a newer value of its key hides that. An expired value is needed as a tombstone would be, and becomes one.
 */
final class MergeCopy {
  /** An input is damaged. */
  static final class Damaged extends IOException {
    private static final long serialVersionUID = 1L;
    private final int id;
    private final String detail;

    private Damaged(Segment input, String detail) {
      super(input.path() + " cannot be merged: " + detail);
      id = input.id();
      this.detail = detail;
    }

    int id() {
      return id;
    }

    String detail() {
      return detail;
    }
  }

  private static final int STEP_BYTES = 256 << 10;

  private final MergeContext context;
  private final MergeOutput output;
  private final OlderValues older;
  private final Merge.Toll toll;
  private final EntryReader reader;
  private final Locations copied = new Locations();
  private final Locations expired = new Locations();
  private long droppedDeletions;
  private long readBytes;
  private long accounted;

  MergeCopy(MergeContext context, MergeOutput output, OlderValues older, Merge.Toll toll) {
    this.context = context;
    this.output = output;
    this.older = older;
    this.toll = toll;
    reader = context.readers().make();
  }

  /** Where the values lie that were copied, in their order. */
  Locations copied() {
    return copied;
  }

  /** Where the values lie that had expired. */
  Locations expired() {
    return expired;
  }

  long droppedDeletions() {
    return droppedDeletions;
  }

  long readBytes() {
    return readBytes;
  }

  /** Copies what is needed of a segment. */
  void copy(Segment input) throws IOException, MergeCancelled {
    SegmentScanner scanner = new SegmentScanner(input);
    SegmentScanner.Step step = scanner.next();
    for (; step == SegmentScanner.Step.ENTRY; step = scanner.next()) {
      EntryHeader entry = scanner.header();
      readBytes += entry.length();
      switch (entry.kind()) {
        case PUT -> put(input, scanner);
        case TOMBSTONE -> tombstone(scanner);
        case DROP_KEYSPACE -> drop(entry);
      }
      long spent = readBytes + output.length() - accounted;
      if (spent >= STEP_BYTES) {
        toll.pay(spent);
        accounted += spent;
      }
    }
    if (step == SegmentScanner.Step.BAD) {
      String detail = "it is damaged at offset " + scanner.offset() + ": " + scanner.fault();
      throw new Damaged(input, detail);
    }
  }

  private KeySlice key(SegmentScanner scanner, KeyspaceState keyspace) {
    return keyspace.slice(scanner.window(), scanner.keyFrom(), scanner.header().keyLength());
  }

  private void put(Segment input, SegmentScanner scanner) throws IOException {
    EntryHeader entry = scanner.header();
    KeyspaceState keyspace = context.keyspaces().numbered(entry.keyspace());
    long location = EntryLocation.of(input.id(), entry.offset(), entry.expiry() != EntryHeader.NO_EXPIRY);
    if (!keyspace.directory().isAt(key(scanner, keyspace), location)) {
      return;
    }
    if (entry.expiry() == EntryHeader.NO_EXPIRY || entry.expiry() > context.options().clock().millis()) {
      copied.add(location);
      output.copy(input, scanner);
      return;
    }
    expired.add(location);
    if (older.mayHoldAnyOf(entry.keyspace())) {
      EntryHeader tombstone = new EntryHeader().begin(EntryKind.TOMBSTONE, entry.keyspace());
      tombstone.key(scanner.window(), scanner.keyFrom(), entry.keyLength());
      output.begin(tombstone.sequence(entry.sequence()).timestamp(entry.timestamp()));
      output.put(scanner.window(), scanner.keyFrom(), entry.keyLength());
    }
  }

  private void tombstone(SegmentScanner scanner) throws IOException {
    EntryHeader entry = scanner.header();
    KeyspaceState keyspace = context.keyspaces().numbered(entry.keyspace());
    KeySlice key = key(scanner, keyspace);
    if (!older.mayHold(key.hash()) || reader.find(keyspace.directory(), key) != EntryLocation.NONE) {
      droppedDeletions++;
      return;
    }
    int keyFrom = scanner.keyFrom();
    output.begin(entry);
    output.put(scanner.window(), keyFrom, entry.keyLength());
  }

  private void drop(EntryHeader entry) throws IOException {
    if (older.mayHoldAnyOf(entry.keyspace())) {
      output.begin(entry);
    } else {
      droppedDeletions++;
    }
  }
}
