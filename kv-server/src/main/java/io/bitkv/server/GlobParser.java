package io.bitkv.server;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Reads a pattern into its sets and stars. */
final class GlobParser {

  private static final int BYTE_VALUES = 256;

  private final byte[] pattern;
  private final List<BitSet> sets = new ArrayList<>();
  private final List<Integer> stars = new ArrayList<>();
  private int at;

  /**
   * Reads a pattern.
   *
   * @param pattern the pattern
   * @param limit with more sets than this, the rest is not read
   */
  GlobParser(byte[] pattern, int limit) {
    this.pattern = pattern;
    while (at < pattern.length && sets.size() <= limit) {
      if (pattern[at] != '*') {
        sets.add(set());
      } else {
        at++;
        if (stars.isEmpty() || stars.getLast() != sets.size()) {
          stars.add(sets.size());
        }
      }
    }
  }

  /** The sets, in order. */
  List<BitSet> sets() {
    return sets;
  }

  /** Before which set each star stands; several next to each other count as one. */
  List<Integer> stars() {
    return stars;
  }

  private BitSet set() {
    BitSet set = new BitSet(BYTE_VALUES);
    switch (pattern[at]) {
      case '?' -> {
        at++;
        set.set(0, BYTE_VALUES);
      }
      case '[' -> readSet(set);
      default -> set.set(literal());
    }
    return set;
  }

  /** Reads a byte, behind a backslash if there is one that is not the last of the pattern. */
  private int literal() {
    if (pattern[at] == '\\' && at + 1 < pattern.length) {
      at++;
    }
    return pattern[at++] & 0xff;
  }

  /** Reads a set in brackets; without the closing one it ends with the pattern. */
  private void readSet(BitSet set) {
    at++;
    boolean isNegated = at < pattern.length && pattern[at] == '^';
    if (isNegated) {
      at++;
    }
    while (at < pattern.length && pattern[at] != ']') {
      boolean isEscaped = pattern[at] == '\\' && at + 1 < pattern.length;
      if (!isEscaped && at + 2 < pattern.length && pattern[at + 1] == '-') {
        int a = pattern[at] & 0xff;
        int b = pattern[at + 2] & 0xff;
        set.set(Math.min(a, b), Math.max(a, b) + 1);
        at += 3;
      } else {
        set.set(literal());
      }
    }
    at++;
    if (isNegated) {
      set.flip(0, BYTE_VALUES);
    }
  }
}
