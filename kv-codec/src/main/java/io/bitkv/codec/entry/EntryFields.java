package io.bitkv.codec.entry;

/** What an entry says of itself, and where it lies: the part of an {@link EntryHeader} that is read. */
abstract sealed class EntryFields permits EntryHeader {
  EntryKind kind;
  int keyspace;
  int keyLength;
  int valueLength;
  long sequence;
  long timestamp;
  long expiry;
  long watermark;
  boolean batchContinues;
  long offset;
  int headerLength;
  long missing;
  Fault fault;

  EntryFields() {}

  /** {@return what the entry does} */
  public EntryKind kind() {
    return kind;
  }

  /** {@return the number of its keyspace, 0 or more} */
  public int keyspace() {
    return keyspace;
  }

  /** {@return the length of its key in bytes, 0 to {@link EntryCodec#MAX_KEY_LENGTH}} */
  public int keyLength() {
    return keyLength;
  }

  /** {@return the length of its value in bytes, 0 to {@link EntryCodec#MAX_VALUE_LENGTH}; 0 for all but a put} */
  public int valueLength() {
    return valueLength;
  }

  /** {@return its sequence number, 1 or more: the higher one is the newer} */
  public long sequence() {
    return sequence;
  }

  /** {@return when it was written, in milliseconds since 1970-01-01T00:00Z; it decides nothing} */
  public long timestamp() {
    return timestamp;
  }

  /** {@return from when on it counts as absent, in the same unit, or {@link EntryHeader#NO_EXPIRY}} */
  public long expiry() {
    return expiry;
  }

  /**
   * {@return how far the segment was known to be durable when the entry was written, as an offset;
   * {@link EntryHeader#NO_WATERMARK} if nothing is claimed}
   */
  public long watermark() {
    return watermark;
  }

  /** {@return whether the next entry belongs to the same batch: true for every entry of a batch but the last} */
  public boolean batchContinues() {
    return batchContinues;
  }

  /** {@return the offset in the segment at which it begins, once it is placed, parsed or encoded} */
  public long offset() {
    return offset;
  }

  /** {@return the length of its header, which is where its key begins, once it is parsed or encoded} */
  public int headerLength() {
    return headerLength;
  }

  /** {@return the length of header, key and value in bytes, once it is parsed or encoded} */
  public int length() {
    return headerLength + keyLength + valueLength;
  }

  /** {@return how many more bytes the segment needs at least, 1 or more, after {@link EntryHeader.Status#TORN}} */
  public long missing() {
    return missing;
  }

  /** {@return the first fault that was found, after {@link EntryHeader.Status#CORRUPT}} */
  public Fault fault() {
    return fault;
  }
}
