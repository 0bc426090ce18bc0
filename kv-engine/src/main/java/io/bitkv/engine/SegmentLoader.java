package io.bitkv.engine;

import io.bitkv.api.StoreListener;
import io.bitkv.codec.entry.EntryHeader;
import io.bitkv.codec.entry.EntryKind;
import io.bitkv.codec.entry.HintBlock;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntFunction;

/** Reads one segment after the other, by its hint file or itself, into the loaders of the keyspaces. For one thread. */
final class SegmentLoader {
  /** The newest segment when it was not sealed, which is yet to be opened. */
  interface Newest {
    /** Opens it, and hands its entries to a visitor on the way. */
    SegmentFiles.Unsealed open(TailRule.Visitor visitor) throws IOException;
  }

  /** What all threads that load a log share: where files are, what to do about damage and whether hint files are of use. */
  record Source(Segments.Parts parts, Damage damage, boolean usesHints) {}

  /** The part of a keyspace's loader that this thread fills, and what else the segment that is being read says of the keyspace. */
  private static final class Target {
    private final KeyspaceLoader loader;
    private final DirectoryLoader.Lane lane;
    private long putBytes;
    private long droppedBefore;

    private Target(KeyspaceLoader loader) {
      this.loader = loader;
      lane = loader.lane();
    }

    private void dropped(long sequence) {
      droppedBefore = Math.max(droppedBefore, sequence);
    }

    /** Has what was added of a segment count. */
    private void settle(Segment segment) {
      loader.count(segment, putBytes);
      loader.dropped(droppedBefore);
      forget();
    }

    private void takeBack(Segment segment) {
      lane.takeBack(segment.id());
      forget();
    }

    private void forget() {
      putBytes = 0;
      droppedBefore = 0;
    }
  }

  private final Source source;
  private final IntFunction<KeyspaceLoader> loaders;
  private final Map<Integer, Target> targets = new HashMap<>();
  private int recentKeyspace = -1;
  private Target recent;
  private long deletionBytes;

  SegmentLoader(Source source, IntFunction<KeyspaceLoader> loaders) {
    this.source = source;
    this.loaders = loaders;
  }

  /**
   * Loads a segment.
   *
   * @return its greatest sequence number; that before its base if it has no entry
   */
  long load(Segment segment) throws IOException {
    boolean isHinted = source.usesHints && segment.footer() != null && loadHints(segment);
    return settle(segment, isHinted ? segment.footer().maxSequence() : scan(segment));
  }

  /**
   * Loads the newest segment while it is opened, unless the directory keeps keys or damage is to be passed over: then entries cannot be taken
   * back if they turn out not to count, and it is read once more.
   *
   * @return the segment, and its greatest sequence number
   */
  Map.Entry<Segment, Long> load(Newest newest) throws IOException {
    if (!source.usesHints) {
      Segment segment = newest.open((met, scanner) -> {}).segment();
      return Map.entry(segment, load(segment));
    }
    SegmentFiles.Unsealed opened = newest.open(this::add);
    Segment segment = opened.segment();
    if (opened.visited().isPresent()) {
      return Map.entry(segment, settle(segment, opened.visited().getAsLong()));
    }
    takeBack(segment);
    segment.recount();
    return Map.entry(segment, load(segment));
  }

  /** Has what was added of a segment count. */
  private long settle(Segment segment, long last) {
    targets.values().forEach(target -> target.settle(segment));
    segment.live().deletionBytes(deletionBytes);
    deletionBytes = 0;
    return last;
  }

  /** Gives up what was added of a segment. */
  private void takeBack(Segment segment) {
    targets.values().forEach(target -> target.takeBack(segment));
    deletionBytes = 0;
  }

  /** Adds what a hint file lists while it is checked: to go through it twice would take twice as long. */
  private boolean loadHints(Segment segment) {
    String fault;
    try {
      fault = new HintFile(source.parts.disk(), segment).readOnce(block -> add(segment, block));
    } catch (IOException e) {
      fault = IoFailures.describe(e);
    }
    if (fault != null && fault.isEmpty()) {
      return true;
    }
    if (fault != null) {
      takeBack(segment);
      String detail = "ignored, the segment is read instead and the file made anew: " + fault;
      source.parts.events().emit(new StoreListener.Warning(source.parts.disk().path(FileNames.hint(segment.id())), detail));
    }
    source.parts.housekeeper().writeHints(segment);
    return false;
  }

  private void add(Segment segment, HintBlock block) {
    for (int i = 0; i < block.count(); i++) {
      Target target = target(block.keyspace(i));
      switch (block.kind(i)) {
        case PUT -> {
          long location = EntryLocation.of(segment.id(), block.offset(i), block.expires(i));
          target.putBytes += block.length(i);
          target.lane.put(KeySlice.hashOnly(block.hash(i)), location, block.sequence(i));
        }
        case TOMBSTONE -> {
          long location = EntryLocation.of(segment.id(), block.offset(i), false);
          deletionBytes += block.length(i);
          target.lane.tombstone(KeySlice.hashOnly(block.hash(i)), location, block.sequence(i));
        }
        case DROP_KEYSPACE -> {
          deletionBytes += block.length(i);
          target.dropped(block.sequence(i));
        }
      }
    }
  }

  private Target target(int keyspace) {
    if (keyspace != recentKeyspace) {
      recent = targets.computeIfAbsent(keyspace, number -> new Target(loaders.apply(number)));
      recentKeyspace = keyspace;
    }
    return recent;
  }

  private long scan(Segment segment) throws IOException {
    SegmentScanner scanner = new SegmentScanner(segment);
    long batchFrom = 0;
    for (SegmentScanner.Step step = scanner.next(); step != SegmentScanner.Step.END; step = scanner.next()) {
      if (step == SegmentScanner.Step.BAD) {
        passOver(segment, scanner);
        batchFrom = 0;
      } else {
        add(segment, scanner);
        batchFrom = !scanner.header().batchContinues() ? 0 : batchFrom == 0 ? scanner.offset() : batchFrom;
      }
    }
    if (batchFrom != 0) {
      source.damage.found(segment.path(), batchFrom, "a batch is incomplete");
    }
    return scanner.lastSequence();
  }

  private void passOver(Segment segment, SegmentScanner scanner) throws IOException {
    long bad = scanner.offset();
    source.damage.found(segment.path(), bad, scanner.fault());
    if (!scanner.skip(0)) {
      scanner.resumeAt(segment.end());
    }
    source.damage.passedOver(segment, bad, scanner.resumesAt());
  }

  private void add(Segment segment, SegmentScanner scanner) {
    EntryHeader entry = scanner.header();
    segment.tally().add(entry);
    Target target = target(entry.keyspace());
    if (entry.kind() == EntryKind.PUT) {
      target.putBytes += entry.length();
    } else {
      deletionBytes += entry.length();
    }
    if (entry.kind() == EntryKind.DROP_KEYSPACE) {
      target.dropped(entry.sequence());
    } else {
      target.loader.add(target.lane, segment.id(), entry, scanner.window(), scanner.keyFrom());
    }
  }
}
