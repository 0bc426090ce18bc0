package io.bitkv.server;

import io.bitkv.api.Keyspace;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * A pattern as KEYS, SCAN and PSUBSCRIBE take it, and as Redis's {@code stringmatchlen} reads it:
 * {@code *} stands for any bytes, {@code ?} for one, {@code [a-z]} and {@code [^a-z]} for one of or
 * one not of a set, and a backslash takes the next byte as it is.
 *
 * <p>A pattern is a sequence of sets, each of which stands for one byte, cut into pieces by the
 * stars. Matching takes time linear in the text, whatever the pattern: the pieces are looked for
 * one after the other, each leftmost and with no way back, by the Shift-And algorithm (Baeza-Yates
 * and Gonnet, 1992). Immutable.
 */
final class Glob {

  /** More sets than this match no key; they are not even tried. */
  private static final int MAX_SETS = Keyspace.MAX_KEY_BYTES;

  private static final int BYTE_VALUES = 256;
  private static final int NOT_FOUND = -1;

  private final int setCount;

  /**
   * For each byte, in which sets it is: bit {@code i % 64} of word {@code i / 64} for set {@code
   * i}.
   */
  private final long[][] masks = new long[BYTE_VALUES][];

  /** The first set of each piece, and behind them the number of sets. */
  private final int[] bounds;

  private final byte[] prefix;

  /**
   * Makes a pattern.
   *
   * @param sets the sets
   * @param stars before which set each star stands
   */
  private Glob(List<BitSet> sets, List<Integer> stars) {
    setCount = sets.size();
    bounds = new int[stars.size() + 2];
    for (int i = 0; i < stars.size(); i++) {
      bounds[i + 1] = stars.get(i);
    }
    bounds[stars.size() + 1] = setCount;
    prefix = plainBeginning(sets.subList(0, bounds[1]));
    long[] none = new long[setCount / Long.SIZE + 1];
    Arrays.fill(masks, none);
    for (int i = 0; i < setCount && setCount <= MAX_SETS; i++) {
      addToMasks(sets.get(i), i, none);
    }
  }

  /** Reads a pattern; every sequence of bytes is one. */
  static Glob of(byte[] pattern) {
    GlobParser parser = new GlobParser(pattern, MAX_SETS);
    return new Glob(parser.sets(), parser.stars());
  }

  /** Whether a text matches. */
  boolean matches(byte[] text) {
    int pieces = bounds.length - 1;
    if (text.length < setCount || setCount > MAX_SETS || !matchesAt(0, text, 0)) {
      return false;
    }
    if (pieces == 1) {
      return text.length == setCount;
    }
    int lastStart = text.length - (bounds[pieces] - bounds[pieces - 1]);
    int at = bounds[1];
    for (int piece = 1; piece < pieces - 1; piece++) {
      at = endOfFirst(piece, text, at, lastStart);
      if (at == NOT_FOUND) {
        return false;
      }
    }
    return matchesAt(pieces - 1, text, lastStart);
  }

  /** The plain bytes that every matching text begins with. */
  byte[] prefix() {
    return prefix.clone();
  }

  private void addToMasks(BitSet set, int position, long[] none) {
    set.stream()
        .forEach(
            b -> {
              if (masks[b] == none) {
                masks[b] = new long[none.length];
              }
              masks[b][position / Long.SIZE] |= 1L << position;
            });
  }

  /** Whether a piece matches the bytes from an index on; there must be enough of them. */
  private boolean matchesAt(int piece, byte[] text, int at) {
    int first = bounds[piece];
    for (int i = first; i < bounds[piece + 1]; i++) {
      if ((masks[text[at + i - first] & 0xff][i / Long.SIZE] >>> i & 1) == 0) {
        return false;
      }
    }
    return true;
  }

  /** Finds a piece's first match within bounds, and returns the index after it. */
  private int endOfFirst(int piece, byte[] text, int from, int to) {
    int first = bounds[piece];
    int last = bounds[piece + 1] - 1;
    int firstWord = first / Long.SIZE;
    long[] state = new long[last / Long.SIZE - firstWord + 1];
    for (int i = from; i < to; i++) {
      step(state, masks[text[i] & 0xff], firstWord, 1L << first);
      if ((state[state.length - 1] >>> last & 1) != 0) {
        return i + 1;
      }
    }
    return NOT_FOUND;
  }

  /** Lets every match that is under way, and one that begins here, go on by one byte. */
  private static void step(long[] state, long[] mask, int firstWord, long beginning) {
    long carry = beginning;
    for (int i = 0; i < state.length; i++) {
      long shifted = state[i] << 1 | carry;
      carry = state[i] >>> Long.SIZE - 1;
      state[i] = shifted & mask[firstWord + i];
    }
  }

  private static byte[] plainBeginning(List<BitSet> sets) {
    byte[] bytes = new byte[sets.size()];
    int length = 0;
    while (length < bytes.length && sets.get(length).cardinality() == 1) {
      bytes[length] = (byte) sets.get(length).nextSetBit(0);
      length++;
    }
    return Arrays.copyOf(bytes, length);
  }
}
