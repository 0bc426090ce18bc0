package io.bitkv.engine;

import io.bitkv.codec.entry.SegmentFooter;
import io.bitkv.codec.entry.SegmentHeader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Finds out whether a segment is missing: together the segments must answer for every sequence number from 1 to the last.
 *
 * <p>A segment answers for the numbers from its base to its last. No number is left out in the log; a merge answers for all that its
 * inputs did, whether it kept their entries or not. So a gap means that a file is gone. Numbers may be covered twice, while the inputs of
 * a merge are still there.
 */
final class Coverage {
  /** The sequence numbers that a segment answers for; none if the last is below the first. */
  record Range(Path file, int id, long first, long last) {}

  private final List<Range> ranges = new ArrayList<>();

  /** The last sequence number that a sealed segment answers for; the one before its base if it never had an entry. */
  static long last(SegmentHeader header, SegmentFooter footer) {
    long last = Math.max(header.lastSequence(), footer.maxSequence());
    return last == 0 ? header.baseSequence() - 1 : last;
  }

  void add(Range range) {
    ranges.add(range);
  }

  /** Sequence numbers that no segment answers for, and the segment that comes behind them. */
  record Gap(Range next, long first, long last, String missing) {}

  /** Reports each gap as damage. */
  void check(Damage damage) {
    for (Gap gap : gaps()) {
      damage.found(
          gap.next.file, 0, "the entries " + gap.first + " to " + gap.last + " that come before it are missing: " + gap.missing + " is not there");
    }
  }

  /** Finds all gaps. */
  List<Gap> gaps() {
    List<Gap> gaps = new ArrayList<>();
    ranges.sort(Comparator.comparingLong(Range::first).thenComparingLong(Range::last));
    long covered = 0;
    int previousId = 0;
    for (Range range : ranges) {
      if (range.first > covered + 1) {
        String missing = range.id - previousId == 2 ? FileNames.segment(range.id - 1) : "a segment file";
        gaps.add(new Gap(range, covered + 1, range.first - 1, missing));
      }
      covered = Math.max(covered, range.last);
      previousId = range.id;
    }
    return gaps;
  }
}
