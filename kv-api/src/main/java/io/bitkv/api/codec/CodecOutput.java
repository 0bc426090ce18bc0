package io.bitkv.api.codec;

import java.util.Arrays;

/** A growing array of bytes that formats write to, in the terms of the package's description. */
final class CodecOutput {

  private static final int FIRST_CAPACITY = 64;

  private byte[] bytes;
  private int length;
  private int depth;

  CodecOutput() {
    this(FIRST_CAPACITY);
  }

  CodecOutput(int capacity) {
    bytes = new byte[capacity];
  }

  /** Notes that a structure begins; refuses to nest without bound, as a value that contains itself would. */
  void enter() {
    if (++depth > Tag.MAX_DEPTH) {
      throw new CodecException("the value nests more than " + Tag.MAX_DEPTH + " levels deep");
    }
  }

  void leave() {
    depth--;
  }

  void tag(byte tag) {
    ensure(1);
    bytes[length++] = tag;
  }

  void fixed32(int value) {
    ensure(Integer.BYTES);
    BigEndian.putInt(bytes, length, value);
    length += Integer.BYTES;
  }

  void fixed64(long value) {
    ensure(Long.BYTES);
    BigEndian.putLong(bytes, length, value);
    length += Long.BYTES;
  }

  void varint(long value) {
    ensure(Tag.MAX_VARINT_BYTES);
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      bytes[length++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[length++] = (byte) rest;
  }

  void zigzag(long value) {
    varint((value << 1) ^ (value >> 63));
  }

  /** Writes a length and that many bytes. */
  void sized(byte[] value) {
    varint(value.length);
    raw(value);
  }

  void text(String value) {
    sized(Utf8.encode(value));
  }

  void raw(byte[] value) {
    ensure(value.length);
    System.arraycopy(value, 0, bytes, length, value.length);
    length += value.length;
  }

  /** Writes bytes so that their end is known and their order kept: 0 as {@code 00 FF}, the end as {@code 00 01}. */
  void terminated(byte[] value) {
    for (byte b : value) {
      ensure(2);
      bytes[length++] = b;
      if (b == 0) {
        bytes[length++] = (byte) 0xFF;
      }
    }
    ensure(2);
    bytes[length++] = 0;
    bytes[length++] = 1;
  }

  /** What was written; the last call on this output. */
  byte[] toByteArray() {
    return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
  }

  private void ensure(int more) {
    if (more > bytes.length - length) {
      long wanted = Math.max((long) length + more, 2L * bytes.length);
      if ((long) length + more > Tag.MAX_ENCODED_BYTES) {
        throw new CodecException("the encoded value exceeds " + Tag.MAX_ENCODED_BYTES + " bytes");
      }
      bytes = Arrays.copyOf(bytes, (int) Math.min(wanted, Tag.MAX_ENCODED_BYTES));
    }
  }
}
