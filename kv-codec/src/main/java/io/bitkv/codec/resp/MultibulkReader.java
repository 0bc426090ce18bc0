package io.bitkv.codec.resp;

/**
 * Reads requests that are arrays of bulk strings, and remembers how far an unfinished one was read.
 *
 * <p>{@code origin} is where the request begins in the window at hand: everything remembered is
 * counted from there.
 */
final class MultibulkReader {
  private static final int UNKNOWN = -1;

  private final RequestLines lines;
  private final ArgumentTable arguments;
  private int maxArguments;
  private int maxBulkBytes;

  /** How many arguments the request has announced; 0 while there is no request. */
  private int expected;

  /** The next byte to be read. */
  private int cursor;

  /**
   * The length of the argument at the cursor, or {@link #UNKNOWN} before its line has been read.
   */
  private int bulkLength = UNKNOWN;

  private int end;
  private int missing;

  MultibulkReader(RequestLines lines, ArgumentTable arguments) {
    this.lines = lines;
    this.arguments = arguments;
    updateBounds();
  }

  /** Takes over the limits that the lines keep to now. */
  void updateBounds() {
    maxArguments = lines.maxArguments();
    maxBulkBytes = lines.maxBulkBytes();
  }

  /** Whether a request has announced arguments that are not all read. */
  boolean open() {
    return expected > 0;
  }

  /** The index after what was read. */
  int end() {
    return end;
  }

  /** How many more bytes it takes, at the least, to get further. */
  int missing() {
    return missing;
  }

  /**
   * Reads the line that announces a request.
   *
   * @return false if it is not whole yet; true, and no request {@link #open}, if it announces none
   */
  boolean readCount(byte[] buffer, int origin, int to) {
    long line = LengthLine.read(buffer, origin, to);
    int count = LengthLine.value(line);
    end = LengthLine.end(line);
    if (line == LengthLine.NONE || count > maxArguments) {
      count = lines.readCount(buffer, origin, to);
      if (count == RequestLines.UNFINISHED) {
        missing = 1;
        return false;
      }
      end = lines.end();
    }
    expected = count;
    cursor = end - origin;
    return true;
  }

  /** Reads the arguments of the open request; false if they are not all there. */
  boolean readArguments(byte[] buffer, int origin, int to) {
    int at = origin + cursor;
    int length = bulkLength;
    for (int i = arguments.count(); i < expected; i++) {
      if (length == UNKNOWN) {
        length = readLength(buffer, at, to);
        if (length == RequestLines.UNFINISHED) {
          return unfinished(at - origin, UNKNOWN, 1);
        }
        at = end;
      }
      if (to - at - 2 < length) {
        return unfinished(at - origin, length, length + 2 - (to - at));
      }
      if (buffer[at + length] != '\r' || buffer[at + length + 1] != '\n') {
        throw new ProtocolException("expected CR LF after a bulk string");
      }
      arguments.add(at - origin, length);
      at += length + 2;
      length = UNKNOWN;
    }
    end = at;
    expected = 0;
    bulkLength = UNKNOWN;
    return true;
  }

  /** Reads the line that says how long an argument is. */
  private int readLength(byte[] buffer, int at, int to) {
    if (at < to && buffer[at] == '$') {
      long line = LengthLine.read(buffer, at, to);
      if (line != LengthLine.NONE && LengthLine.value(line) <= maxBulkBytes) {
        end = LengthLine.end(line);
        return LengthLine.value(line);
      }
    }
    int length = lines.readBulkLength(buffer, at, to);
    end = lines.end();
    return length;
  }

  private boolean unfinished(int cursor, int bulkLength, int missing) {
    this.cursor = cursor;
    this.bulkLength = bulkLength;
    this.missing = missing;
    return false;
  }
}
