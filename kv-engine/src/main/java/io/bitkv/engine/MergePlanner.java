package io.bitkv.engine;

import io.bitkv.api.MergeOptions;
import io.bitkv.api.MergePlan;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Decides which segments to merge: a pure function of what is known of them.
 *
 * <p>Only segments that follow each other in the order of their sequence numbers are merged together, so that the new one answers for one
 * range without gaps. What is alive in them must fit into one segment: so one rename makes a merge take effect.
 *
 * <p>A deletion is of use as long as an older segment outside the merge holds a value of its key. Only the merge itself finds that out. The
 * plan takes those in a merged segment to be needed, for they were when it was merged, unless no older segment holds any value; and
 * all others not to be.
 */
final class MergePlanner {
  /** So many small segments side by side are worth a merge. */
  private static final int SMALL_SEGMENTS = 8;

  /** What several segments may become at most: entries grow by a few bytes when they are copied, and offsets end at 4 GiB. */
  private static final long MOST_OUTPUT_BYTES = 2L << 30;

  private final List<SegmentFacts> segments;
  private final MergeOptions options;
  private final long segmentBytes;
  private final boolean isForced;
  private final List<MergePlan.Merge> merges = new ArrayList<>();
  private final List<MergePlan.Other> others = new ArrayList<>();
  private List<SegmentFacts> run = new ArrayList<>();
  private List<String> reasons = new ArrayList<>();
  private boolean dropsDeletions;
  private boolean hasOlderValues;

  /**
   * Makes a planner.
   *
   * @param segments all segments of the log
   * @param options the triggers
   * @param segmentBytes how large a segment may become
   * @param isForced whether every byte that comes back is worth it
   */
  MergePlanner(List<SegmentFacts> segments, MergeOptions options, long segmentBytes, boolean isForced) {
    this.segments = segments.stream().sorted(Comparator.comparingLong(SegmentFacts::firstSequence)).toList();
    this.options = options;
    this.segmentBytes = segmentBytes;
    this.isForced = isForced;
  }

  /** Makes the plan; the merges that give back most for what they cost come first. */
  MergePlan plan() {
    for (int next = 0; next < segments.size(); ) {
      int from = next;
      next += consider(from);
      hasOlderValues |= segments.subList(from, next).stream().anyMatch(SegmentFacts::hasPuts);
    }
    endRun();
    merges.sort(Comparator.comparingDouble(MergePlanner::yield).reversed());
    return new MergePlan(merges, others);
  }

  /** Decides about the segments from one on; returns about how many. */
  private int consider(int from) {
    SegmentFacts segment = segments.get(from);
    boolean wouldDrop = run.isEmpty() ? !hasOlderValues : dropsDeletions;
    String reason = segment.isMergeable() ? reason(segment, wouldDrop) : "";
    if (reason.isEmpty()) {
      endRun();
      return considerSmall(from);
    }
    extend(segment, reason);
    return 1;
  }

  private static double yield(MergePlan.Merge merge) {
    return (double) merge.reclaimedBytes() / (merge.readBytes() + merge.writeBytes() + 1);
  }

  /** Why a segment is worth a merge; empty if it is not. */
  private String reason(SegmentFacts segment, boolean wouldDrop) {
    long dead = segment.deadBytes() + (wouldDrop || isForced || !segment.isMerged() ? segment.deletionBytes() : 0);
    if (dead == 0) {
      return "";
    }
    double share = (double) dead / segment.dataBytes();
    if (share >= options.fragmentation()) {
      return percent(share) + " of it is dead";
    }
    if (dead >= options.deadBytes()) {
      return dead + " bytes of it are dead";
    }
    return isForced ? "all that is dead was asked for" : "";
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.0f %%", 100 * share);
  }

  private void extend(SegmentFacts segment, String reason) {
    run.add(segment);
    if (run.size() > 1 && !fits(run)) {
      run.removeLast();
      endRun();
      run.add(segment);
    }
    if (run.size() == 1) {
      dropsDeletions = !hasOlderValues;
    }
    reasons.add(reason);
  }

  /** Whether segments fit into one, by what the merge is thought to drop; and by what offsets can reach, whatever it keeps. */
  private boolean fits(List<SegmentFacts> inputs) {
    long most = inputs.stream().mapToLong(input -> input.liveBytes() + input.deletionBytes()).sum();
    return outputBytes(inputs) <= segmentBytes && most <= MOST_OUTPUT_BYTES;
  }

  private long outputBytes(List<SegmentFacts> inputs) {
    return inputs.stream().mapToLong(input -> input.liveBytes() + (dropsDeletions || !input.isMerged() ? 0 : input.deletionBytes())).sum();
  }

  private void endRun() {
    if (!run.isEmpty()) {
      long read = run.stream().mapToLong(SegmentFacts::dataBytes).sum();
      long written = outputBytes(run);
      List<Long> ids = run.stream().map(segment -> (long) segment.id()).toList();
      merges.add(new MergePlan.Merge(ids, String.join("; ", reasons), read, written, read - written));
      run = new ArrayList<>();
      reasons = new ArrayList<>();
    }
  }

  /** Merges the small segments from one on, or leaves that one alone; returns how many are done with. */
  private int considerSmall(int from) {
    SegmentFacts first = segments.get(from);
    dropsDeletions = !hasOlderValues;
    int to = from;
    while (to < segments.size() && isSmall(segments.get(to)) && fits(segments.subList(from, to + 1))) {
      to++;
    }
    int count = to - from;
    if (count >= (isForced ? 2 : SMALL_SEGMENTS)) {
      run.addAll(segments.subList(from, to));
      reasons.add("they are smaller than " + options.smallFileBytes() + " bytes");
      endRun();
      return count;
    }
    others.add(new MergePlan.Other(first.id(), first.isMergeable() ? whyNot(first) : first.obstacle()));
    return 1;
  }

  private boolean isSmall(SegmentFacts segment) {
    return segment.isMergeable() && segment.dataBytes() < options.smallFileBytes();
  }

  private String whyNot(SegmentFacts segment) {
    long dead = segment.deadBytes();
    String deletions =
        segment.deletionBytes() == 0 ? "" : "; its deletions, " + segment.deletionBytes() + " bytes, may hide values in older segments";
    return "only " + dead + " of its " + segment.dataBytes() + " bytes are dead" + deletions;
  }
}
