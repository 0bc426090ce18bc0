package io.bitkv.codec.resp;

/**
 * Reads the lines of requests, whatever they hold and wherever the stream was cut, and remembers
 * how far an unfinished one was searched for its end.
 */
final class RequestLines {
  /** What the methods return while a line's end has yet to arrive. */
  static final int UNFINISHED = -1;

  private RequestLimits limits;
  private boolean authenticationRequired;
  private final LineEnd length = new LineEnd();
  private int lengthEnd;

  /** How many bytes of an unfinished line of words hold no end. */
  private int scanned;

  private int end;

  RequestLines(RequestLimits limits) {
    this.limits = limits;
  }

  void limits(RequestLimits limits) {
    this.limits = limits;
  }

  void authenticationRequired(boolean required) {
    authenticationRequired = required;
  }

  /** The most arguments a request may have now. */
  int maxArguments() {
    return authenticationRequired
        ? Math.min(limits.maxArguments(), limits.maxUnauthenticatedArguments())
        : limits.maxArguments();
  }

  /** The longest argument there may be now. */
  int maxBulkBytes() {
    return authenticationRequired
        ? Math.min(limits.maxBulkBytes(), limits.maxUnauthenticatedBulkBytes())
        : limits.maxBulkBytes();
  }

  /** The index after the line that was read. */
  int end() {
    return end;
  }

  /** Reads the line that says how many arguments a request has; below 1 it has none. */
  int readCount(byte[] buffer, int line, int to) {
    if (!findLengthEnd(buffer, line, to, "too big mbulk count string")) {
      return UNFINISHED;
    }
    String invalid = "invalid multibulk length";
    long count = number(buffer, line, invalid);
    check(count <= limits.maxArguments(), invalid);
    check(count <= maxArguments(), "unauthenticated multibulk length");
    return (int) Math.max(count, 0);
  }

  /** Reads the line that says how long an argument is. */
  int readBulkLength(byte[] buffer, int line, int to) {
    if (!findLengthEnd(buffer, line, to, "too big bulk count string")) {
      return UNFINISHED;
    }
    if (buffer[line] != '$') {
      throw new ProtocolException("expected '$', got " + ProtocolException.quoted(buffer[line]));
    }
    String invalid = "invalid bulk length";
    long length = number(buffer, line, invalid);
    check(length >= 0 && length <= limits.maxBulkBytes(), invalid);
    check(length <= maxBulkBytes(), "unauthenticated bulk length");
    return (int) length;
  }

  /** Reads a line of words; returns how many they are. */
  int readInline(byte[] buffer, int line, int to, ArgumentTable words) {
    int bound = line + Math.min(to - line, limits.maxInlineBytes() + 1);
    int at = line + scanned;
    while (at < bound && buffer[at] != '\n' && buffer[at] != 0) {
      at++;
    }
    if (at == bound) {
      scanned = at - line;
      check(scanned <= limits.maxInlineBytes(), "too big inline request");
      return UNFINISHED;
    }
    check(buffer[at] != 0, "NUL byte in inline request");
    scanned = 0;
    end = at + 1;
    // A CR before the LF is a blank like any other.
    check(InlineSplitter.split(buffer, line, at, words), "unbalanced quotes in request");
    return words.count();
  }

  /** Finds the end of a line that holds a length; false if it has yet to arrive. */
  private boolean findLengthEnd(byte[] buffer, int line, int to, String tooBig) {
    lengthEnd = length.find(buffer, line, to, limits.maxInlineBytes());
    check(lengthEnd != LineEnd.TOO_LONG, tooBig);
    end = lengthEnd + 2;
    return lengthEnd != LineEnd.UNFINISHED;
  }

  private long number(byte[] buffer, int line, String invalid) {
    int digits = line + 1;
    int length = lengthEnd - digits;
    boolean whole = LineEnd.isWhole(buffer, lengthEnd);
    check(whole && RespNumbers.isLong(buffer, digits, length), invalid);
    return RespNumbers.parseLong(buffer, digits, length);
  }

  private static void check(boolean kept, String problem) {
    if (!kept) {
      throw new ProtocolException(problem);
    }
  }
}
