package io.bitkv.codec.entry;

import java.util.zip.CRC32C;

/**
 * The places and limits of a hint file: a header, blocks of hints in the order of the entries' offsets, a trailer.
 * Numbers are little-endian, v = {@link Varint}.
 *
 * <pre>
 * header                                    block                                     trailer
 *  0  8  magic "BITKVHNT"                    0  4  CRC32C                              0  4  CRC32C
 *  8  2  format version, 1                   4  1  tag, 1                              4  1  tag, 2
 * 10  2  flags, 0                            5  1  reserved, 0                         5  3  reserved, 0
 * 12  2  header length, 48                   6  2  hints in it, 1 to 1,024             8  4  hints in the file
 * 14  2  reserved, 0                         8  4  length of the hints in bytes       12  4  blocks in the file
 * 16  4  segment id                         12  4  first offset
 * 20  4  data end of the segment            16  8  first sequence number
 * 24  8  store id                           24     hints
 * 32  4  CRC32C of the segment's footer
 * 36  8  reserved, 0
 * 44  4  CRC32C of bytes 0 to 43
 *
 * hint
 *  v  length of the entry * 32 + bits 0-1 kind, bit 2 has expiry, bit 3 gap, bit 4 keyspace
 *  8  hash of the key
 *  v  zigzag(sequence - that of the hint before - 1); of the first in a block: zigzag(0)
 *  v  bytes between the end of the entry of the hint before and this entry, 1 or more    (bit 3; else 0)
 *  v  keyspace, 1 to 2^31 - 1                                                            (bit 4; else 0)
 * </pre>
 *
 * <p>The checksum of a block or of the trailer covers its bytes from 4 on, and before them the checksum that
 * stands in the part before it. So a part is valid only behind the very parts it was written behind.
 */
final class HintFormat {
  static final long MAGIC = 0x54_4E_48_56_4B_54_49_42L; // "BITKVHNT" in little-endian order

  static final int MAGIC_AT = 0;
  static final int VERSION_AT = MAGIC_AT + Long.BYTES;
  static final int FLAGS_AT = VERSION_AT + Short.BYTES;
  static final int HEADER_LENGTH_AT = FLAGS_AT + Short.BYTES;
  static final int HEADER_RESERVED_1_AT = HEADER_LENGTH_AT + Short.BYTES;
  static final int SEGMENT_AT = HEADER_RESERVED_1_AT + Short.BYTES;
  static final int DATA_END_AT = SEGMENT_AT + Integer.BYTES;
  static final int STORE_AT = DATA_END_AT + Integer.BYTES;
  static final int FOOTER_CRC_AT = STORE_AT + Long.BYTES;
  static final int HEADER_RESERVED_2_AT = FOOTER_CRC_AT + Integer.BYTES;
  static final int HEADER_CRC_AT = HEADER_RESERVED_2_AT + Long.BYTES;
  static final int HEADER_LENGTH = HEADER_CRC_AT + Integer.BYTES;

  static final int CRC_AT = 0;
  static final int TAG_AT = CRC_AT + Integer.BYTES;
  static final int BLOCK_TAG = 1;
  static final int TRAILER_TAG = 2;

  static final int BLOCK_RESERVED_AT = TAG_AT + Byte.BYTES;
  static final int BLOCK_COUNT_AT = BLOCK_RESERVED_AT + Byte.BYTES;
  static final int BLOCK_BYTES_AT = BLOCK_COUNT_AT + Short.BYTES;
  static final int FIRST_OFFSET_AT = BLOCK_BYTES_AT + Integer.BYTES;
  static final int FIRST_SEQUENCE_AT = FIRST_OFFSET_AT + Integer.BYTES;
  static final int HINTS_AT = FIRST_SEQUENCE_AT + Long.BYTES;

  static final int TRAILER_RESERVED_AT = TAG_AT + Byte.BYTES;
  static final int TOTAL_AT = TRAILER_RESERVED_AT + 3;
  static final int BLOCKS_AT = TOTAL_AT + Integer.BYTES;
  static final int TRAILER_LENGTH = BLOCKS_AT + Integer.BYTES;

  static final int KIND_BITS = 2;
  static final int KIND_MASK = (1 << KIND_BITS) - 1;
  static final int EXPIRES = 1 << KIND_BITS;
  static final int GAP = EXPIRES << 1;
  static final int HAS_KEYSPACE = GAP << 1;
  static final int LENGTH_SHIFT = KIND_BITS + 3;

  /** The most hints in one block. */
  static final int BLOCK_HINTS = 1 << 10;

  /** The most bytes of one hint: each number at its longest. */
  static final int MAX_HINT_LENGTH = Varint.size(maxEntryLength() << LENGTH_SHIFT)
      + Long.BYTES
      + Varint.MAX_LENGTH
      + Varint.size(SegmentHeader.MAX_DATA_END)
      + Varint.size(Integer.MAX_VALUE);

  static final int MAX_BLOCK_LENGTH = HINTS_AT + BLOCK_HINTS * MAX_HINT_LENGTH;

  private HintFormat() {}

  static long maxEntryLength() {
    return EntryCodec.maxLength(EntryCodec.MAX_KEY_LENGTH, EntryCodec.MAX_VALUE_LENGTH);
  }

  /** Encodes the header of the hint file of a sealed segment. */
  static void putHeader(byte[] bytes, SegmentFooter footer) {
    LittleEndian.putLong(bytes, MAGIC_AT, MAGIC);
    LittleEndian.putShort(bytes, VERSION_AT, SegmentHeader.FORMAT_VERSION);
    LittleEndian.putShort(bytes, FLAGS_AT, 0);
    LittleEndian.putShort(bytes, HEADER_LENGTH_AT, HEADER_LENGTH);
    LittleEndian.putShort(bytes, HEADER_RESERVED_1_AT, 0);
    LittleEndian.putInt(bytes, SEGMENT_AT, footer.segmentId());
    LittleEndian.putInt(bytes, DATA_END_AT, (int) footer.dataEnd());
    LittleEndian.putLong(bytes, STORE_AT, footer.storeId());
    LittleEndian.putInt(bytes, FOOTER_CRC_AT, footer.checksum());
    LittleEndian.putLong(bytes, HEADER_RESERVED_2_AT, 0);
    LittleEndian.putInt(bytes, HEADER_CRC_AT, headerChecksum(bytes, 0));
  }

  static int headerChecksum(byte[] bytes, int from) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, from, HEADER_CRC_AT);
    return (int) crc.getValue();
  }

  /** Takes the checksum of a block or trailer that stands behind a part with the given checksum. */
  static int chainedChecksum(int previous, byte[] bytes, int from, int length) {
    byte[] link = new byte[Integer.BYTES];
    LittleEndian.putInt(link, 0, previous);
    CRC32C crc = new CRC32C();
    crc.update(link, 0, link.length);
    crc.update(bytes, from + TAG_AT, length - TAG_AT);
    return (int) crc.getValue();
  }
}
