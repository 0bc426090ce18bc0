package io.bitkv.api;

/**
 * What merges did. Sizes are in bytes.
 *
 * {@snippet file="io/bitkv/api/EmbeddedSnippetsTest.java" region="merges"}
 *
 * @param merges how many merges ended well
 * @param segmentsIn how many segments they took the place of
 * @param readBytes how much they read
 * @param writtenBytes how much they wrote
 * @param droppedDeletions how many tombstones and dropped keyspaces were not needed any more
 * @param expiredEntries how many expired values were left out
 */
public record MergeReport(
    long merges, long segmentsIn, long readBytes, long writtenBytes, long droppedDeletions, long expiredEntries) {

  /** Nothing was done. */
  public static final MergeReport NONE = new MergeReport(0, 0, 0, 0, 0, 0);

  /**
   * Adds up two reports.
   *
   * @param other another report
   * @return the sums
   */
  public MergeReport plus(MergeReport other) {
    return new MergeReport(
        merges + other.merges,
        segmentsIn + other.segmentsIn,
        readBytes + other.readBytes,
        writtenBytes + other.writtenBytes,
        droppedDeletions + other.droppedDeletions,
        expiredEntries + other.expiredEntries);
  }

  /**
   * Tells how much came back.
   *
   * @return bytes
   */
  public long reclaimedBytes() {
    return readBytes - writtenBytes;
  }
}
