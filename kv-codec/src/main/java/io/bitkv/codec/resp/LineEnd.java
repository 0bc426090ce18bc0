package io.bitkv.codec.resp;

/**
 * Finds the end of a line that may arrive in pieces, and looks at no byte again and again.
 *
 * <p>Lines short enough for {@link LengthLine}, which may well take the rest of one, are searched
 * from their beginning each time: nothing about them is remembered.
 */
final class LineEnd {
  /** What {@link #find} returns while the end has yet to arrive. */
  static final int UNFINISHED = -1;

  /** What {@link #find} returns for a line that is longer than it may be. */
  static final int TOO_LONG = -2;

  /** How many bytes of the unfinished line hold no end, if they are many. */
  private int scanned;

  /**
   * Finds the first CR or LF of a line, and waits for the byte behind a CR.
   *
   * @param line where the line begins, in a window that ends at {@code to}
   * @param longest the most bytes there may be before it
   * @return its index, {@link #UNFINISHED} or {@link #TOO_LONG}
   */
  int find(byte[] buffer, int line, int to, int longest) {
    int bound = line + Math.min(to - line, longest + 1);
    int end = line + scanned;
    while (end < bound && buffer[end] != '\r' && buffer[end] != '\n') {
      end++;
    }
    scanned = 0;
    if (end - line > longest) {
      return TOO_LONG;
    }
    if (end == to || (buffer[end] == '\r' && end + 1 == to)) {
      scanned = end - line > LengthLine.LONGEST ? end - line : 0;
      return UNFINISHED;
    }
    return end;
  }

  /** Whether what was found at an index is a CR with an LF behind it. */
  static boolean isWhole(byte[] buffer, int end) {
    return buffer[end] == '\r' && buffer[end + 1] == '\n';
  }
}
