package io.bitkv.engine;

import io.bitkv.codec.entry.SegmentFooter;
import io.bitkv.codec.entry.SegmentHeader;
import java.util.Map;

/**
 * What the {@link MergePlanner} knows of a segment.
 *
 * @param id its id
 * @param firstSequence the first sequence number it answers for
 * @param dataBytes how many bytes its entries take
 * @param liveBytes how many of them belong to values that reads can meet
 * @param deletionBytes how many of them belong to tombstones and dropped keyspaces
 * @param isMerged whether a merge wrote it: then its deletions were needed at that time
 * @param hasPuts whether it holds values, dead or alive, that a tombstone may have to hide
 * @param obstacle why it cannot be merged; empty if it can
 */
record SegmentFacts(
    int id, long firstSequence, long dataBytes, long liveBytes, long deletionBytes, boolean isMerged, boolean hasPuts, String obstacle) {

  /** What is known of a segment now, and of the damage that was found in segments by their ids. */
  static SegmentFacts of(Segment segment, Map<Integer, String> damaged) {
    SegmentFooter footer = segment.footer();
    String obstacle = footer != null ? damaged.getOrDefault(segment.id(), "") : segment.isSealed() ? "it is damaged" : "it is being written to";
    return new SegmentFacts(
        segment.id(),
        segment.header().baseSequence(),
        segment.end() - SegmentHeader.LENGTH,
        segment.live().sum(),
        segment.live().deletionBytes(),
        segment.header().origin() == SegmentHeader.Origin.MERGED,
        hasPuts(segment),
        obstacle);
  }

  /** Whether a segment holds values; one whose footer is not there may. */
  static boolean hasPuts(Segment segment) {
    SegmentFooter footer = segment.footer();
    return footer == null || footer.entries() > footer.tombstones() + footer.drops();
  }

  boolean isMergeable() {
    return obstacle.isEmpty();
  }

  /** The bytes of values that reads can no longer meet. */
  long deadBytes() {
    return Math.max(0, dataBytes - liveBytes - deletionBytes);
  }
}
