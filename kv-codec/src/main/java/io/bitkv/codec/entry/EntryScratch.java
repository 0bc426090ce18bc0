package io.bitkv.codec.entry;

import java.util.zip.CRC32C;

/**
 * The bytes of an entry's header, and behind them its salt, so that the checksum over both is taken in one go.
 * Reusable, for one thread.
 */
final class EntryScratch {
  private static final int DATA_CHECKSUM_AT = 0;
  private static final int STORE_AT = DATA_CHECKSUM_AT + Integer.BYTES;
  private static final int SEGMENT_AT = STORE_AT + Long.BYTES;
  private static final int OFFSET_AT = SEGMENT_AT + Integer.BYTES;
  private static final int SALT_LENGTH = OFFSET_AT + Integer.BYTES;

  final byte[] bytes = new byte[EntryCodec.MAX_HEADER_LENGTH + SALT_LENGTH];
  private final CRC32C crc = new CRC32C();

  /** Writes the salt behind the header, all but the checksum of the data. */
  void salt(SegmentHeader segment, long offset, int headerLength) {
    LittleEndian.putLong(bytes, headerLength + STORE_AT, segment.storeId());
    LittleEndian.putInt(bytes, headerLength + SEGMENT_AT, segment.segmentId());
    LittleEndian.putInt(bytes, headerLength + OFFSET_AT, (int) offset);
  }

  /** Takes the checksum that belongs into a salted header, given that of the data. */
  int checksum(int headerLength, int dataChecksum) {
    LittleEndian.putInt(bytes, headerLength + DATA_CHECKSUM_AT, dataChecksum);
    crc.reset();
    crc.update(bytes, EntryCodec.TAG_AT, headerLength + SALT_LENGTH - EntryCodec.TAG_AT);
    return (int) crc.getValue();
  }
}
