package io.bitkv.server;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * The longest common subsequence of two strings, by dynamic programming. Of the table of lengths
 * two rows are kept, and of every cell one bit, by which the way back is found; of several longest
 * subsequences that is the one that Redis finds.
 */
final class CommonSubsequence {

  /** A table of more cells would keep the event loop busy for over a second. */
  private static final long MAX_CELLS = 1L << 28;

  /**
   * A run of bytes that both strings have.
   *
   * @param inFirst where it begins in the first string
   * @param inSecond where it begins in the second
   * @param length how many bytes it has
   */
  record Match(int inFirst, int inSecond, int length) {}

  private final byte[] a;
  private final byte[] b;
  private final int length;

  /** For each cell of the table, whether the cell above it is greater than the one to its left. */
  private final BitSet isAboveGreater;

  CommonSubsequence(byte[] a, byte[] b) {
    this.a = a;
    this.b = b;
    isAboveGreater = new BitSet(a.length * b.length);
    length = fill();
  }

  /** Whether two strings are short enough. */
  static boolean isFeasible(byte[] a, byte[] b) {
    return (long) a.length * b.length <= MAX_CELLS;
  }

  /** How many bytes the subsequence has. */
  int length() {
    return length;
  }

  /** The subsequence. */
  byte[] bytes() {
    byte[] result = new byte[length];
    int at = length;
    for (Match match : matches()) {
      at -= match.length();
      System.arraycopy(a, match.inFirst(), result, at, match.length());
    }
    return result;
  }

  /** The runs of bytes that it consists of, the last first. */
  List<Match> matches() {
    List<Match> matches = new ArrayList<>();
    int i = a.length;
    int j = b.length;
    int run = 0;
    while (i > 0 && j > 0) {
      if (a[i - 1] == b[j - 1]) {
        run++;
        i--;
        j--;
        continue;
      }
      addMatch(matches, i, j, run);
      run = 0;
      if (isAboveGreater.get(cell(i, j))) {
        i--;
      } else {
        j--;
      }
    }
    addMatch(matches, i, j, run);
    return matches;
  }

  private static void addMatch(List<Match> matches, int i, int j, int run) {
    if (run > 0) {
      matches.add(new Match(i, j, run));
    }
  }

  private int fill() {
    int[] above = new int[b.length + 1];
    int[] row = new int[b.length + 1];
    for (int i = 1; i <= a.length; i++) {
      for (int j = 1; j <= b.length; j++) {
        if (a[i - 1] == b[j - 1]) {
          row[j] = above[j - 1] + 1;
        } else if (above[j] > row[j - 1]) {
          row[j] = above[j];
          isAboveGreater.set(cell(i, j));
        } else {
          row[j] = row[j - 1];
        }
      }
      int[] full = row;
      row = above;
      above = full;
    }
    return above[b.length];
  }

  private int cell(int i, int j) {
    return (i - 1) * b.length + j - 1;
  }
}
