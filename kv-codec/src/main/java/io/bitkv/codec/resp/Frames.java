package io.bitkv.codec.resp;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The pieces of a frame that requests and replies are both written with. */
final class Frames {
  /** The most bytes of a line that holds a number: its type, the digits, CR LF. */
  private static final int NUMBER_LINE = 1 + RespNumbers.MAX_LONG_BYTES + 2;

  private Frames() {}

  /** Writes a line of a type and a number. */
  static void number(ByteArrayOutput output, char type, long number) {
    output.ensureWritable(NUMBER_LINE);
    output.position(number(output.array(), output.position(), type, number));
  }

  /** Writes a bulk string. */
  static void bulk(ByteArrayOutput output, byte[] source, int offset, int length) {
    // A sum beyond an int is negative, which the output takes for more than it can hold.
    output.ensureWritable(NUMBER_LINE + length + 2);
    byte[] target = output.array();
    int at = number(target, output.position(), '$', length);
    System.arraycopy(source, offset, target, at, length);
    output.position(end(target, at + length));
  }

  /** Writes a bulk string of a buffer's remaining bytes, and leaves the buffer's position. */
  static void bulk(ByteArrayOutput output, ByteBuffer source) {
    int length = source.remaining();
    output.ensureWritable(NUMBER_LINE + length + 2);
    byte[] target = output.array();
    int at = number(target, output.position(), '$', length);
    source.get(source.position(), target, at, length);
    output.position(end(target, at + length));
  }

  /** Writes the line end that closes a bulk string. */
  static void bulkEnd(ByteArrayOutput output) {
    output.ensureWritable(2);
    output.position(end(output.array(), output.position()));
  }

  /** Writes a bulk string of a text's UTF-8 bytes. */
  static void bulk(ByteArrayOutput output, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    bulk(output, bytes, 0, bytes.length);
  }

  /** Writes a line of a type and a text in UTF-8, with a blank for each CR and LF in it. */
  static void text(ByteArrayOutput output, char type, String text) {
    int length = text.length();
    output.ensureWritable(length + 3);
    byte[] target = output.array();
    int at = output.position();
    target[at++] = (byte) type;
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c >= 0x80) {
        textBeyondAscii(output, type, text);
        return;
      }
      target[at++] = oneLine((byte) c);
    }
    output.position(end(target, at));
  }

  private static void textBeyondAscii(ByteArrayOutput output, char type, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    output.ensureWritable(bytes.length + 3);
    byte[] target = output.array();
    int at = output.position();
    target[at++] = (byte) type;
    for (byte b : bytes) {
      target[at++] = oneLine(b);
    }
    output.position(end(target, at));
  }

  private static byte oneLine(byte b) {
    return b == '\r' || b == '\n' ? (byte) ' ' : b;
  }

  private static int number(byte[] target, int at, char type, long number) {
    target[at] = (byte) type;
    if (number >= 0 && number < 100) {
      int tens = (int) number / 10;
      int second = at + 1;
      if (tens > 0) {
        target[second++] = (byte) ('0' + tens);
      }
      target[second] = (byte) ('0' + (int) number - 10 * tens);
      return end(target, second + 1);
    }
    return end(target, RespNumbers.putLong(target, at + 1, number));
  }

  private static int end(byte[] target, int at) {
    target[at] = '\r';
    target[at + 1] = '\n';
    return at + 2;
  }
}
