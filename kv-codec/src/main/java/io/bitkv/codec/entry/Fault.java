package io.bitkv.codec.entry;

/** Why bytes are not what they should be. Its {@link #toString} is a phrase for messages to people. */
public enum Fault {
  /** The magic bytes at the beginning are those of something else. */
  MAGIC("the magic bytes are wrong: not a file of this format"),
  /** The checksum does not match the bytes, or they belong to another place. */
  CHECKSUM("the checksum does not match"),
  /** The format version is not known; the bytes are undamaged. */
  VERSION("the format version is not supported"),
  /** A flag or a reserved byte is set that this version does not know. */
  FLAGS("a flag is set that this version does not know"),
  /** The kind is not known, or the bytes are zeros. */
  KIND("no such kind"),
  /** A footer stands where an entry should: the segment is sealed and ends here. */
  FOOTER("a segment footer, not an entry"),
  /** A number is not in its shortest form, or has more than 64 bits. */
  NUMBER("a number is not in its shortest form"),
  /** The keyspace is out of range. */
  KEYSPACE("the keyspace is out of range"),
  /** The key's length is out of range. */
  KEY_LENGTH("the key's length is out of range"),
  /** The value's length is out of range. */
  VALUE_LENGTH("the value's length is out of range"),
  /** The sequence number is out of range. */
  SEQUENCE("the sequence number is out of range"),
  /** The expiry is out of range. */
  EXPIRY("the expiry is out of range"),
  /** The durable watermark lies outside the segment's bytes before the entry. */
  WATERMARK("the durable watermark is out of range"),
  /** A length or a count is out of range, or contradicts another. */
  LENGTH("a length or a count is out of range"),
  /** The bytes are sound, but belong to another store, segment, or version of the segment. */
  FOREIGN("they belong to another store or segment"),
  /** There are bytes behind the end. */
  TRAILING("there are bytes behind the end");

  private final String phrase;

  Fault(String phrase) {
    this.phrase = phrase;
  }

  @Override
  public String toString() {
    return phrase;
  }
}
