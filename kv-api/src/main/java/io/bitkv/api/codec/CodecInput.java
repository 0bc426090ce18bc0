package io.bitkv.api.codec;

import java.util.Arrays;

/** A position in an array of bytes that formats read from. It trusts no length: everything is checked against what is really there. */
final class CodecInput {

  private final byte[] bytes;
  private int position;
  private int depth;

  CodecInput(byte[] bytes) {
    this.bytes = bytes;
  }

  void enter() {
    if (++depth > Tag.MAX_DEPTH) {
      throw new CodecException("the bytes nest more than " + Tag.MAX_DEPTH + " levels deep");
    }
  }

  void leave() {
    depth--;
  }

  /** The tag of the next value, which stays unread. */
  byte peekTag() {
    require(1);
    return bytes[position];
  }

  byte tag() {
    require(1);
    return bytes[position++];
  }

  /** Reads a tag that can be no other. */
  void expect(byte tag) {
    byte found = tag();
    if (found != tag) {
      throw mismatch(Tag.name(tag), found);
    }
  }

  static CodecException mismatch(String expected, byte found) {
    return new CodecException("expected " + expected + ", found " + Tag.name(found));
  }

  int fixed32() {
    require(Integer.BYTES);
    int value = BigEndian.getInt(bytes, position);
    position += Integer.BYTES;
    return value;
  }

  long fixed64() {
    require(Long.BYTES);
    long value = BigEndian.getLong(bytes, position);
    position += Long.BYTES;
    return value;
  }

  long varint() {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      byte next = tag();
      value |= (next & 0x7FL) << shift;
      if (next >= 0) {
        if (shift == 63 && next > 1) {
          break;
        }
        return value;
      }
    }
    throw new CodecException("a number has more than 64 bits");
  }

  long zigzag() {
    long value = varint();
    return (value >>> 1) ^ -(value & 1);
  }

  /** Reads a count or a length of things that take at least one byte each. */
  int count() {
    long count = varint();
    if (count < 0 || count > bytes.length - position) {
      throw new CodecException("a length of " + Long.toUnsignedString(count) + " goes beyond the end of the bytes");
    }
    return (int) count;
  }

  byte[] sized() {
    return raw(count());
  }

  byte[] raw(int length) {
    require(length);
    position += length;
    return Arrays.copyOfRange(bytes, position - length, position);
  }

  /** Everything that is left. */
  byte[] rest() {
    return raw(bytes.length - position);
  }

  String text() {
    int length = count();
    position += length;
    return Utf8.decode(bytes, position - length, length);
  }

  /** Whether the next length and bytes are exactly these; they are read if so. */
  boolean skipIfSized(byte[] expected) {
    int start = position;
    int length = count();
    if (length == expected.length && Arrays.equals(bytes, position, position + length, expected, 0, length)) {
      position += length;
      return true;
    }
    position = start;
    return false;
  }

  /** Reads what {@link CodecOutput#terminated} wrote. */
  byte[] terminated() {
    byte[] value = new byte[bytes.length - position];
    int length = 0;
    while (true) {
      byte next = tag();
      if (next == 0) {
        byte escape = tag();
        if (escape == 1) {
          return Arrays.copyOf(value, length);
        }
        if (escape != (byte) 0xFF) {
          throw new CodecException("a zero byte is followed by " + (escape & 0xFF) + ", which is neither an escape nor an end");
        }
      }
      value[length++] = next;
    }
  }

  void skip(int length) {
    require(length);
    position += length;
  }

  /** Checks that everything was read. */
  void end() {
    if (position < bytes.length) {
      throw new CodecException(bytes.length - position + " bytes follow the value's end");
    }
  }

  private void require(int length) {
    if (length > bytes.length - position) {
      throw new CodecException("the bytes end in the middle of a value: " + length + " more expected at offset " + position);
    }
  }
}
