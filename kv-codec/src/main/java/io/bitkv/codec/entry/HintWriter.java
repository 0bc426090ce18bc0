package io.bitkv.codec.entry;

/**
 * Encodes a hint file: the short form of a sealed segment from which a restart builds the key directory. The
 * caller does the writing: each call tells how many bytes of {@link #bytes} are ready, often none.
 *
 * <pre>{@code
 * HintWriter hints = new HintWriter(footer);
 * write(hints.bytes(), hints.begin());
 * for (HintEntry entry : entriesThatMatterByOffset) {
 *   write(hints.bytes(), hints.add(entry));
 * }
 * write(hints.bytes(), hints.finish());
 * }</pre>
 *
 * <p>A hint takes 11 bytes for an entry of up to 511 bytes, whatever the length of its key. For one thread.
 */
public final class HintWriter {
  private final SegmentFooter footer;
  private final byte[] bytes = new byte[HintFormat.MAX_BLOCK_LENGTH + HintFormat.TRAILER_LENGTH];
  private int next = HintFormat.HINTS_AT;
  private int inBlock;
  private int blocks;
  private long total;
  private long previousEnd = SegmentHeader.LENGTH;
  private long previousSequence;
  private int previousChecksum;

  /**
   * Makes the writer for the hint file of a segment.
   *
   * @param footer the footer that seals the segment
   */
  public HintWriter(SegmentFooter footer) {
    this.footer = footer;
  }

  /**
   * Tells where the encoded bytes are. Always the same array; the next call overwrites it.
   *
   * @return the array whose first bytes are ready, as many as the last call told
   */
  public byte[] bytes() {
    return bytes;
  }

  /**
   * Encodes the header. To be called once, first.
   *
   * @return how many bytes are ready
   */
  public int begin() {
    HintFormat.putHeader(bytes, footer);
    previousChecksum = LittleEndian.getInt(bytes, HintFormat.HEADER_CRC_AT);
    return HintFormat.HEADER_LENGTH;
  }

  /**
   * Encodes the hint of one entry.
   *
   * @param entry the hint, of an entry behind all those before
   * @return how many bytes are ready: 0, or the length of a block that this hint has filled
   * @throws IllegalArgumentException if the entry overlaps the one before or does not lie in the segment
   */
  public int add(HintEntry entry) {
    long entryEnd = entry.offset() + entry.length();
    if (entry.length() <= 0 || entry.offset() < previousEnd || entryEnd > footer.dataEnd()) {
      throw new IllegalArgumentException("entry at " + entry.offset() + " to " + entryEnd
          + " does not lie between the one before, which ends at " + previousEnd
          + ", and the end of the segment at " + footer.dataEnd());
    }
    if (inBlock == 0) {
      LittleEndian.putInt(bytes, HintFormat.FIRST_OFFSET_AT, (int) entry.offset());
      LittleEndian.putLong(bytes, HintFormat.FIRST_SEQUENCE_AT, entry.sequence());
      previousEnd = entry.offset();
      previousSequence = entry.sequence() - 1;
    }
    put(entry, entry.offset() - previousEnd);
    previousEnd = entryEnd;
    previousSequence = entry.sequence();
    inBlock++;
    total++;
    return inBlock == HintFormat.BLOCK_HINTS ? finishBlock() : 0;
  }

  private void put(HintEntry entry, long gap) {
    long first = (long) entry.length() << HintFormat.LENGTH_SHIFT
        | entry.kind().code()
        | (entry.expires() ? HintFormat.EXPIRES : 0)
        | (gap != 0 ? HintFormat.GAP : 0)
        | (entry.keyspace() != 0 ? HintFormat.HAS_KEYSPACE : 0);
    next = Varint.put(bytes, next, first);
    LittleEndian.putLong(bytes, next, entry.hash());
    next = Varint.put(bytes, next + Long.BYTES, Varint.zigzag(entry.sequence() - previousSequence - 1));
    if (gap != 0) {
      next = Varint.put(bytes, next, gap);
    }
    if (entry.keyspace() != 0) {
      next = Varint.put(bytes, next, entry.keyspace());
    }
  }

  private int finishBlock() {
    int length = next;
    bytes[HintFormat.TAG_AT] = HintFormat.BLOCK_TAG;
    bytes[HintFormat.BLOCK_RESERVED_AT] = 0;
    LittleEndian.putShort(bytes, HintFormat.BLOCK_COUNT_AT, inBlock);
    LittleEndian.putInt(bytes, HintFormat.BLOCK_BYTES_AT, length - HintFormat.HINTS_AT);
    chain(0, length);
    blocks++;
    inBlock = 0;
    next = HintFormat.HINTS_AT;
    return length;
  }

  /**
   * Encodes the rest: the last block, if one is begun, and the trailer. To be called once, last.
   *
   * @return how many bytes are ready
   */
  public int finish() {
    int at = inBlock > 0 ? finishBlock() : 0;
    LittleEndian.putInt(bytes, at + HintFormat.TAG_AT, HintFormat.TRAILER_TAG);
    LittleEndian.putInt(bytes, at + HintFormat.TOTAL_AT, (int) total);
    LittleEndian.putInt(bytes, at + HintFormat.BLOCKS_AT, blocks);
    chain(at, HintFormat.TRAILER_LENGTH);
    return at + HintFormat.TRAILER_LENGTH;
  }

  private void chain(int at, int length) {
    previousChecksum = HintFormat.chainedChecksum(previousChecksum, bytes, at, length);
    LittleEndian.putInt(bytes, at + HintFormat.CRC_AT, previousChecksum);
  }
}
