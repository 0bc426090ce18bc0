package io.bitkv.codec.entry;

/**
 * The running statistics of a segment: what its footer will say. A segment that is verified can be counted anew
 * and the two footers compared. For one thread at a time.
 */
public final class SegmentTally {
  private final SegmentHeader segment;
  private long entries;
  private long tombstones;
  private long drops;
  private long minSequence;
  private long maxSequence;
  private long keyBytes;
  private long valueBytes;
  private long deletionBytes;

  /**
   * Starts at zero.
   *
   * @param segment the header of the segment
   */
  public SegmentTally(SegmentHeader segment) {
    this.segment = segment;
  }

  /**
   * Counts an entry.
   *
   * @param entry its header, encoded or parsed
   */
  public void add(EntryHeader entry) {
    minSequence = entries == 0 ? entry.sequence : Math.min(minSequence, entry.sequence);
    maxSequence = Math.max(maxSequence, entry.sequence);
    entries++;
    keyBytes += entry.keyLength;
    valueBytes += entry.valueLength;
    switch (entry.kind) {
      case PUT -> {}
      case TOMBSTONE -> tombstones++;
      case DROP_KEYSPACE -> drops++;
    }
    if (entry.kind != EntryKind.PUT) {
      deletionBytes += entry.length();
    }
  }

  /**
   * Tells how much of the segment tombstones and dropped keyspaces take. The footer does not say it.
   *
   * @return bytes
   */
  public long deletionBytes() {
    return deletionBytes;
  }

  /**
   * Tells how many entries have been counted.
   *
   * @return 0 or more
   */
  public long entries() {
    return entries;
  }

  /**
   * Makes the footer that closes the segment.
   *
   * @param dataEnd the offset behind the last entry
   * @return the footer
   */
  public SegmentFooter footer(long dataEnd) {
    return new SegmentFooter(
        segment.segmentId(),
        segment.storeId(),
        dataEnd,
        entries,
        tombstones,
        drops,
        minSequence,
        maxSequence,
        keyBytes,
        valueBytes);
  }
}
