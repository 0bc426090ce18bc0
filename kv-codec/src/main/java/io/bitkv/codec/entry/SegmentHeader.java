package io.bitkv.codec.entry;

import java.util.zip.CRC32C;

/**
 * The first 64 bytes of a segment file. It names the segment and the store, which salt the checksum of every
 * entry, and carries the bases that entries store their differences to.
 *
 * <pre>
 *  0  8  magic "BITKVSEG"
 *  8  2  format version, 1
 * 10  2  flags, 0
 * 12  2  header length, 64
 * 14  1  origin: 1 appended, 2 merged
 * 15  1  reserved, 0
 * 16  4  segment id, 1 to 2^31 - 1
 * 20  4  reserved, 0
 * 24  8  store id
 * 32  8  base sequence, 0 to 2^63 - 1
 * 40  8  base time, milliseconds since 1970-01-01T00:00Z, signed
 * 48  8  last sequence a merged segment answers for, or 0; 0 in an appended one
 * 56  4  reserved, 0
 * 60  4  CRC32C of bytes 0 to 59
 * </pre>
 *
 * @param segmentId the number of the segment, 1 to 2^31 - 1, never used twice in one store
 * @param storeId the random number of the store
 * @param baseSequence a lower bound of the sequence numbers in the segment, 0 or more
 * @param baseTime a time near those of the entries, in milliseconds since 1970-01-01T00:00Z
 * @param origin how the segment came to be
 * @param lastSequence the last sequence number that a merged segment answers for, whether it kept that entry or not;
 *     0 in an appended segment, and where the last entry says it
 */
public record SegmentHeader(
    int segmentId, long storeId, long baseSequence, long baseTime, Origin origin, long lastSequence) {

  /** The version of the format that is described here. */
  public static final int FORMAT_VERSION = 1;

  /** The largest offset that an entry's end or a footer's beginning may have in a segment: 4 GiB - 1. */
  public static final long MAX_DATA_END = 0xFFFF_FFFFL;

  private static final long MAGIC = 0x47_45_53_56_4B_54_49_42L; // "BITKVSEG" in little-endian order

  private static final int MAGIC_AT = 0;
  private static final int VERSION_AT = MAGIC_AT + Long.BYTES;
  private static final int FLAGS_AT = VERSION_AT + Short.BYTES;
  private static final int LENGTH_AT = FLAGS_AT + Short.BYTES;
  private static final int ORIGIN_AT = LENGTH_AT + Short.BYTES;
  private static final int RESERVED_1_AT = ORIGIN_AT + Byte.BYTES;
  private static final int SEGMENT_AT = RESERVED_1_AT + Byte.BYTES;
  private static final int RESERVED_2_AT = SEGMENT_AT + Integer.BYTES;
  private static final int STORE_AT = RESERVED_2_AT + Integer.BYTES;
  private static final int SEQUENCE_AT = STORE_AT + Long.BYTES;
  private static final int TIME_AT = SEQUENCE_AT + Long.BYTES;
  private static final int LAST_SEQUENCE_AT = TIME_AT + Long.BYTES;
  private static final int RESERVED_3_AT = LAST_SEQUENCE_AT + Long.BYTES;
  private static final int CRC_AT = RESERVED_3_AT + Integer.BYTES;

  /** How many bytes a header has, and the offset of the first entry: 64. */
  public static final int LENGTH = CRC_AT + Integer.BYTES;

  /** How a segment came to be. */
  public enum Origin {
    /** Written entry by entry as the calls came in: its tail may be torn until it is sealed. */
    APPENDED,
    /** Written by a merge and published as a whole, with its footer. */
    MERGED;

    private static final Origin[] ALL = values();

    private int code() {
      return ordinal() + 1;
    }
  }

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if the id or the base sequence is out of range
   */
  public SegmentHeader {
    if (segmentId <= 0) {
      throw new IllegalArgumentException("segment id " + segmentId + ": must be 1 to " + Integer.MAX_VALUE);
    }
    if (baseSequence < 0) {
      throw new IllegalArgumentException("base sequence " + baseSequence + ": must not be negative");
    }
    if (lastSequence != 0 && (origin == Origin.APPENDED || lastSequence < baseSequence)) {
      throw new IllegalArgumentException("last sequence " + lastSequence + " is not possible here");
    }
  }

  /**
   * Makes the header of a segment that answers for the sequence numbers up to its last entry's.
   *
   * @param segmentId the number of the segment
   * @param storeId the random number of the store
   * @param baseSequence a lower bound of the sequence numbers in the segment
   * @param baseTime a time near those of the entries
   * @param origin how the segment came to be
   */
  public SegmentHeader(int segmentId, long storeId, long baseSequence, long baseTime, Origin origin) {
    this(segmentId, storeId, baseSequence, baseTime, origin, 0);
  }

  /**
   * Encodes this header.
   *
   * @return a new array of {@link #LENGTH} bytes
   */
  public byte[] encode() {
    byte[] bytes = new byte[LENGTH];
    LittleEndian.putLong(bytes, MAGIC_AT, MAGIC);
    LittleEndian.putShort(bytes, VERSION_AT, FORMAT_VERSION);
    LittleEndian.putShort(bytes, LENGTH_AT, LENGTH);
    bytes[ORIGIN_AT] = (byte) origin.code();
    LittleEndian.putInt(bytes, SEGMENT_AT, segmentId);
    LittleEndian.putLong(bytes, STORE_AT, storeId);
    LittleEndian.putLong(bytes, SEQUENCE_AT, baseSequence);
    LittleEndian.putLong(bytes, TIME_AT, baseTime);
    LittleEndian.putLong(bytes, LAST_SEQUENCE_AT, lastSequence);
    LittleEndian.putInt(bytes, CRC_AT, checksum(bytes, 0));
    return bytes;
  }

  /**
   * Decodes the header at an index. An unknown version is told from damage: every version keeps the magic, the
   * version, the length of 64 bytes and the checksum at its end.
   *
   * @param bytes where from
   * @param from the index of its first byte
   * @param to the index behind the last byte that is there
   * @return the header, or what is wrong
   */
  public static Decoded<SegmentHeader> decode(byte[] bytes, int from, int to) {
    if (to - from < LENGTH) {
      return new Decoded.Torn<>(LENGTH - Math.max(0, to - from));
    }
    Fault fault = fault(bytes, from);
    if (fault != null) {
      return new Decoded.Corrupt<>(fault);
    }
    return new Decoded.Whole<>(new SegmentHeader(
        LittleEndian.getInt(bytes, from + SEGMENT_AT),
        LittleEndian.getLong(bytes, from + STORE_AT),
        LittleEndian.getLong(bytes, from + SEQUENCE_AT),
        LittleEndian.getLong(bytes, from + TIME_AT),
        Origin.ALL[bytes[from + ORIGIN_AT] - 1],
        LittleEndian.getLong(bytes, from + LAST_SEQUENCE_AT)));
  }

  private static Fault fault(byte[] bytes, int from) {
    if (LittleEndian.getLong(bytes, from + MAGIC_AT) != MAGIC) {
      return Fault.MAGIC;
    }
    if (LittleEndian.getInt(bytes, from + CRC_AT) != checksum(bytes, from)) {
      return Fault.CHECKSUM;
    }
    if (LittleEndian.getUnsignedShort(bytes, from + VERSION_AT) != FORMAT_VERSION) {
      return Fault.VERSION;
    }
    if (LittleEndian.getUnsignedShort(bytes, from + LENGTH_AT) != LENGTH) {
      return Fault.LENGTH;
    }
    if (LittleEndian.getUnsignedShort(bytes, from + FLAGS_AT) != 0 || !reservedAreZero(bytes, from)) {
      return Fault.FLAGS;
    }
    int origin = bytes[from + ORIGIN_AT];
    if (origin < 1 || origin > Origin.ALL.length) {
      return Fault.KIND;
    }
    if (LittleEndian.getInt(bytes, from + SEGMENT_AT) <= 0) {
      return Fault.FOREIGN;
    }
    return sequenceFault(
        LittleEndian.getLong(bytes, from + SEQUENCE_AT), LittleEndian.getLong(bytes, from + LAST_SEQUENCE_AT), origin);
  }

  private static Fault sequenceFault(long base, long last, int origin) {
    if (last != 0 && origin == Origin.APPENDED.code()) {
      return Fault.FLAGS;
    }
    return base < 0 || last != 0 && last < base ? Fault.SEQUENCE : null;
  }

  private static boolean reservedAreZero(byte[] bytes, int from) {
    return (bytes[from + RESERVED_1_AT]
            | LittleEndian.getInt(bytes, from + RESERVED_2_AT)
            | LittleEndian.getInt(bytes, from + RESERVED_3_AT))
        == 0;
  }

  private static int checksum(byte[] bytes, int from) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, from, CRC_AT - MAGIC_AT);
    return (int) crc.getValue();
  }
}
