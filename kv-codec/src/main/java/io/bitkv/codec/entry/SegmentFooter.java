package io.bitkv.codec.entry;

import java.util.zip.CRC32C;

/**
 * The last 72 bytes of a sealed segment, right behind its last entry. A segment that has one is complete: nothing
 * in it is ever torn. Its fifth byte is 7, which is no entry's tag.
 *
 * <pre>
 *  0  4  CRC32C of bytes 4 to 71
 *  4  1  tag, 7
 *  5  3  magic "END"
 *  8  4  segment id
 * 12  4  data end: the offset of this footer
 * 16  8  store id
 * 24  4  entries
 * 28  4  tombstones among them
 * 32  4  dropped keyspaces among them
 * 36  4  reserved, 0
 * 40  8  lowest sequence number, 0 if there are no entries
 * 48  8  highest sequence number, 0 if there are no entries
 * 56  8  sum of the lengths of all keys
 * 64  8  sum of the lengths of all values
 * </pre>
 *
 * @param segmentId the number of the segment
 * @param storeId the random number of the store
 * @param dataEnd the offset behind the last entry, which is this footer's own
 * @param entries how many entries there are
 * @param tombstones how many of them are tombstones
 * @param drops how many of them drop a keyspace
 * @param minSequence the lowest sequence number, 0 if there are no entries
 * @param maxSequence the highest sequence number, 0 if there are no entries
 * @param keyBytes the sum of the lengths of all keys
 * @param valueBytes the sum of the lengths of all values
 */
public record SegmentFooter(
    int segmentId,
    long storeId,
    long dataEnd,
    long entries,
    long tombstones,
    long drops,
    long minSequence,
    long maxSequence,
    long keyBytes,
    long valueBytes) {

  /** The tag byte, in the place of an entry's. */
  static final int TAG = 7;

  private static final int MAGIC = 'E' << 8 | 'N' << 16 | 'D' << 24;

  private static final int CRC_AT = 0;
  private static final int TAG_AT = CRC_AT + Integer.BYTES;
  private static final int SEGMENT_AT = TAG_AT + Integer.BYTES;
  private static final int DATA_END_AT = SEGMENT_AT + Integer.BYTES;
  private static final int STORE_AT = DATA_END_AT + Integer.BYTES;
  private static final int ENTRIES_AT = STORE_AT + Long.BYTES;
  private static final int TOMBSTONES_AT = ENTRIES_AT + Integer.BYTES;
  private static final int DROPS_AT = TOMBSTONES_AT + Integer.BYTES;
  private static final int RESERVED_AT = DROPS_AT + Integer.BYTES;
  private static final int MIN_SEQUENCE_AT = RESERVED_AT + Integer.BYTES;
  private static final int MAX_SEQUENCE_AT = MIN_SEQUENCE_AT + Long.BYTES;
  private static final int KEY_BYTES_AT = MAX_SEQUENCE_AT + Long.BYTES;
  private static final int VALUE_BYTES_AT = KEY_BYTES_AT + Long.BYTES;

  /** How many bytes a footer has: 72. */
  public static final int LENGTH = VALUE_BYTES_AT + Long.BYTES;

  /**
   * Encodes this footer.
   *
   * @return a new array of {@link #LENGTH} bytes
   */
  public byte[] encode() {
    byte[] bytes = new byte[LENGTH];
    LittleEndian.putInt(bytes, TAG_AT, TAG | MAGIC);
    LittleEndian.putInt(bytes, SEGMENT_AT, segmentId);
    LittleEndian.putInt(bytes, DATA_END_AT, (int) dataEnd);
    LittleEndian.putLong(bytes, STORE_AT, storeId);
    LittleEndian.putInt(bytes, ENTRIES_AT, (int) entries);
    LittleEndian.putInt(bytes, TOMBSTONES_AT, (int) tombstones);
    LittleEndian.putInt(bytes, DROPS_AT, (int) drops);
    LittleEndian.putLong(bytes, MIN_SEQUENCE_AT, minSequence);
    LittleEndian.putLong(bytes, MAX_SEQUENCE_AT, maxSequence);
    LittleEndian.putLong(bytes, KEY_BYTES_AT, keyBytes);
    LittleEndian.putLong(bytes, VALUE_BYTES_AT, valueBytes);
    LittleEndian.putInt(bytes, CRC_AT, checksum(bytes, 0));
    return bytes;
  }

  /**
   * Tells the checksum of this footer, by which a hint file names the very version of the segment it belongs to.
   *
   * @return the CRC32C that stands in its first four bytes
   */
  public int checksum() {
    return LittleEndian.getInt(encode(), CRC_AT);
  }

  /**
   * Decodes the footer at an index, which must be that of the segment it is looked for in.
   *
   * @param segment the header of the segment
   * @param bytes where from
   * @param from the index of its first byte
   * @param to the index behind the last byte that is there
   * @return the footer, or what is wrong
   */
  public static Decoded<SegmentFooter> decode(SegmentHeader segment, byte[] bytes, int from, int to) {
    if (to - from < LENGTH) {
      return new Decoded.Torn<>(LENGTH - Math.max(0, to - from));
    }
    if (LittleEndian.getInt(bytes, from + TAG_AT) != (TAG | MAGIC)) {
      return new Decoded.Corrupt<>(Fault.MAGIC);
    }
    if (LittleEndian.getInt(bytes, from + CRC_AT) != checksum(bytes, from)) {
      return new Decoded.Corrupt<>(Fault.CHECKSUM);
    }
    if (LittleEndian.getInt(bytes, from + RESERVED_AT) != 0) {
      return new Decoded.Corrupt<>(Fault.FLAGS);
    }
    SegmentFooter footer = read(bytes, from);
    if (footer.segmentId != segment.segmentId() || footer.storeId != segment.storeId()) {
      return new Decoded.Corrupt<>(Fault.FOREIGN);
    }
    return footer.isConsistent() ? new Decoded.Whole<>(footer) : new Decoded.Corrupt<>(Fault.LENGTH);
  }

  private static SegmentFooter read(byte[] bytes, int from) {
    return new SegmentFooter(
        LittleEndian.getInt(bytes, from + SEGMENT_AT),
        LittleEndian.getLong(bytes, from + STORE_AT),
        LittleEndian.getUnsignedInt(bytes, from + DATA_END_AT),
        LittleEndian.getUnsignedInt(bytes, from + ENTRIES_AT),
        LittleEndian.getUnsignedInt(bytes, from + TOMBSTONES_AT),
        LittleEndian.getUnsignedInt(bytes, from + DROPS_AT),
        LittleEndian.getLong(bytes, from + MIN_SEQUENCE_AT),
        LittleEndian.getLong(bytes, from + MAX_SEQUENCE_AT),
        LittleEndian.getLong(bytes, from + KEY_BYTES_AT),
        LittleEndian.getLong(bytes, from + VALUE_BYTES_AT));
  }

  private boolean isConsistent() {
    long data = dataEnd - SegmentHeader.LENGTH;
    return data >= 0
        && entries <= data
        && tombstones + drops <= entries
        && keyBytes >= 0
        && keyBytes <= data
        && valueBytes >= 0
        && valueBytes <= data - keyBytes
        && (entries == 0 ? minSequence == 0 && maxSequence == 0 : 0 < minSequence && minSequence <= maxSequence);
  }

  private static int checksum(byte[] bytes, int from) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, from + TAG_AT, LENGTH - TAG_AT);
    return (int) crc.getValue();
  }
}
