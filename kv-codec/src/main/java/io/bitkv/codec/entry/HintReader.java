package io.bitkv.codec.entry;

import java.util.Arrays;

/**
 * Decodes a hint file, part by part: its header, blocks, and trailer. The caller does the reading and hands in a window
 * of the file that begins with the next part; {@link #length} tells how far to move on. A block is checked wholly before
 * any of its hints can be seen, but the file as a whole is sound only once {@link Status#END} has been reached.
 *
 * <pre>{@code
 * HintReader hints = new HintReader(footer);
 * while (true) {
 *   switch (hints.next(window, from, to)) {
 *     case HEADER -> {}
 *     case BLOCK -> { for (int i = 0; i < hints.count(); i++) use(hints.hash(i), hints.offset(i), ...); }
 *     case END -> { return; }
 *     case TORN -> more bytes are needed, hints.missing() at least; if there are none, the file is cut off
 *     case CORRUPT -> ignore the file, because of hints.fault()
 *   }
 *   from += hints.length();
 * }
 * }</pre>
 *
 * <p>For one thread.
 */
public final class HintReader {
  /** A window of so many bytes, 38 KiB, holds any part of a hint file whole. */
  public static final int MAX_PART_LENGTH = HintFormat.MAX_BLOCK_LENGTH;

  /** What the next part of the file is. */
  public enum Status {
    /** The header; it belongs to the segment. */
    HEADER,
    /** A block; its hints can be read until the next call. */
    BLOCK,
    /** The trailer: the file is whole and sound. */
    END,
    /** The window ends before the part does, see {@link HintReader#missing}. */
    TORN,
    /** The file is damaged or belongs to another segment, see {@link HintReader#fault}. */
    CORRUPT
  }

  private static final int TAG_MASK = (1 << HintFormat.LENGTH_SHIFT) - 1;
  private static final long MAX_FIRST = HintFormat.maxEntryLength() << HintFormat.LENGTH_SHIFT | TAG_MASK;

  private final SegmentFooter footer;
  private final VarintReader reader = new VarintReader();
  private final byte[] tags = new byte[HintFormat.BLOCK_HINTS];
  private final int[] keyspaces = new int[HintFormat.BLOCK_HINTS];
  private final int[] lengths = new int[HintFormat.BLOCK_HINTS];
  private final long[] hashes = new long[HintFormat.BLOCK_HINTS];
  private final long[] offsets = new long[HintFormat.BLOCK_HINTS];
  private final long[] sequences = new long[HintFormat.BLOCK_HINTS];
  private boolean begun;
  private int count;
  private int length;
  private int missing;
  private Fault fault;
  private int previousChecksum;
  private long previousEnd = SegmentHeader.LENGTH;
  private long total;
  private long blocks;

  /**
   * Makes the reader for the hint file of a segment.
   *
   * @param footer the footer of the segment, as it was found there
   */
  public HintReader(SegmentFooter footer) {
    this.footer = footer;
  }

  /**
   * Decodes the next part.
   *
   * @param bytes the window, which begins with that part
   * @param from the index of the part's first byte
   * @param to the index behind the last byte of the window
   * @return what the part is
   */
  public Status next(byte[] bytes, int from, int to) {
    count = 0;
    length = 0;
    int there = to - from;
    if (!begun) {
      return there < HintFormat.HEADER_LENGTH ? torn(HintFormat.HEADER_LENGTH - there) : header(bytes, from);
    }
    if (there < HintFormat.TRAILER_LENGTH) {
      return torn(HintFormat.TRAILER_LENGTH - there);
    }
    return switch (bytes[from + HintFormat.TAG_AT]) {
      case HintFormat.BLOCK_TAG -> block(bytes, from, there);
      case HintFormat.TRAILER_TAG -> trailer(bytes, from, there);
      default -> corrupt(Fault.KIND);
    };
  }

  private Status header(byte[] bytes, int from) {
    if (LittleEndian.getLong(bytes, from + HintFormat.MAGIC_AT) != HintFormat.MAGIC) {
      return corrupt(Fault.MAGIC);
    }
    previousChecksum = LittleEndian.getInt(bytes, from + HintFormat.HEADER_CRC_AT);
    if (previousChecksum != HintFormat.headerChecksum(bytes, from)) {
      return corrupt(Fault.CHECKSUM);
    }
    if (LittleEndian.getUnsignedShort(bytes, from + HintFormat.VERSION_AT) != SegmentHeader.FORMAT_VERSION) {
      return corrupt(Fault.VERSION);
    }
    byte[] expected = new byte[HintFormat.HEADER_LENGTH];
    HintFormat.putHeader(expected, footer);
    if (!Arrays.equals(expected, 0, expected.length, bytes, from, from + expected.length)) {
      return corrupt(Fault.FOREIGN);
    }
    begun = true;
    length = HintFormat.HEADER_LENGTH;
    return Status.HEADER;
  }

  private Status block(byte[] bytes, int from, int there) {
    if (there < HintFormat.HINTS_AT) {
      return torn(HintFormat.HINTS_AT - there);
    }
    int hints = LittleEndian.getUnsignedShort(bytes, from + HintFormat.BLOCK_COUNT_AT);
    long hintBytes = LittleEndian.getUnsignedInt(bytes, from + HintFormat.BLOCK_BYTES_AT);
    if (hints == 0 || hints > HintFormat.BLOCK_HINTS || hintBytes > (long) hints * HintFormat.MAX_HINT_LENGTH) {
      return corrupt(Fault.LENGTH);
    }
    int whole = HintFormat.HINTS_AT + (int) hintBytes;
    if (there < whole) {
      return torn(whole - there);
    }
    if (!isNextInChain(bytes, from, whole)) {
      return corrupt(Fault.CHECKSUM);
    }
    if (bytes[from + HintFormat.BLOCK_RESERVED_AT] != 0) {
      return corrupt(Fault.FLAGS);
    }
    Fault found = readHints(bytes, from, hints, whole);
    if (found != null) {
      return corrupt(found);
    }
    blocks++;
    total += hints;
    count = hints;
    length = whole;
    return Status.BLOCK;
  }

  private Fault readHints(byte[] bytes, int from, int hints, int whole) {
    long offset = LittleEndian.getUnsignedInt(bytes, from + HintFormat.FIRST_OFFSET_AT);
    long sequence = LittleEndian.getLong(bytes, from + HintFormat.FIRST_SEQUENCE_AT) - 1;
    reader.begin(bytes, from + HintFormat.HINTS_AT, from + whole);
    reader.require(offset >= previousEnd, Fault.LENGTH);
    for (int i = 0; i < hints; i++) {
      long first = reader.next(MAX_FIRST, Fault.LENGTH);
      hashes[i] = reader.nextLong();
      sequence += Varint.unzigzag(reader.next()) + 1;
      if ((first & HintFormat.GAP) != 0) {
        offset += reader.next(footer.dataEnd(), Fault.LENGTH);
      }
      keyspaces[i] = 0;
      if ((first & HintFormat.HAS_KEYSPACE) != 0) {
        keyspaces[i] = (int) reader.next(Integer.MAX_VALUE, Fault.KEYSPACE);
      }
      tags[i] = (byte) (first & TAG_MASK);
      lengths[i] = (int) (first >>> HintFormat.LENGTH_SHIFT);
      offsets[i] = offset;
      sequences[i] = sequence;
      offset += lengths[i];
      reader.require((first & HintFormat.KIND_MASK) != 0, Fault.KIND);
      reader.require(offset <= footer.dataEnd(), Fault.LENGTH);
    }
    previousEnd = offset;
    return reader.torn() || reader.fault() == null && reader.at() != from + whole ? Fault.LENGTH : reader.fault();
  }

  private Status trailer(byte[] bytes, int from, int there) {
    if (!isNextInChain(bytes, from, HintFormat.TRAILER_LENGTH)) {
      return corrupt(Fault.CHECKSUM);
    }
    if (LittleEndian.getUnsignedInt(bytes, from + HintFormat.TOTAL_AT) != total
        || LittleEndian.getUnsignedInt(bytes, from + HintFormat.BLOCKS_AT) != blocks) {
      return corrupt(Fault.LENGTH);
    }
    if (there > HintFormat.TRAILER_LENGTH) {
      return corrupt(Fault.TRAILING);
    }
    length = HintFormat.TRAILER_LENGTH;
    return Status.END;
  }

  private boolean isNextInChain(byte[] bytes, int from, int partLength) {
    int expected = HintFormat.chainedChecksum(previousChecksum, bytes, from, partLength);
    previousChecksum = LittleEndian.getInt(bytes, from + HintFormat.CRC_AT);
    return previousChecksum == expected;
  }

  private Status torn(int bytesMissing) {
    missing = bytesMissing;
    return Status.TORN;
  }

  private Status corrupt(Fault found) {
    fault = found;
    return Status.CORRUPT;
  }

  /**
   * Tells the length of the part that was decoded.
   *
   * @return how many bytes to move on
   */
  public int length() {
    return length;
  }

  /**
   * Tells how many more bytes the window needs, at least, after {@link Status#TORN}.
   *
   * @return 1 or more; never so many that the window would be longer than {@link #MAX_PART_LENGTH}
   */
  public int missing() {
    return missing;
  }

  /**
   * Tells what is wrong, after {@link Status#CORRUPT}.
   *
   * @return the first fault that was found
   */
  public Fault fault() {
    return fault;
  }

  /**
   * Tells how many hints the block has.
   *
   * @return 1 or more after {@link Status#BLOCK}, else 0
   */
  public int count() {
    return count;
  }

  /**
   * Tells a hint's hash.
   *
   * @param index which hint of the block, 0 to {@link #count} - 1
   * @return the {@link KeyHash} of the key
   */
  public long hash(int index) {
    return hashes[index];
  }

  /**
   * Tells where a hint's entry begins.
   *
   * @param index which hint of the block, 0 to {@link #count} - 1
   * @return the offset in the segment
   */
  public long offset(int index) {
    return offsets[index];
  }

  /**
   * Tells the sequence number of a hint's entry.
   *
   * @param index which hint of the block, 0 to {@link #count} - 1
   * @return the sequence number
   */
  public long sequence(int index) {
    return sequences[index];
  }

  /**
   * Tells what a hint's entry does.
   *
   * @param index which hint of the block, 0 to {@link #count} - 1
   * @return its kind
   */
  public EntryKind kind(int index) {
    return EntryKind.ofLowBits(tags[index] & HintFormat.KIND_MASK);
  }

  /**
   * Collects everything about a hint.
   *
   * @param index which hint of the block, 0 to {@link #count} - 1
   * @return the hint
   */
  public HintEntry entry(int index) {
    boolean expires = (tags[index] & HintFormat.EXPIRES) != 0;
    return new HintEntry(
        kind(index), keyspaces[index], hashes[index], sequences[index], expires, offsets[index], lengths[index]);
  }
}
