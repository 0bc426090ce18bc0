package io.bitkv.codec.entry;

import java.util.zip.CRC32C;

/**
 * The fields of one entry, all but the bytes of its key and value: what {@link EntryCodec} writes from and parses
 * into. Reusable, so that neither a put nor a get makes an object. For one thread at a time.
 *
 * <p><b>To write</b>, describe the entry and hash its data, which needs no lock; then settle its place and encode:
 *
 * <pre>{@code
 * header.begin(EntryKind.PUT, keyspace).key(key, 0, key.length).value(value, 0, value.length);
 * header.timestamp(now).expiry(EntryHeader.NO_EXPIRY);
 * // under the lock of the log:
 * int length = codec.encode(header.sequence(next).watermark(durable), offset, staging, at);
 * }</pre>
 *
 * <p><b>To read</b>, say where the entry lies, parse, then verify key and value wherever they have been copied to:
 *
 * <pre>{@code
 * Status status = codec.parse(header.at(offset, dataEnd), window, 0, windowLength);
 * boolean sound = status == Status.WHOLE && header.verify(window, header.headerLength());
 * }</pre>
 *
 * <p><b>To move</b> an entry to another segment, verify it, set what changes and encode it there: the checksum of
 * its data is carried over, never taken anew, so data that is damaged in memory on the way is detected later.
 */
public final class EntryHeader extends EntryFields {
  /** The expiry of an entry that never expires. */
  public static final long NO_EXPIRY = 0;

  /** The watermark of an entry that claims nothing: only the segment's header is known to be durable. */
  public static final long NO_WATERMARK = SegmentHeader.LENGTH;

  /** What parsing found. */
  public enum Status {
    /** The header is sound as far as it can be without its checksum, and the segment is long enough for the entry. */
    WHOLE,
    /** The segment ends before the entry does, see {@link EntryHeader#missing}. */
    TORN,
    /** No entry begins here, see {@link EntryHeader#fault}. */
    CORRUPT
  }

  private static final int UNKNOWN = -1;

  final EntryScratch scratch = new EntryScratch();
  final VarintReader reader = new VarintReader();
  private final CRC32C dataCrc = new CRC32C();

  long end;
  boolean dataKnown;
  private int dataChecksum;

  /** Makes an empty header, to be filled by {@link #begin} or by parsing. */
  public EntryHeader() {}

  /**
   * Starts to describe an entry to be written, and sets every other field to its default.
   *
   * @param newKind what the entry does
   * @param newKeyspace the number of its keyspace, 0 or more
   * @return this
   */
  public EntryHeader begin(EntryKind newKind, int newKeyspace) {
    kind = newKind;
    keyspace = newKeyspace;
    keyLength = newKind == EntryKind.DROP_KEYSPACE ? 0 : UNKNOWN;
    valueLength = newKind == EntryKind.PUT ? UNKNOWN : 0;
    sequence = 0;
    timestamp = 0;
    expiry = NO_EXPIRY;
    watermark = NO_WATERMARK;
    batchContinues = false;
    dataCrc.reset();
    dataChecksum = 0;
    dataKnown = newKind == EntryKind.DROP_KEYSPACE;
    return this;
  }

  /**
   * Sets the length of the key and hashes it. To be called once, before {@link #value}; not for a dropped keyspace.
   *
   * @param bytes the array that holds the key
   * @param from the index of its first byte
   * @param length how many bytes it has, 0 to {@link EntryCodec#MAX_KEY_LENGTH}
   * @return this
   * @throws IllegalArgumentException if the key is too long
   * @throws IllegalStateException if this entry has no key, or has it already
   */
  public EntryHeader key(byte[] bytes, int from, int length) {
    if (keyLength != UNKNOWN) {
      throw new IllegalStateException("this entry has no key, or has it already: " + kind);
    }
    EntryCodec.checkLength("key", length, EntryCodec.MAX_KEY_LENGTH);
    keyLength = length;
    dataCrc.update(bytes, from, length);
    dataChecksum = (int) dataCrc.getValue();
    dataKnown = valueLength != UNKNOWN;
    return this;
  }

  /**
   * Sets the length of the value and hashes it. To be called once, after {@link #key}; only for a put.
   *
   * @param bytes the array that holds the value
   * @param from the index of its first byte
   * @param length how many bytes it has, 0 to {@link EntryCodec#MAX_VALUE_LENGTH}
   * @return this
   * @throws IllegalArgumentException if the value is too long
   * @throws IllegalStateException if this entry has no value, has it already, or has no key yet
   */
  public EntryHeader value(byte[] bytes, int from, int length) {
    if (valueLength != UNKNOWN || keyLength == UNKNOWN) {
      throw new IllegalStateException("this entry has no value, has it already, or has no key yet: " + kind);
    }
    EntryCodec.checkLength("value", length, EntryCodec.MAX_VALUE_LENGTH);
    valueLength = length;
    dataCrc.update(bytes, from, length);
    dataChecksum = (int) dataCrc.getValue();
    dataKnown = true;
    return this;
  }

  /**
   * Sets the sequence number.
   *
   * @param value 1 or more, and not below the base of the segment
   * @return this
   */
  public EntryHeader sequence(long value) {
    sequence = value;
    return this;
  }

  /**
   * Sets the time of writing.
   *
   * @param millis milliseconds since 1970-01-01T00:00Z, any number
   * @return this
   */
  public EntryHeader timestamp(long millis) {
    timestamp = millis;
    return this;
  }

  /**
   * Sets the time from which on the entry counts as absent. Only a put can have one.
   *
   * @param millis milliseconds since 1970-01-01T00:00Z, above 0, or {@link #NO_EXPIRY}
   * @return this
   */
  public EntryHeader expiry(long millis) {
    expiry = millis;
    return this;
  }

  /**
   * Sets how far the segment was known to be durable when the entry was written.
   *
   * @param durable the offset behind the last durable byte, from {@link #NO_WATERMARK} to the entry's own offset
   * @return this
   */
  public EntryHeader watermark(long durable) {
    watermark = durable;
    return this;
  }

  /**
   * Says whether the next entry belongs to the same batch.
   *
   * @param more true for every entry of a batch but the last
   * @return this
   */
  public EntryHeader batchContinues(boolean more) {
    batchContinues = more;
    return this;
  }

  /**
   * Says where the entry lies that will be parsed.
   *
   * @param entryOffset its offset in the segment file, {@link SegmentHeader#LENGTH} or more
   * @param dataEnd the offset behind the last byte of the segment that can belong to an entry
   * @return this
   * @throws IllegalArgumentException if the offsets are out of range
   */
  public EntryHeader at(long entryOffset, long dataEnd) {
    if (entryOffset < SegmentHeader.LENGTH || dataEnd < entryOffset || dataEnd > SegmentHeader.MAX_DATA_END) {
      throw new IllegalArgumentException("no entry can lie from offset " + entryOffset + " to " + dataEnd);
    }
    offset = entryOffset;
    end = dataEnd;
    return this;
  }

  /**
   * Checks key and value, one right behind the other, against the checksum of the header that was parsed.
   *
   * @param bytes the array that holds both
   * @param keyFrom the index of the key's first byte
   * @return whether all bytes of the entry are as written, and where they were written
   */
  public boolean verify(byte[] bytes, int keyFrom) {
    dataCrc.reset();
    dataCrc.update(bytes, keyFrom, keyLength + valueLength);
    return verify((int) dataCrc.getValue());
  }

  /**
   * Checks key and value, in two arrays or apart from each other, against the checksum of the header that was parsed.
   *
   * @param key the array that holds the key
   * @param keyFrom the index of the key's first byte
   * @param value the array that holds the value
   * @param valueFrom the index of the value's first byte
   * @return whether all bytes of the entry are as written, and where they were written
   */
  public boolean verify(byte[] key, int keyFrom, byte[] value, int valueFrom) {
    dataCrc.reset();
    dataCrc.update(key, keyFrom, keyLength);
    dataCrc.update(value, valueFrom, valueLength);
    return verify((int) dataCrc.getValue());
  }

  /**
   * Checks the CRC32C of key and value, taken elsewhere, against the checksum of the header that was parsed.
   *
   * @param checksum the CRC32C of the key's bytes followed by the value's
   * @return whether all bytes of the entry are as written, and where they were written
   */
  public boolean verify(int checksum) {
    dataChecksum = checksum;
    dataKnown = LittleEndian.getInt(scratch.bytes, EntryCodec.CRC_AT) == checksum();
    return dataKnown;
  }

  /** Settles where the entry lies. */
  void place(SegmentHeader segment, long entryOffset, int lengthOfHeader) {
    offset = entryOffset;
    headerLength = lengthOfHeader;
    scratch.salt(segment, entryOffset, lengthOfHeader);
  }

  /** Takes the checksum of the header, which is placed and whose data has been hashed. */
  int checksum() {
    return scratch.checksum(headerLength, dataChecksum);
  }
}
