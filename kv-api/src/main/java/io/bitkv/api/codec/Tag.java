package io.bitkv.api.codec;

/** The tags of structured values, and the format's bounds; the package's description specifies them. */
final class Tag {

  static final byte NULL = 0;
  static final byte FALSE = 1;
  static final byte TRUE = 2;
  static final byte INTEGER = 3;
  static final byte FLOAT = 4;
  static final byte DOUBLE = 5;
  static final byte TEXT = 6;
  static final byte BYTES = 7;
  static final byte UUID = 8;
  static final byte INSTANT = 9;
  static final byte LIST = 10;
  static final byte MAP = 11;
  static final byte RECORD = 12;

  /** How deep structures may nest: enough for data, too little for a stack overflow. */
  static final int MAX_DEPTH = 250;

  /** The longest variable-length number: 64 bits, 7 a byte. */
  static final int MAX_VARINT_BYTES = 10;

  /** The largest array every Java virtual machine can allocate. */
  static final int MAX_ENCODED_BYTES = Integer.MAX_VALUE - 8;

  private static final String[] NAMES = {
    "null", "a boolean", "a boolean", "an integer", "a float", "a double", "text", "bytes", "a UUID", "an instant", "a list", "a map", "a record"
  };

  private Tag() {}

  /** Names a tag for messages. */
  static String name(byte tag) {
    return tag >= 0 && tag < NAMES.length ? NAMES[tag] : "the unknown tag " + tag;
  }
}
