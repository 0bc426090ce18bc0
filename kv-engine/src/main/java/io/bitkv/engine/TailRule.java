package io.bitkv.engine;

import java.io.IOException;

/**
 * Finds where the valid data of a segment ends that was not sealed: what lies behind was torn by a crash, or damaged.
 *
 * <p>A loss of power may leave holes in what was not synced yet, with sound entries behind them; so these alone prove nothing. But each
 * entry says how far the segment was durable when it was written. Bad bytes below such a mark were durable once: that is damage. Bad
 * bytes above all marks were not: that is a torn tail, and so is a batch whose last entry is missing.
 *
 * <p>Zeros up to the end of the file are neither: an unsealed segment may have them ahead of what is written next, see {@link Headroom}.
 * Where a store is at work, entries take their place while this looks; so what seems to be damage is looked at again.
 */
final class TailRule {
  private final Segment segment;
  private final Damage damage;
  private final SegmentScanner scanner;

  TailRule(Segment segment, Damage damage) {
    this.segment = segment;
    this.damage = damage;
    scanner = new SegmentScanner(segment);
  }

  /** The offset behind the last entry to keep; refuses damage unless it is to be passed over, and then leaves telling to the loader. */
  long validEnd() throws IOException {
    long batchFrom = 0;
    while (true) {
      switch (scanner.next()) {
        case ENTRY -> batchFrom = !scanner.header().batchContinues() ? 0 : batchFrom == 0 ? scanner.offset() : batchFrom;
        case END -> {
          return batchFrom == 0 ? segment.end() : batchFrom;
        }
        case BAD -> {
          long bad = scanner.offset();
          String fault = scanner.fault();
          if (!scanner.skip(bad)) {
            return batchFrom == 0 ? bad : batchFrom;
          }
          if (scanner.isSoundByNow(bad)) {
            continue;
          }
          damage.refuse(segment.path(), bad, fault);
          scanner.resumeAt(bad);
          scanner.skip(0);
          batchFrom = 0;
        }
      }
    }
  }
}
