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
 * entry is valid only at its own place. That the data goes in by its own checksum lets a writer hash it before it knows
 * the place, and a merge move it without hashing it anew.
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
  private static final int RESERVED = BATCH_CONTINUES << 1;

  /** The most bytes that a header takes: checksum, tag, and seven numbers each at its longest. */
  public static final int MAX_HEADER_LENGTH = FIELDS_AT
      + Varint.size(Integer.MAX_VALUE)
      + Varint.size(MAX_KEY_LENGTH)
      + Varint.size(MAX_VALUE_LENGTH)
      + Varint.size(Long.MAX_VALUE)
      + Varint.MAX_LENGTH
      + Varint.MAX_LENGTH
      + Varint.size(SegmentHeader.MAX_DATA_END);

  static final int SALT_LENGTH = Integer.BYTES + Long.BYTES + Integer.BYTES + Integer.BYTES;

  private final SegmentHeader segment;
  private final int segmentId;
  private final long storeId;
  private final long baseSequence;
  private final long baseTime;

  /**
   * Makes the codec of a segment.
   *
   * @param segment the segment's header, whose ids and bases go into every entry
   */
  public EntryCodec(SegmentHeader segment) {
    this.segment = segment;
    segmentId = segment.segmentId();
    storeId = segment.storeId();
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
   * Encodes the header of an entry; key and value are to follow it in the segment. The same header can be encoded again,
   * for another place.
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
    byte[] scratch = header.scratch;
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
    place(header, offset, next);
    LittleEndian.putInt(scratch, CRC_AT, header.saltedChecksum());
    System.arraycopy(scratch, 0, target, at, next);
    return next;
  }

  private void check(EntryHeader header, long offset) {
    if (!header.dataKnown) {
      throw new IllegalStateException("key and value have not been hashed or verified");
    }
    if (header.sequence < Math.max(1, baseSequence)) {
      throw new IllegalArgumentException("sequence " + header.sequence + " is below the segment's base " + baseSequence);
    }
    if (header.expiry < 0 || header.expiry > 0 && header.kind != EntryKind.PUT) {
      throw new IllegalArgumentException("expiry " + header.expiry + " is not possible for a " + header.kind);
    }
    if (offset < SegmentHeader.LENGTH
        || offset > SegmentHeader.MAX_DATA_END - maxLength(header.keyLength, header.valueLength)) {
      throw new IllegalArgumentException("offset " + offset + " is outside the segment for this entry");
    }
    if (header.watermark < EntryHeader.NO_WATERMARK || header.watermark > offset) {
      throw new IllegalArgumentException("watermark " + header.watermark + " is outside the segment before " + offset);
    }
  }

  /** Settles where an entry lies, and writes the salt behind its header but for the data's checksum. */
  private void place(EntryHeader header, long offset, int headerLength) {
    header.offset = offset;
    header.headerLength = headerLength;
    int at = headerLength + Integer.BYTES;
    LittleEndian.putLong(header.scratch, at, storeId);
    LittleEndian.putInt(header.scratch, at + Long.BYTES, segmentId);
    LittleEndian.putInt(header.scratch, at + Long.BYTES + Integer.BYTES, (int) offset);
  }

  /**
   * Parses the header of an entry whose place has been set by {@link EntryHeader#at}. It does not check the checksum:
   * {@link EntryHeader#verify} does, once key and value are at hand. Bytes at or behind the data end that was set are not
   * looked at, and nothing is allocated, whatever lengths the bytes declare.
   *
   * @param header where the fields go
   * @param window the bytes of the segment from the entry's offset on
   * @param from the index of the entry's first byte
   * @param to the index behind the last byte of the window; {@link #MAX_HEADER_LENGTH} bytes from the first, or all that
   *     the segment has, are enough
   * @return what was found
   */
  public EntryHeader.Status parse(EntryHeader header, byte[] window, int from, int to) {
    int there = (int) Math.min(Math.min(to - from, MAX_HEADER_LENGTH), header.end - header.offset);
    header.dataKnown = false;
    header.missing = 0;
    header.fault = null;
    if (there < FIELDS_AT) {
      return torn(header, FIELDS_AT - Math.max(0, there));
    }
    System.arraycopy(window, from, header.scratch, 0, there);
    int tag = header.scratch[TAG_AT];
    header.kind = EntryKind.ofLowBits(tag);
    if (header.kind == null) {
      return corrupt(header, (tag & EntryKind.MASK) == SegmentFooter.TAG ? Fault.FOOTER : Fault.KIND);
    }
    if ((tag & RESERVED) != 0) {
      return corrupt(header, Fault.FLAGS);
    }
    header.batchContinues = (tag & BATCH_CONTINUES) != 0;
    header.reader.begin(header.scratch, FIELDS_AT, there);
    parseLengths(header, tag);
    parseTimes(header, tag);
    return conclude(header);
  }

  private static void parseLengths(EntryHeader header, int tag) {
    VarintReader in = header.reader;
    header.keyspace = 0;
    if ((tag & HAS_KEYSPACE) != 0) {
      header.keyspace = (int) in.next(Integer.MAX_VALUE, Fault.KEYSPACE);
      in.require(header.keyspace != 0, Fault.KEYSPACE);
    }
    header.keyLength = 0;
    if (header.kind != EntryKind.DROP_KEYSPACE) {
      header.keyLength = (int) in.next(MAX_KEY_LENGTH, Fault.KEY_LENGTH);
    }
    header.valueLength = 0;
    if (header.kind == EntryKind.PUT) {
      header.valueLength = (int) in.next(MAX_VALUE_LENGTH, Fault.VALUE_LENGTH);
    }
  }

  private void parseTimes(EntryHeader header, int tag) {
    VarintReader in = header.reader;
    header.sequence = baseSequence + in.next(Long.MAX_VALUE - baseSequence, Fault.SEQUENCE);
    in.require(header.sequence > 0, Fault.SEQUENCE);
    header.timestamp = baseTime + Varint.unzigzag(in.next());
    header.expiry = EntryHeader.NO_EXPIRY;
    if ((tag & HAS_EXPIRY) != 0) {
      header.expiry = header.timestamp + Varint.unzigzag(in.next());
      in.require(header.expiry > 0 && header.kind == EntryKind.PUT, Fault.EXPIRY);
    }
    header.watermark = EntryHeader.NO_WATERMARK;
    if ((tag & HAS_WATERMARK) != 0) {
      header.watermark = header.offset - in.next(header.offset, Fault.WATERMARK);
      in.require(header.watermark > EntryHeader.NO_WATERMARK, Fault.WATERMARK);
    }
  }

  private EntryHeader.Status conclude(EntryHeader header) {
    if (header.reader.torn()) {
      return torn(header, 1);
    }
    if (header.reader.fault() != null) {
      return corrupt(header, header.reader.fault());
    }
    place(header, header.offset, header.reader.at());
    long missing = header.offset + header.length() - header.end;
    return missing > 0 ? torn(header, missing) : EntryHeader.Status.WHOLE;
  }

  private static EntryHeader.Status torn(EntryHeader header, long missing) {
    header.missing = missing;
    return EntryHeader.Status.TORN;
  }

  private static EntryHeader.Status corrupt(EntryHeader header, Fault fault) {
    header.fault = fault;
    return EntryHeader.Status.CORRUPT;
  }

  /**
   * Decodes a whole entry and verifies it: the convenient way, for scanning and inspecting.
   *
   * @param offset where in the segment the entry begins
   * @param bytes the bytes of the segment from there on
   * @param from the index of the entry's first byte
   * @param to the index behind the last byte of the segment that can belong to an entry
   * @return the entry with its key and value copied, or what is wrong
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
