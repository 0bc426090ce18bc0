package io.bitkv.codec.entry;

/**
 * Writes and reads the entries of one segment. An entry in bytes, numbers little-endian, v = {@link Varint}:
 *
 * <pre>
 *  0  4  CRC32C of bytes 4 to the end of the header, and of the salt
 *  4  1  tag: bits 0-2 kind; bit 3 keyspace, bit 4 expiry, bit 5 watermark, bit 6 batch continues; bit 7 zero
 *  5  v  keyspace, 1 to 2^31 - 1          (bit 3; else it is 0)
 *     v  key length, 0 to 65,536          (put, tombstone)
 *     v  value length, 0 to 536,870,912   (put)
 *     v  sequence - base sequence
 *     v  zigzag(timestamp - base time)
 *     v  zigzag(expiry - timestamp)       (bit 4; only a put)
 *     v  entry offset - watermark         (bit 5; else the watermark is 64)
 *        key, value
 * </pre>
 *
 * <p>The salt is not stored: 4 bytes CRC32C of key and value, 8 store id, 4 segment id, 4 entry offset. Through it an
 * entry is valid only at its own place. That the data goes in by its own checksum lets a writer hash it before it
 * knows the place, and a merge move it without hashing it anew.
 *
 * <p>Immutable, safe for use by any thread; the {@link EntryHeader} handed in belongs to one thread.
 */
public final class EntryCodec {
  /** The longest key, in bytes: 64 KiB. */
  public static final int MAX_KEY_LENGTH = 1 << 16;

  /** The longest value, in bytes: 512 MiB. */
  public static final int MAX_VALUE_LENGTH = 1 << 29;

  static final int CRC_AT = 0;
  static final int TAG_AT = CRC_AT + Integer.BYTES;
  static final int FIELDS_AT = TAG_AT + Byte.BYTES;

  static final int HAS_KEYSPACE = 1 << EntryKind.BITS;
  static final int HAS_EXPIRY = HAS_KEYSPACE << 1;
  static final int HAS_WATERMARK = HAS_EXPIRY << 1;
  static final int BATCH_CONTINUES = HAS_WATERMARK << 1;
  static final int RESERVED = BATCH_CONTINUES << 1;

  /** The most bytes that a header takes: checksum, tag, and seven numbers each at its longest. */
  public static final int MAX_HEADER_LENGTH = FIELDS_AT
      + Varint.size(Integer.MAX_VALUE)
      + Varint.size(MAX_KEY_LENGTH)
      + Varint.size(MAX_VALUE_LENGTH)
      + Varint.size(Long.MAX_VALUE)
      + Varint.MAX_LENGTH
      + Varint.MAX_LENGTH
      + Varint.size(SegmentHeader.MAX_DATA_END);

  private final SegmentHeader segment;
  private final EntryParser parser;
  private final long baseSequence;
  private final long baseTime;

  /**
   * Makes the codec of a segment.
   *
   * @param segment the segment's header, whose ids and bases go into every entry
   */
  public EntryCodec(SegmentHeader segment) {
    this.segment = segment;
    parser = new EntryParser(segment);
    baseSequence = segment.baseSequence();
    baseTime = segment.baseTime();
  }

  /**
   * Tells which segment this is the codec of.
   *
   * @return the segment's header
   */
  public SegmentHeader segment() {
    return segment;
  }

  /**
   * Tells the most bytes that an entry can take, to decide whether it fits before its header is encoded.
   *
   * @param keyLength the length of its key
   * @param valueLength the length of its value
   * @return the sum of both and the longest header
   */
  public static long maxLength(int keyLength, int valueLength) {
    return (long) MAX_HEADER_LENGTH + keyLength + valueLength;
  }

  /**
   * Encodes the header of an entry; key and value are to follow it in the segment. The same header can be encoded
   * again, for another place.
   *
   * @param header the entry, described and hashed, or parsed and verified
   * @param offset where in the segment the entry begins
   * @param target where to write the header
   * @param at the index in the target of its first byte
   * @return the length of the header
   * @throws IllegalArgumentException if a field is out of range for its kind or for this segment
   * @throws IllegalStateException if the key or the value has not been hashed or verified
   * @throws IndexOutOfBoundsException if the target is too short
   */
  public int encode(EntryHeader header, long offset, byte[] target, int at) {
    check(header, offset);
    byte[] scratch = header.scratch.bytes;
    int tag = header.kind.code();
    int next = FIELDS_AT;
    if (header.keyspace != 0) {
      tag |= HAS_KEYSPACE;
      next = Varint.put(scratch, next, header.keyspace);
    }
    if (header.kind != EntryKind.DROP_KEYSPACE) {
      next = Varint.put(scratch, next, header.keyLength);
    }
    if (header.kind == EntryKind.PUT) {
      next = Varint.put(scratch, next, header.valueLength);
    }
    next = Varint.put(scratch, next, header.sequence - baseSequence);
    next = Varint.put(scratch, next, Varint.zigzag(header.timestamp - baseTime));
    if (header.expiry != EntryHeader.NO_EXPIRY) {
      tag |= HAS_EXPIRY;
      next = Varint.put(scratch, next, Varint.zigzag(header.expiry - header.timestamp));
    }
    if (header.watermark != EntryHeader.NO_WATERMARK) {
      tag |= HAS_WATERMARK;
      next = Varint.put(scratch, next, offset - header.watermark);
    }
    scratch[TAG_AT] = (byte) (header.batchContinues ? tag | BATCH_CONTINUES : tag);
    header.place(segment, offset, next);
    LittleEndian.putInt(scratch, CRC_AT, header.checksum());
    System.arraycopy(scratch, 0, target, at, next);
    return next;
  }

  private void check(EntryHeader header, long offset) {
    if (!header.dataKnown) {
      throw new IllegalStateException("key and value have not been hashed or verified");
    }
    if (header.keyspace < 0) {
      throw new IllegalArgumentException("keyspace " + header.keyspace + " must not be negative");
    }
    if (header.sequence < Math.max(1, baseSequence)) {
      throw new IllegalArgumentException(
          "sequence " + header.sequence + " is below 1 or the segment's base " + baseSequence);
    }
    if (header.expiry < 0 || header.expiry > 0 && header.kind != EntryKind.PUT) {
      throw new IllegalArgumentException("expiry " + header.expiry + " is not possible for a " + header.kind);
    }
    if (offset < SegmentHeader.LENGTH
        || offset > SegmentHeader.MAX_DATA_END - maxLength(header.keyLength, header.valueLength)) {
      throw new IllegalArgumentException("offset " + offset + " is outside the segment for this entry");
    }
    if (header.watermark < EntryHeader.NO_WATERMARK || header.watermark > offset) {
      throw new IllegalArgumentException(
          "watermark " + header.watermark + " is outside the segment before " + offset);
    }
  }

  static void checkLength(String what, int length, int max) {
    if (length > max) {
      throw new IllegalArgumentException(
          "the " + what + " has " + length + " bytes: at most " + max + " are allowed");
    }
  }

  /**
   * Parses the header of an entry whose place has been set by {@link EntryHeader#at}. It does not check the checksum:
   * {@link EntryHeader#verify} does, once key and value are at hand. Bytes at or behind the data end that was set
   * are not looked at, and nothing is allocated, whatever lengths the bytes declare.
   *
   * @param header where the fields go
   * @param window the bytes of the segment from the entry's offset on
   * @param from the index of the entry's first byte
   * @param to the index behind the last byte of the window; {@link #MAX_HEADER_LENGTH} bytes from the first, or
   *     all that the segment has, are enough
   * @return what was found
   */
  public EntryHeader.Status parse(EntryHeader header, byte[] window, int from, int to) {
    return parser.parse(header, window, from, to);
  }

  /**
   * Decodes a whole entry and verifies it: the convenient way, for scanning and inspecting.
   *
   * @param offset where in the segment the entry begins
   * @param bytes the bytes of the segment from there on
   * @param from the index of the entry's first byte
   * @param to the index behind the last byte of the segment that can belong to an entry
   * @return the entry with its key and value copied, or what is wrong
   * @throws IllegalArgumentException if no entry can begin at that offset
   */
  public Decoded<Entry> decode(long offset, byte[] bytes, int from, int to) {
    EntryHeader header = new EntryHeader().at(offset, Math.min(offset + to - from, SegmentHeader.MAX_DATA_END));
    return switch (parse(header, bytes, from, to)) {
      case TORN -> new Decoded.Torn<>(header.missing);
      case CORRUPT -> new Decoded.Corrupt<>(header.fault);
      case WHOLE -> header.verify(bytes, from + header.headerLength)
          ? new Decoded.Whole<>(Entry.of(header, bytes, from + header.headerLength))
          : new Decoded.Corrupt<>(Fault.CHECKSUM);
    };
  }
}
