package io.bitkv.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitkv.api.MergeOptions;
import io.bitkv.api.MergePlan;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The plan is made from the segments' figures alone. */
class MergePlannerTest {
  private static final long SEGMENT_BYTES = 1000;
  private static final MergeOptions OPTIONS = MergeOptions.defaults().withFragmentation(0.5).withDeadBytes(400).withSmallFileBytes(0);

  private static SegmentFacts segment(int id, long data, long live, long deletions) {
    return new SegmentFacts(id, 100L * id, data, live, deletions, false, data > deletions, "");
  }

  private static MergePlan plan(MergeOptions options, boolean isForced, SegmentFacts... segments) {
    return new MergePlanner(List.of(segments), options, SEGMENT_BYTES, isForced).plan();
  }

  private static List<List<Long>> ids(MergePlan plan) {
    return plan.merges().stream().map(MergePlan.Merge::segments).toList();
  }

  @Test
  void aSegmentIsMergedFromItsTriggerOn() {
    MergePlan plan = plan(OPTIONS, false, segment(1, 100, 51, 0), segment(2, 100, 50, 0), segment(3, 100, 51, 0), segment(4, 1000, 600, 0));
    assertEquals(List.of(List.of(2L), List.of(4L)), ids(plan));
    assertEquals(new MergePlan.Merge(List.of(2L), "50 % of it is dead", 100, 50, 50), plan.merges().getFirst());
    assertEquals("400 bytes of it are dead", plan.merges().get(1).reason());
    assertEquals(450, plan.reclaimedBytes());
    assertEquals(List.of(new MergePlan.Other(1, "only 49 of its 100 bytes are dead"), new MergePlan.Other(3, "only 49 of its 100 bytes are dead")), plan.others());
  }

  @Test
  void everythingDeadIsMergedWhenForced() {
    MergePlan plan = plan(OPTIONS, true, segment(1, 100, 99, 0), segment(2, 100, 100, 0));
    assertEquals(List.of(List.of(1L)), ids(plan));
  }

  @Test
  void neighboursAreMergedTogetherAsFarAsTheyFitIntoOneSegment() {
    MergePlan plan = plan(OPTIONS, false, segment(3, 900, 400, 0), segment(1, 900, 400, 0), segment(2, 900, 400, 0));
    assertEquals(List.of(List.of(1L, 2L), List.of(3L)), ids(plan).stream().sorted((a, b) -> Long.compare(a.getFirst(), b.getFirst())).toList());
    assertTrue(plan.merges().stream().allMatch(merge -> merge.writeBytes() <= SEGMENT_BYTES));
  }

  @Test
  void deletionsOfAMergedSegmentCountAsNeededWhileAnOlderOneHoldsValues() {
    SegmentFacts old = segment(1, 100, 100, 0);
    SegmentFacts deletions = new SegmentFacts(2, 200, 100, 0, 100, true, false, "");
    assertEquals(List.of(), ids(plan(OPTIONS, false, old, deletions)));
    assertEquals("only 0 of its 100 bytes are dead; its deletions, 100 bytes, may hide values in older segments",
        plan(OPTIONS, false, old, deletions).others().getLast().reason());
    assertEquals(List.of(List.of(2L)), ids(plan(OPTIONS, false, deletions)));
    assertEquals(List.of(List.of(2L)), ids(plan(OPTIONS, false, old, segment(2, 100, 0, 100))));
  }

  @Test
  void smallSegmentsAreMergedWhenThereAreEightSideBySide() {
    MergeOptions options = OPTIONS.withSmallFileBytes(50);
    List<SegmentFacts> small = new ArrayList<>(IntStream.rangeClosed(1, 7).mapToObj(id -> segment(id, 10, 10, 0)).toList());
    assertEquals(List.of(), ids(plan(options, false, small.toArray(SegmentFacts[]::new))));
    small.add(segment(8, 10, 10, 0));
    assertEquals(List.of(List.of(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L)), ids(plan(options, false, small.toArray(SegmentFacts[]::new))));
  }

  @Test
  void obstaclesAreNamedAndDivide() {
    SegmentFacts damaged = new SegmentFacts(2, 200, 100, 0, 0, false, true, "it is damaged");
    MergePlan plan = plan(OPTIONS, true, segment(1, 100, 10, 0), damaged, segment(3, 100, 10, 0));
    assertEquals(List.of(List.of(1L), List.of(3L)), ids(plan));
    assertEquals(List.of(new MergePlan.Other(2, "it is damaged")), plan.others());
  }

  @Test
  void smallSegmentsCountAsOlderOnesThatHoldValues() {
    List<SegmentFacts> segments = new ArrayList<>(IntStream.rangeClosed(1, 8).mapToObj(id -> segment(id, 10, 10, 0)).toList());
    segments.set(7, new SegmentFacts(8, 800, 10, 0, 10, true, false, ""));
    segments.add(new SegmentFacts(9, 900, 100, 0, 100, true, false, ""));
    MergePlan plan = plan(OPTIONS.withSmallFileBytes(50), false, segments.toArray(SegmentFacts[]::new));
    assertEquals(List.of(List.of(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L)), ids(plan));
    assertEquals(9, plan.others().getLast().segment());
  }

  @Test
  void deletionsThatMayBeNeededNeverOverflowASegment() {
    long gib = 1L << 30;
    List<SegmentFacts> segments = new ArrayList<>(List.of(segment(1, 100, 100, 0)));
    IntStream.rangeClosed(2, 9).forEach(id -> segments.add(segment(id, gib, 0, gib)));
    MergePlan plan = plan(OPTIONS, false, segments.toArray(SegmentFacts[]::new));
    assertEquals(4, plan.merges().size());
    assertTrue(plan.merges().stream().allMatch(merge -> merge.segments().size() == 2));
  }
}
