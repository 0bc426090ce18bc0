package io.bitkv.engine;

import io.bitkv.codec.entry.SegmentHeader;

/**
 * Bytes of a segment in which there is no sound entry.
 *
 * @param segment the segment
 * @param from the first of them
 * @param to the one behind the last
 * @param sequenceBefore the sequence number of the entry before them; that before the segment's base if there is none
 * @param sequenceAfter that of the entry behind them, or {@link #NO_ENTRY}
 * @param wasFooter whether they are where the footer should be, and no more
 */
record BadRange(Segment segment, long from, long to, long sequenceBefore, long sequenceAfter, boolean wasFooter) {
  /** In the place of a sequence number where there is no entry. */
  static final long NO_ENTRY = 0;

  /** The same, before an entry with a sequence number. */
  BadRange before(long sequence) {
    return new BadRange(segment, from, to, sequenceBefore, sequence, wasFooter);
  }

  /** Whether an entry may have been there: in an appended segment, the numbers around the range tell. */
  boolean mayHoldEntries() {
    boolean isGapless = segment.header().origin() == SegmentHeader.Origin.APPENDED && sequenceAfter == sequenceBefore + 1;
    return !wasFooter && !isGapless;
  }
}
