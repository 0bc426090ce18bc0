package io.bitkv.codec.resp;

import java.util.Objects;

/**
 * Writes requests: arrays of bulk strings, the command's name first.
 *
 * <p>A request is begun with the number of its arguments, and then each is written; nothing counts
 * them. Where the output cannot grow any further, {@link IllegalStateException} is thrown, and it
 * may end within a request.
 *
 * <p>Not thread-safe.
 */
public final class RequestWriter {
  private final ByteArrayOutput output;

  /**
   * Creates a writer.
   *
   * @param output where requests go
   */
  public RequestWriter(ByteArrayOutput output) {
    this.output = Objects.requireNonNull(output);
  }

  /**
   * Begins a request with its command's name.
   *
   * @param header the name, and the number of arguments to follow
   */
  public void begin(CommandHeader header) {
    header.writeTo(output);
  }

  /**
   * Begins a request.
   *
   * @param arguments how many arguments follow, the command's name among them
   */
  public void begin(int arguments) {
    Frames.number(output, '*', arguments);
  }

  /**
   * Writes an argument.
   *
   * @param source the array that holds its bytes
   * @param offset where they begin
   * @param length how many they are
   * @throws IndexOutOfBoundsException if the range is not within the array
   */
  public void argument(byte[] source, int offset, int length) {
    Frames.bulk(output, source, offset, length);
  }

  /**
   * Writes an argument.
   *
   * @param bytes all its bytes
   */
  public void argument(byte[] bytes) {
    Frames.bulk(output, bytes, 0, bytes.length);
  }

  /**
   * Writes an argument.
   *
   * @param text its text, written in UTF-8
   */
  public void argument(String text) {
    Frames.bulk(output, text);
  }

  /**
   * Writes an argument.
   *
   * @param number its number, written in decimal digits
   */
  public void argument(long number) {
    byte[] digits = new byte[RespNumbers.MAX_LONG_BYTES];
    Frames.bulk(output, digits, 0, RespNumbers.putLong(digits, 0, number));
  }
}
