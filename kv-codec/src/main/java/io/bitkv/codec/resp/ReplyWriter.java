package io.bitkv.codec.resp;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * Writes replies, each type in the form that the connection's protocol version has for it.
 *
 * <p>An aggregate is written as its header and then, by the caller, its elements. Where the output
 * cannot grow any further, {@link IllegalStateException} is thrown, and it may end within a frame.
 *
 * <p>Not thread-safe.
 */
public final class ReplyWriter {
  private static final byte[] OK = "+OK\r\n".getBytes(StandardCharsets.US_ASCII);

  private final ByteArrayOutput output;
  private RespVersion version = RespVersion.RESP2;

  /**
   * Creates a writer of version 2.
   *
   * @param output where replies go
   */
  public ReplyWriter(ByteArrayOutput output) {
    this.output = Objects.requireNonNull(output);
  }

  /**
   * The protocol version written now.
   *
   * @return the version
   */
  public RespVersion version() {
    return version;
  }

  /**
   * Changes the protocol version, from the next value on.
   *
   * @param version the version
   */
  public void version(RespVersion version) {
    this.version = Objects.requireNonNull(version);
  }

  /** Writes the simple string {@code OK}. */
  public void writeOk() {
    output.write(OK, 0, OK.length);
  }

  /**
   * Writes a simple string.
   *
   * @param text the text, written in UTF-8; a blank takes the place of each CR and LF
   */
  public void writeSimpleString(String text) {
    Frames.text(output, '+', text);
  }

  /**
   * Writes an error.
   *
   * @param text the code, such as {@code ERR}, a blank, and the message, written in UTF-8; a blank
   *     takes the place of each CR and LF
   */
  public void writeError(String text) {
    Frames.text(output, '-', text);
  }

  /**
   * Writes an integer.
   *
   * @param value the number
   */
  public void writeInteger(long value) {
    Frames.number(output, ':', value);
  }

  /**
   * Writes a bulk string.
   *
   * @param source the array that holds its bytes
   * @param offset where they begin
   * @param length how many they are
   * @throws IndexOutOfBoundsException if the range is not within the array
   */
  public void writeBulk(byte[] source, int offset, int length) {
    Frames.bulk(output, source, offset, length);
  }

  /**
   * Writes a bulk string.
   *
   * @param bytes all its bytes
   */
  public void writeBulk(byte[] bytes) {
    Frames.bulk(output, bytes, 0, bytes.length);
  }

  /**
   * Writes a bulk string.
   *
   * @param text its text, written in UTF-8
   */
  public void writeBulk(String text) {
    Frames.bulk(output, text);
  }

  /**
   * Writes a bulk string.
   *
   * @param source the buffer whose remaining bytes it has; the buffer's position stays
   */
  public void writeBulk(ByteBuffer source) {
    Frames.bulk(output, source);
  }

  /**
   * Writes what comes before the bytes of a bulk string that are sent from elsewhere.
   *
   * @param length how many bytes it has
   */
  public void writeBulkHeader(int length) {
    Frames.number(output, '$', length);
  }

  /** Writes what comes behind the bytes of a bulk string begun with {@link #writeBulkHeader}. */
  public void writeBulkEnd() {
    Frames.bulkEnd(output);
  }

  /** Writes a null where a single value would stand. */
  public void writeNull() {
    writeNull('$');
  }

  /** Writes a null where an array would stand. */
  public void writeNullArray() {
    writeNull('*');
  }

  /**
   * Writes the header of an array.
   *
   * @param elements how many values follow
   */
  public void writeArrayHeader(int elements) {
    Frames.number(output, '*', elements);
  }

  /**
   * Writes the header of a map.
   *
   * @param pairs how many keys follow, each with its value behind it
   */
  public void writeMapHeader(int pairs) {
    boolean typed = version == RespVersion.RESP3;
    Frames.number(output, typed ? '%' : '*', typed ? pairs : 2L * pairs);
  }

  /**
   * Writes the header of a set.
   *
   * @param elements how many values follow
   */
  public void writeSetHeader(int elements) {
    Frames.number(output, version == RespVersion.RESP3 ? '~' : '*', elements);
  }

  /**
   * Writes the header of a push: a message that answers no request.
   *
   * @param elements how many values follow, the kind of push first
   */
  public void writePushHeader(int elements) {
    Frames.number(output, version == RespVersion.RESP3 ? '>' : '*', elements);
  }

  /**
   * Writes a floating-point number, in the form of {@link RespNumbers#formatDouble}.
   *
   * @param value the number
   */
  public void writeDouble(double value) {
    writeLineOrBulk(',', RespNumbers.formatDouble(value));
  }

  /**
   * Writes a truth value.
   *
   * @param value the value
   */
  public void writeBoolean(boolean value) {
    if (version == RespVersion.RESP3) {
      Frames.text(output, '#', value ? "t" : "f");
    } else {
      writeInteger(value ? 1 : 0);
    }
  }

  /**
   * Writes an integer of any size.
   *
   * @param value the number
   */
  public void writeBigNumber(BigInteger value) {
    writeLineOrBulk('(', value.toString());
  }

  /**
   * Writes a text with its format.
   *
   * @param format three ASCII letters: {@code txt} for plain text, {@code mkd} for Markdown
   * @param text the text, written in UTF-8
   * @throws IllegalArgumentException if the format has not three letters
   */
  public void writeVerbatim(String format, String text) {
    if (format.getBytes(StandardCharsets.UTF_8).length != 3) {
      throw new IllegalArgumentException("a verbatim string's format has 3 letters: " + format);
    }
    if (version == RespVersion.RESP2) {
      writeBulk(text);
    } else {
      byte[] bytes = (format + ':' + text).getBytes(StandardCharsets.UTF_8);
      Frames.number(output, '=', bytes.length);
      output.write(bytes, 0, bytes.length);
      writeBulkEnd();
    }
  }

  private void writeNull(char typeInVersion2) {
    if (version == RespVersion.RESP3) {
      Frames.text(output, '_', "");
    } else {
      Frames.number(output, typeInVersion2, -1);
    }
  }

  private void writeLineOrBulk(char type, String text) {
    if (version == RespVersion.RESP3) {
      Frames.text(output, type, text);
    } else {
      writeBulk(text);
    }
  }
}
