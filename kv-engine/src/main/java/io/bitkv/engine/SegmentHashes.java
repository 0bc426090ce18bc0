package io.bitkv.engine;

import io.bitkv.codec.entry.EntryHeader;
import io.bitkv.codec.entry.EntryKind;
import io.bitkv.codec.entry.HintBlock;
import io.bitkv.codec.entry.KeyHash;
import java.io.IOException;

/** The hashes of the keys in a segment, from its hint file, or from the segment if there is no sound one. */
final class SegmentHashes {
  /** Receives what is known of an entry. */
  interface Visitor {
    /** Takes an entry: what it does, its keyspace, and the hash of its key, which is 0 for a dropped keyspace. */
    void visit(EntryKind kind, int keyspace, long hash);
  }

  private final Disk disk;
  private final Segment segment;
  private int keyspace = -1;
  private long seed;

  SegmentHashes(Disk disk, Segment segment) {
    this.disk = disk;
    this.segment = segment;
  }

  /** Visits all entries; false if the segment is damaged, so that some may not have been met. */
  boolean forEach(Visitor visitor) throws IOException {
    String fault = segment.footer() == null ? null : new HintFile(disk, segment).read(block -> visit(block, visitor));
    return fault != null && fault.isEmpty() || scan(visitor);
  }

  private static void visit(HintBlock block, Visitor visitor) {
    for (int i = 0; i < block.count(); i++) {
      visitor.visit(block.kind(i), block.keyspace(i), block.hash(i));
    }
  }

  private boolean scan(Visitor visitor) throws IOException {
    SegmentScanner scanner = new SegmentScanner(segment);
    SegmentScanner.Step step = scanner.next();
    for (; step == SegmentScanner.Step.ENTRY; step = scanner.next()) {
      visitor.visit(scanner.header().kind(), scanner.header().keyspace(), hash(scanner));
    }
    return step == SegmentScanner.Step.END;
  }

  /** The hash of the key of the entry that a scanner has met; 0 for a dropped keyspace. */
  long hash(SegmentScanner scanner) {
    EntryHeader entry = scanner.header();
    if (entry.kind() == EntryKind.DROP_KEYSPACE) {
      return 0;
    }
    if (entry.keyspace() != keyspace) {
      keyspace = entry.keyspace();
      seed = KeyHash.seed(segment.header().storeId(), keyspace);
    }
    return KeyHash.hash(scanner.window(), scanner.keyFrom(), entry.keyLength(), seed);
  }
}
