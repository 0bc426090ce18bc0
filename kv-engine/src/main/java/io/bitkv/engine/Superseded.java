package io.bitkv.engine;

import io.bitkv.codec.entry.SegmentHeader;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * Finds the segments that a merge had taken the place of when a crash kept it from removing them.
 *
 * <p>A merged segment gets its name when it is whole, and ids ascend. So one that answers for all sequence numbers of a segment with a
 * lower id has taken its place: it holds what was still needed of it.
 */
final class Superseded {
  private Superseded() {}

  /** The superseded ones of some segments, the oldest first, which is the order in which they must be removed. */
  static List<SegmentProbe> in(Collection<SegmentProbe> probes) {
    List<SegmentProbe> merged =
        probes.stream().filter(probe -> probe.isSealed() && probe.header().origin() == SegmentHeader.Origin.MERGED).toList();
    return probes.stream()
        .filter(probe -> probe.isSealed() && merged.stream().anyMatch(other -> isSuperseded(probe, other)))
        .sorted(Comparator.comparingLong((SegmentProbe probe) -> probe.header().baseSequence()).thenComparing(probe -> probe.header().segmentId()))
        .toList();
  }

  private static boolean isSuperseded(SegmentProbe probe, SegmentProbe merged) {
    return probe.header().segmentId() < merged.header().segmentId()
        && merged.header().baseSequence() <= probe.header().baseSequence()
        && Coverage.last(probe.header(), probe.footer()) <= Coverage.last(merged.header(), merged.footer());
  }
}
