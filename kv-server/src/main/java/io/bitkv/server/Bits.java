package io.bitkv.server;

import io.bitkv.codec.resp.RespNumbers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Single bits and numbers of any width in a string, whose first bit is the highest of its first byte. */
final class Bits {

  private Bits() {}

  /** Whether a bit is set; those behind the end are not. */
  static boolean isSet(byte[] bytes, long offset) {
    return offset / 8 < bytes.length && (bytes[(int) (offset / 8)] >>> (7 - offset % 8) & 1) == 1;
  }

  /** Sets or clears a bit. */
  static void set(byte[] bytes, long offset, boolean isSet) {
    int mask = 1 << (7 - offset % 8);
    int index = (int) (offset / 8);
    bytes[index] = (byte) (isSet ? bytes[index] | mask : bytes[index] & ~mask);
  }

  /** Reads an unsigned number, the highest bit first; bits behind the end are not set. */
  static long read(byte[] bytes, long offset, int width) {
    long value = 0;
    for (int i = 0; i < width; i++) {
      value = value << 1 | (isSet(bytes, offset + i) ? 1 : 0);
    }
    return value;
  }

  /** Writes the lowest bits of a number, the highest first. */
  static void write(byte[] bytes, long offset, int width, long value) {
    for (int i = 0; i < width; i++) {
      set(bytes, offset + i, (value >>> (width - 1 - i) & 1) == 1);
    }
  }

  /**
   * Copies a string, with zero bytes added until it has a bit.
   *
   * @throws CommandException if it would become longer than a string may be
   */
  static byte[] grown(Call call, byte[] bytes, long lastOffset) {
    long length = lastOffset / 8 + 1;
    if (length > call.server().options().requestLimits().maxBulkBytes()) {
      throw CommandException.STRING_TOO_LONG;
    }
    return Arrays.copyOf(bytes, (int) Math.max(bytes.length, length));
  }

  /**
   * Reads a bit's offset.
   *
   * @throws CommandException if no string has such a bit
   */
  static long offset(Call call, int index) {
    return checkedOffset(call, call.arguments().text(index), 1);
  }

  /**
   * Reads a bit's offset, counted in fields of a width when a {@code #} is before it.
   *
   * @throws CommandException if no string has such a bit
   */
  static long offset(Call call, int index, int width) {
    String text = call.arguments().text(index);
    return text.startsWith("#")
        ? checkedOffset(call, text.substring(1), width)
        : checkedOffset(call, text, 1);
  }

  private static long checkedOffset(Call call, String text, int width) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (RespNumbers.isLong(bytes, 0, bytes.length)) {
      long number = RespNumbers.parseLong(bytes, 0, bytes.length);
      long limit = 8L * call.server().options().requestLimits().maxBulkBytes();
      if (number >= 0 && number < limit && number * width < limit) {
        return number * width;
      }
    }
    throw new CommandException("ERR bit offset is not an integer or out of range");
  }
}
