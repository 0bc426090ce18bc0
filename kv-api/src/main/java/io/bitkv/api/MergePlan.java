package io.bitkv.api;

import java.util.List;

/**
 * What merges are worth their cost at one moment, and why, and why not the others. Sizes are in bytes and count neither hint files nor the
 * ends of segments.
 *
 * {@snippet file="io/bitkv/api/EmbeddedSnippetsTest.java" region="merges"}
 *
 * @param merges the merges, in the order in which they would run
 * @param others the segments that are left alone
 */
public record MergePlan(List<Merge> merges, List<Other> others) {
  /** Takes unmodifiable copies. */
  public MergePlan {
    merges = List.copyOf(merges);
    others = List.copyOf(others);
  }

  /**
   * One merge: some segments that follow each other become one.
   *
   * @param segments the ids of the segments, oldest first
   * @param reason why it is worth it
   * @param readBytes how much it reads
   * @param writeBytes how much it writes, about
   * @param reclaimedBytes how much comes back, about
   */
  public record Merge(List<Long> segments, String reason, long readBytes, long writeBytes, long reclaimedBytes) {
    /** Takes an unmodifiable copy. */
    public Merge {
      segments = List.copyOf(segments);
    }
  }

  /**
   * A segment that is left alone.
   *
   * @param segment its id
   * @param reason why
   */
  public record Other(long segment, String reason) {}

  /**
   * Tells how much comes back.
   *
   * @return bytes, about
   */
  public long reclaimedBytes() {
    return merges.stream().mapToLong(Merge::reclaimedBytes).sum();
  }

  /**
   * Tells what all merges read and write.
   *
   * @return bytes, about
   */
  public long costBytes() {
    return merges.stream().mapToLong(merge -> merge.readBytes() + merge.writeBytes()).sum();
  }
}
