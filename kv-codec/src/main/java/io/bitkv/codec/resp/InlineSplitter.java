package io.bitkv.codec.resp;

/**
 * Splits an inline request into its words, as {@code sdssplitargs} in Redis's {@code sds.c} does.
 *
 * <p>A word is never longer than what it was written with, so it is decoded in place, over its own
 * quotes and escapes.
 */
final class InlineSplitter {
  private final byte[] line;
  private final int from;
  private final int to;
  private int read;
  private int write;

  private InlineSplitter(byte[] line, int from, int to) {
    this.line = line;
    this.from = from;
    this.to = to;
    this.read = from;
  }

  /**
   * Splits a line.
   *
   * @return false if a quote is not closed, or its word goes on behind it
   */
  static boolean split(byte[] buffer, int from, int to, ArgumentTable words) {
    return new InlineSplitter(buffer, from, to).split(words);
  }

  private boolean split(ArgumentTable words) {
    while (skipBlanks()) {
      int start = read;
      write = start;
      if (!word()) {
        return false;
      }
      words.add(start - from, write - start);
    }
    return true;
  }

  private boolean skipBlanks() {
    while (read < to && isBlank(line[read])) {
      read++;
    }
    return read < to;
  }

  private boolean word() {
    while (read < to) {
      byte b = line[read++];
      switch (b) {
        case ' ', '\t', '\r':
          return true;
        case '"':
          return doubleQuoted();
        case '\'':
          return singleQuoted();
        default:
          line[write++] = b;
      }
    }
    return true;
  }

  private boolean doubleQuoted() {
    while (read < to) {
      byte b = line[read++];
      if (b == '"') {
        return atWordEnd();
      }
      line[write++] = b == '\\' && read < to ? escaped() : b;
    }
    return false;
  }

  private boolean singleQuoted() {
    while (read < to) {
      byte b = line[read++];
      if (b == '\'') {
        return atWordEnd();
      }
      if (b == '\\' && read < to && line[read] == '\'') {
        b = line[read++];
      }
      line[write++] = b;
    }
    return false;
  }

  private byte escaped() {
    byte b = line[read++];
    if (b == 'x' && to - read >= 2) {
      int high = Character.digit(line[read], 16);
      int low = Character.digit(line[read + 1], 16);
      if (high >= 0 && low >= 0) {
        read += 2;
        return (byte) (high << 4 | low);
      }
    }
    return switch (b) {
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'b' -> '\b';
      case 'a' -> 7;
      default -> b;
    };
  }

  private boolean atWordEnd() {
    return read == to || isBlank(line[read]);
  }

  /** Whether C's {@code isspace} takes a byte for one; a line holds no line feed. */
  private static boolean isBlank(byte b) {
    return b == ' ' || b >= '\t' && b <= '\r';
  }
}
