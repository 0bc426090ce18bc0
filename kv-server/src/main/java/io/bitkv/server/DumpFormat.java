package io.bitkv.server;

import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * What DUMP answers and RESTORE takes: a string in the encoding of Redis's RDB files, the version
 * of that format in two bytes, and the checksum of all before it in eight, the lowest byte first.
 *
 * <pre>
 *   00 | length, bytes        a string; the length has 6, 14, 32 or 64 bits
 *   00 | C0, C1 or C2, number  a number of 1, 2 or 4 bytes, the lowest first, in place of its text
 *   00 | C3, length, length, bytes  compressed by LZF: how long it is so, and how long it was
 * </pre>
 *
 * The format is that of Redis's {@code rdb.c}.
 */
final class DumpFormat {

  /** The format's version that Redis 7.0 writes; newer ones have the same strings. */
  private static final int VERSION = 10;

  private static final int FOOTER_BYTES = 2 + Long.BYTES;
  private static final byte STRING = 0;

  /** The first byte of a length says by its two highest bits how long it is. */
  private static final int SHORT_LENGTHS = 1 << 6;

  private static final int MEDIUM_LENGTHS = 1 << 14;
  private static final int MEDIUM = 0x40;
  private static final int INT_LENGTH = 0x80;
  private static final int LONG_LENGTH = 0x81;
  private static final int SPECIAL = 0xC0;
  private static final int COMPRESSED = 0xC3;

  /** The longest text of a number of 4 bytes. */
  private static final int MAX_DIGITS = 11;

  private DumpFormat() {}

  /** Writes a string. */
  static byte[] encode(byte[] value) {
    ByteArrayOutputStream output = new ByteArrayOutputStream(value.length + 16 + FOOTER_BYTES);
    output.write(STRING);
    Optional<Integer> number = number(value);
    if (number.isPresent()) {
      writeNumber(output, number.get());
    } else {
      writeLength(output, value.length);
      output.writeBytes(value);
    }
    output.write(VERSION);
    output.write(VERSION >>> Byte.SIZE);
    byte[] body = output.toByteArray();
    ByteBuffer dump = ByteBuffer.allocate(body.length + Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    return dump.put(body).putLong(Crc64.of(body, body.length)).array();
  }

  /** Whether bytes end in a version and the checksum of what is before it. */
  static boolean isIntact(byte[] dump) {
    int checked = dump.length - Long.BYTES;
    return dump.length >= FOOTER_BYTES
        && ByteBuffer.wrap(dump).order(ByteOrder.LITTLE_ENDIAN).getLong(checked)
            == Crc64.of(dump, checked);
  }

  /**
   * Reads a string.
   *
   * @param dump intact bytes
   * @param limit the longest that the string may be
   * @return the string, or empty if the bytes hold none
   */
  static Optional<byte[]> decode(byte[] dump, long limit) {
    ByteBuffer body =
        ByteBuffer.wrap(dump, 0, dump.length - FOOTER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    if (body.remaining() < 2 || body.get() != STRING) {
      return Optional.empty();
    }
    try {
      Optional<byte[]> value = decode(body, limit);
      return body.hasRemaining() ? Optional.empty() : value;
    } catch (BufferUnderflowException e) {
      return Optional.empty();
    }
  }

  private static Optional<byte[]> decode(ByteBuffer body, long limit) {
    int first = body.get(body.position()) & 0xff;
    return switch (first) {
      case SPECIAL -> text(skip(body, 1).get());
      case SPECIAL + 1 -> text(skip(body, 1).getShort());
      case SPECIAL + 2 -> text(skip(body, 1).getInt());
      case COMPRESSED -> compressed(skip(body, 1), limit);
      default -> bytes(body, length(body), limit);
    };
  }

  private static ByteBuffer skip(ByteBuffer body, int count) {
    if (body.remaining() < count) {
      throw new BufferUnderflowException();
    }
    return body.position(body.position() + count);
  }

  private static Optional<byte[]> text(int number) {
    return Optional.of(Integer.toString(number).getBytes(StandardCharsets.US_ASCII));
  }

  private static Optional<byte[]> compressed(ByteBuffer body, long limit) {
    long compressedLength = length(body);
    long length = length(body);
    if (length < 0 || length > limit) {
      return Optional.empty();
    }
    return bytes(body, compressedLength, limit)
        .flatMap(compressed -> Lzf.decompress(compressed, (int) length));
  }

  private static Optional<byte[]> bytes(ByteBuffer body, long length, long limit) {
    if (length < 0 || length > body.remaining() || length > limit) {
      return Optional.empty();
    }
    byte[] bytes = new byte[(int) length];
    body.get(bytes);
    return Optional.of(bytes);
  }

  /** Reads a length; -1 if there is none. */
  private static long length(ByteBuffer body) {
    int first = body.get() & 0xff;
    if (first < MEDIUM) {
      return first;
    }
    if (first < INT_LENGTH) {
      return (first & SHORT_LENGTHS - 1) << Byte.SIZE | body.get() & 0xff;
    }
    return switch (first) {
      case INT_LENGTH -> Integer.toUnsignedLong(Integer.reverseBytes(body.getInt()));
      case LONG_LENGTH -> Long.reverseBytes(body.getLong());
      default -> -1;
    };
  }

  private static void writeLength(ByteArrayOutputStream output, int length) {
    if (length < SHORT_LENGTHS) {
      output.write(length);
    } else if (length < MEDIUM_LENGTHS) {
      output.write(MEDIUM | length >>> Byte.SIZE);
      output.write(length);
    } else {
      output.write(INT_LENGTH);
      output.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(length).array());
    }
  }

  /** The number of at most 4 bytes whose usual text the string is. */
  private static Optional<Integer> number(byte[] value) {
    if (value.length == 0 || value.length > MAX_DIGITS) {
      return Optional.empty();
    }
    try {
      int number = Integer.parseInt(new String(value, StandardCharsets.ISO_8859_1));
      byte[] usual = Integer.toString(number).getBytes(StandardCharsets.US_ASCII);
      return Arrays.equals(usual, value) ? Optional.of(number) : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static void writeNumber(ByteArrayOutputStream output, int number) {
    ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    if (number == (byte) number) {
      output.write(SPECIAL);
      bytes.put((byte) number);
    } else if (number == (short) number) {
      output.write(SPECIAL + 1);
      bytes.putShort((short) number);
    } else {
      output.write(SPECIAL + 2);
      bytes.putInt(number);
    }
    output.write(bytes.array(), 0, bytes.position());
  }
}
