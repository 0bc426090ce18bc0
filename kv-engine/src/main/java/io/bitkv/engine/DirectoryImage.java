package io.bitkv.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * The head of a file that holds the key directories as a clean close left them: of which log, and how much follows.
 *
 * <pre>
 * header                                      tables
 *  0  8  magic "BITKVDIR"                      0  4  CRC32C of the rest of the tables and of the header's CRC32C
 *  8  2  format version, 2                     4  4  reserved, 0
 * 10  2  flags, 0                              8     segments, ascending by id, of 24 bytes:
 * 12  4  stripes                                     4 id, 4 data end, 4 CRC32C of the footer, 4 reserved, 8 bytes of deletions
 * 16  8  store id                                    live bytes, of 16 bytes:
 * 24  8  last sequence                               4 segment id, 4 keyspace, 8 bytes
 * 32  8  keys
 * 40  4  blocks                               block
 * 44  4  segments                              0  4  CRC32C of the rest of the block and of the header's CRC32C
 * 48  4  live counts                           4  4  keyspace
 * 52  8  reserved, 0                           8  4  stripe
 * 60  4  CRC32C of bytes 0 to 59              12  4  keys in it, 1 or more
 *                                             16  4  keys of these that expire
 *                                             20  4  homes
 *                                             24  4  pages
 *                                             28     pages of 512 bytes:
 *                                                    42 slots of 12 bytes, ascending by tag: 4 tag, 8 location
 *                                                    8 bytes unused
 * </pre>
 *
 * @param storeId the store
 * @param lastSequence the last sequence number of the log
 * @param stripes into how many stripes the directories are divided
 * @param blocks how many blocks follow, ascending by keyspace and stripe
 * @param keys how many keys are in them
 * @param segments all segments of the log
 * @param live the live bytes that are not 0
 */
record DirectoryImage(
    long storeId, long lastSequence, int stripes, int blocks, long keys, List<SealedSegment> segments, List<Live> live) {

  /** A segment: its id, where its entries end, the checksum of its footer, and the bytes of its deletions. */
  record SealedSegment(int id, long dataEnd, int footerChecksum, long deletionBytes) {}

  /** A keyspace's live bytes in a segment. */
  record Live(int segment, int keyspace, long bytes) {}

  static final int HEADER_LENGTH = 64;
  static final int BLOCK_HEADER_LENGTH = 12;

  private static final long MAGIC = 0x5249_4456_4B54_4942L;
  private static final short VERSION = 2;
  private static final int VERSION_AT = 8;
  private static final int STRIPES_AT = 12;
  private static final int RESERVED_AT = 52;
  private static final int CRC_AT = HEADER_LENGTH - Integer.BYTES;
  private static final int TABLES_HEADER_LENGTH = 8;
  private static final int SEGMENT_LENGTH = 24;
  private static final int LIVE_LENGTH = 16;

  /** The header's own checksum, which goes into all others: no part of another file passes for one of this. */
  int salt() {
    return header().getInt(CRC_AT);
  }

  private ByteBuffer header() {
    ByteBuffer header = buffer(HEADER_LENGTH);
    header.putLong(MAGIC).putShort(VERSION).putShort((short) 0).putInt(stripes).putLong(storeId).putLong(lastSequence).putLong(keys);
    header.putInt(blocks).putInt(segments.size()).putInt(live.size()).putLong(0);
    return header.putInt(checksum(header.slice(0, CRC_AT), 0)).flip();
  }

  private static ByteBuffer buffer(int length) {
    return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** The checksum of bytes and a salt. */
  static int checksum(ByteBuffer bytes, int salt) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    crc.update(buffer(Integer.BYTES).putInt(0, salt));
    return (int) crc.getValue();
  }

  /** The length of header and tables. */
  int headLength() {
    return HEADER_LENGTH + tablesLength(segments.size(), live.size());
  }

  private static int tablesLength(int segments, int live) {
    return Math.toIntExact(TABLES_HEADER_LENGTH + (long) segments * SEGMENT_LENGTH + (long) live * LIVE_LENGTH);
  }

  /** Encodes header and tables. */
  byte[] encodeHead() {
    ByteBuffer head = buffer(headLength()).put(header());
    ByteBuffer tables = head.slice().order(ByteOrder.LITTLE_ENDIAN);
    tables.putLong(0);
    for (SealedSegment segment : segments) {
      tables.putInt(segment.id).putInt((int) segment.dataEnd).putInt(segment.footerChecksum).putInt(0).putLong(segment.deletionBytes);
    }
    for (Live one : live) {
      tables.putInt(one.segment).putInt(one.keyspace).putLong(one.bytes);
    }
    tables.putInt(0, checksum(tables.slice(Integer.BYTES, tables.capacity() - Integer.BYTES), salt()));
    return head.array();
  }

  /**
   * Decodes header and tables.
   *
   * @param file the whole file
   * @throws IOException if they are not as they were written, or another version's
   */
  static DirectoryImage decode(ByteBuffer file) throws IOException {
    check(file.capacity() >= HEADER_LENGTH, "it is cut off");
    ByteBuffer header = file.slice(0, HEADER_LENGTH).order(ByteOrder.LITTLE_ENDIAN);
    check(header.getLong(0) == MAGIC, "it does not begin as such a file does");
    check(header.getInt(CRC_AT) == checksum(header.slice(0, CRC_AT), 0), "its header is damaged");
    check(header.getInt(VERSION_AT) == VERSION && header.getLong(RESERVED_AT) == 0, "another version of bitkv wrote it");
    header.position(STRIPES_AT);
    int stripes = header.getInt();
    long storeId = header.getLong();
    long lastSequence = header.getLong();
    long keys = header.getLong();
    int blocks = header.getInt();
    int segmentCount = header.getInt();
    int liveCount = header.getInt();
    check(segmentCount >= 0 && liveCount >= 0 && blocks >= 0, "its header is impossible");
    long most = (file.capacity() - HEADER_LENGTH - TABLES_HEADER_LENGTH) / LIVE_LENGTH;
    check(segmentCount <= most && liveCount <= most, "it is cut off");
    int length = tablesLength(segmentCount, liveCount);
    check(file.capacity() - HEADER_LENGTH >= length, "it is cut off");
    ByteBuffer tables = file.slice(HEADER_LENGTH, length).order(ByteOrder.LITTLE_ENDIAN);
    int expected = checksum(tables.slice(Integer.BYTES, length - Integer.BYTES), header.getInt(CRC_AT));
    check(tables.getInt(0) == expected, "its tables are damaged");
    tables.position(TABLES_HEADER_LENGTH);
    List<SealedSegment> segments = segments(tables, segmentCount);
    return new DirectoryImage(storeId, lastSequence, stripes, blocks, keys, segments, live(tables, liveCount));
  }

  private static List<SealedSegment> segments(ByteBuffer tables, int count) {
    List<SealedSegment> segments = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int id = tables.getInt();
      long dataEnd = Integer.toUnsignedLong(tables.getInt());
      int checksum = tables.getInt();
      tables.getInt();
      segments.add(new SealedSegment(id, dataEnd, checksum, tables.getLong()));
    }
    return segments;
  }

  private static List<Live> live(ByteBuffer tables, int count) {
    List<Live> live = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      live.add(new Live(tables.getInt(), tables.getInt(), tables.getLong()));
    }
    return live;
  }

  /** Refuses a file that is not as it should be. */
  static void check(boolean isRight, String fault) throws IOException {
    if (!isRight) {
      throw new IOException(fault);
    }
  }
}
