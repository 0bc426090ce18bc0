package io.bitkv.engine;

import java.io.IOException;
import java.util.OptionalLong;

/**
 * Finds where the valid data of a segment ends that was not sealed: what lies behind was torn by a crash, or damaged.
 *
 * <p>A loss of power may leave holes in what was not synced yet, with sound entries behind them; so these alone prove nothing. But each
 * entry says how far the segment was durable when it was written. Bad bytes below such a mark were durable once: that is damage. Bad
 * bytes above all marks were not: that is a torn tail, and so is a batch whose last entry is missing.
 *
 * <p>Zeros up to the end of the file are neither: an unsealed segment may have them ahead of what is written next, see {@link Headroom}.
 * Where a store is at work, entries take their place while this looks; so what seems to be damage is looked at again.
 *
 * <p>It goes through the segment once: first through what the file holds, and then on through what is staged. A visitor may take the
 * entries in on the way.
 */
final class TailRule {
  /** Receives the entries that are met, before it is known where they end. */
  interface Visitor {
    /** Takes the sound entry that a scanner has met. */
    void visit(Segment segment, SegmentScanner scanner);
  }

  private final Segment segment;
  private final Damage damage;
  private final Visitor visitor;
  private SegmentScanner scanner;
  private long batchFrom;
  private boolean isVisited = true;

  TailRule(Segment segment, Damage damage, Visitor visitor) {
    this.segment = segment;
    this.damage = damage;
    this.visitor = visitor;
    scanner = new SegmentScanner(segment);
  }

  /**
   * Where the first bytes begin that are no sound entry, nor damage among sound ones. Afterwards there may be other bytes from there on, and
   * the segment end elsewhere.
   */
  long soundEnd() throws IOException {
    SegmentScanner.Step step = scanner.next();
    for (; step == SegmentScanner.Step.ENTRY; step = scanner.next()) {
      entry();
    }
    if (step == SegmentScanner.Step.BAD && scanner.skip(scanner.offset())) {
      return soundEndBehindDamage();
    }
    scanner.readAnew();
    return scanner.offset();
  }

  private long soundEndBehindDamage() throws IOException {
    SegmentScanner.Step step = scanner.next();
    while (step == SegmentScanner.Step.ENTRY || step == SegmentScanner.Step.BAD && scanner.skip(scanner.offset())) {
      step = scanner.next();
    }
    long end = scanner.offset();
    scanner = new SegmentScanner(segment);
    batchFrom = 0;
    isVisited = false;
    return end;
  }

  private void entry() {
    if (isVisited) {
      visitor.visit(segment, scanner);
    }
    batchFrom = !scanner.header().batchContinues() ? 0 : batchFrom == 0 ? scanner.offset() : batchFrom;
  }

  /** The offset behind the last entry to keep; refuses damage unless it is to be passed over, and then leaves telling to the loader. */
  long validEnd() throws IOException {
    while (true) {
      switch (scanner.next()) {
        case ENTRY -> entry();
        case END -> {
          return validEnd(segment.end());
        }
        case BAD -> {
          long bad = scanner.offset();
          String fault = scanner.fault();
          if (!scanner.skip(bad)) {
            return validEnd(bad);
          }
          if (scanner.isSoundByNow(bad)) {
            continue;
          }
          damage.refuse(segment.path(), bad, fault);
          scanner.resumeAt(bad);
          scanner.skip(0);
          batchFrom = 0;
          isVisited = false;
        }
      }
    }
  }

  private long validEnd(long soundEnd) {
    isVisited &= batchFrom == 0;
    return batchFrom == 0 ? soundEnd : batchFrom;
  }

  /**
   * The greatest sequence number, if the visitor received the very entries to keep; else it must give up all that it received. Known with
   * the valid end.
   */
  OptionalLong visited() {
    return isVisited ? OptionalLong.of(scanner.lastSequence()) : OptionalLong.empty();
  }
}
