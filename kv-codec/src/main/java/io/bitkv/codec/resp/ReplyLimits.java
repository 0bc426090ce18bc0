package io.bitkv.codec.resp;

/**
 * The bounds one reply must keep, with everything nested in it.
 *
 * @param maxBytes the most bytes it may take on the wire
 * @param maxElements the most values it may hold; a key and its value are two
 * @param maxDepth how deep its arrays, maps, sets and attributes may be nested
 * @param maxLineBytes the longest line, in bytes without its line end: a simple string, an error, a
 *     number
 */
public record ReplyLimits(long maxBytes, int maxElements, int maxDepth, int maxLineBytes) {

  /** 1 GiB, 16,777,216 values, 128 levels, lines of 64 KiB. */
  public static final ReplyLimits DEFAULT = new ReplyLimits(1L << 30, 1 << 24, 128, 64 * 1024);

  /**
   * Checks the bounds.
   *
   * @throws IllegalArgumentException if one is below 1, or {@code maxLineBytes} is below 32 or
   *     above 1 GiB
   */
  public ReplyLimits {
    Bounds.check("maxBytes", maxBytes, 1, Long.MAX_VALUE);
    Bounds.check("maxElements", maxElements, 1, Integer.MAX_VALUE);
    Bounds.check("maxDepth", maxDepth, 1, Integer.MAX_VALUE);
    Bounds.check("maxLineBytes", maxLineBytes, Bounds.LEAST_LINE_BYTES, 1 << 30);
  }
}
