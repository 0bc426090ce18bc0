package io.bitkv.api;

import java.util.List;
import java.util.Map;

/**
 * A store's figures at one moment. Sizes are in bytes.
 *
 * {@snippet file="io/bitkv/api/EmbeddedSnippetsTest.java" region="stats"}
 *
 * @param keyspaces the keyspaces that hold keys
 * @param segments the segments, oldest first
 * @param merges what merges did since the store was opened
 * @param syncs how long syncs took since the store was opened
 * @param directoryBytes the memory that the key directory takes, on and off the heap
 * @param lastSequence the greatest version so far
 * @param durableSequence every write up to this version is on stable storage
 * @param health whether writes are accepted, and if not, why
 */
public record StoreStats(
    Map<KeyspaceId, KeyspaceStats> keyspaces,
    List<SegmentStats> segments,
    MergeStats merges,
    SyncStats syncs,
    long directoryBytes,
    long lastSequence,
    long durableSequence,
    Health health) {

  /** Takes unmodifiable copies. */
  public StoreStats {
    keyspaces = Map.copyOf(keyspaces);
    segments = List.copyOf(segments);
  }

  /**
   * A keyspace's figures.
   *
   * @param keys how many keys it holds
   * @param expiringKeys how many of them have an expiry
   */
  public record KeyspaceStats(long keys, long expiringKeys) {}

  /**
   * A segment's figures.
   *
   * @param id its number
   * @param fileBytes the length of its data
   * @param liveBytes how much of that holds entries that reads can still meet
   * @param isSealed whether it is complete
   */
  public record SegmentStats(long id, long fileBytes, long liveBytes, boolean isSealed) {
    /**
     * Tells how much of the segment a merge could give back.
     *
     * @return bytes
     */
    public long deadBytes() {
      return fileBytes - liveBytes;
    }
  }

  /**
   * The figures of merges.
   *
   * @param done what the merges did that ended well
   * @param failed how many failed
   * @param isRunning whether one is running
   * @param isPaused whether merging is paused
   */
  public record MergeStats(MergeReport done, long failed, boolean isRunning, boolean isPaused) {
    /** No merge was ever run. */
    public static final MergeStats NONE = new MergeStats(MergeReport.NONE, 0, false, false);
  }

  /**
   * The figures of syncs that ended well.
   *
   * @param count how many there were
   * @param totalNanos how long they took together, in nanoseconds
   * @param p99Nanos 99 of 100 took at most so long, within a factor of two, in nanoseconds
   * @param maxNanos how long the longest took, in nanoseconds
   */
  public record SyncStats(long count, long totalNanos, long p99Nanos, long maxNanos) {
    /** There never was one. */
    public static final SyncStats NONE = new SyncStats(0, 0, 0, 0);
  }

  /**
   * Whether a store takes writes.
   *
   * @param isWritable whether it does
   * @param detail what is wrong and what to do when it does not; else {@code ok}
   */
  public record Health(boolean isWritable, String detail) {}

  /**
   * Adds up the keys of all keyspaces.
   *
   * @return how many keys there are
   */
  public long keys() {
    return keyspaces.values().stream().mapToLong(KeyspaceStats::keys).sum();
  }

  /**
   * Adds up what reads can still meet.
   *
   * @return bytes
   */
  public long liveBytes() {
    return segments.stream().mapToLong(SegmentStats::liveBytes).sum();
  }

  /**
   * Adds up what a merge could give back.
   *
   * @return bytes
   */
  public long deadBytes() {
    return segments.stream().mapToLong(SegmentStats::deadBytes).sum();
  }
}
