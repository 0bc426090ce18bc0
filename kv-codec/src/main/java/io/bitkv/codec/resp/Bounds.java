package io.bitkv.codec.resp;

/** Checks the limits a parser is given. */
final class Bounds {
  /** The shortest line that may be the longest: every length and every integer fits. */
  static final int LEAST_LINE_BYTES = 32;

  private Bounds() {}

  static void check(String name, long value, long least, long largest) {
    if (value < least || value > largest) {
      throw new IllegalArgumentException(
          name + " is " + value + ", not from " + least + " to " + largest);
    }
  }
}
