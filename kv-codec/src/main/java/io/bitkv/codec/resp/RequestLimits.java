package io.bitkv.codec.resp;

/**
 * The bounds a request must keep; the defaults are those of redis-server 7.0.
 *
 * @param maxInlineBytes the longest inline request, and the longest line that may hold a length, in
 *     bytes without the line feed
 * @param maxArguments the most arguments of one request, the command's name included
 * @param maxBulkBytes the longest argument in bytes ({@code proto-max-bulk-len})
 * @param maxUnauthenticatedArguments the most arguments while the connection has yet to
 *     authenticate
 * @param maxUnauthenticatedBulkBytes the longest argument in bytes while the connection has yet to
 *     authenticate
 */
public record RequestLimits(
    int maxInlineBytes,
    int maxArguments,
    int maxBulkBytes,
    int maxUnauthenticatedArguments,
    int maxUnauthenticatedBulkBytes) {

  /** 64 KiB inline, any number of arguments of 512 MiB; unauthenticated, 10 arguments of 16 KiB. */
  public static final RequestLimits DEFAULT =
      new RequestLimits(64 * 1024, Integer.MAX_VALUE, 512 * 1024 * 1024, 10, 16 * 1024);

  /** The longest argument or line that may be allowed, 1 GiB: an array cannot hold much more. */
  public static final int LARGEST_BYTES = 1 << 30;

  /**
   * Checks the bounds.
   *
   * @throws IllegalArgumentException if one is below 1, {@code maxInlineBytes} is below 32, or one
   *     in bytes is above {@link #LARGEST_BYTES}
   */
  public RequestLimits {
    int many = Integer.MAX_VALUE;
    Bounds.check("maxInlineBytes", maxInlineBytes, Bounds.LEAST_LINE_BYTES, LARGEST_BYTES);
    Bounds.check("maxArguments", maxArguments, 1, many);
    Bounds.check("maxBulkBytes", maxBulkBytes, 1, LARGEST_BYTES);
    Bounds.check("maxUnauthenticatedArguments", maxUnauthenticatedArguments, 1, many);
    Bounds.check("maxUnauthenticatedBulkBytes", maxUnauthenticatedBulkBytes, 1, LARGEST_BYTES);
  }

  /**
   * These limits with another longest argument.
   *
   * @param bytes the longest argument in bytes
   * @return the changed limits
   * @throws IllegalArgumentException if {@code bytes} is below 1 or above {@link #LARGEST_BYTES}
   */
  public RequestLimits withMaxBulkBytes(int bytes) {
    return new RequestLimits(
        maxInlineBytes,
        maxArguments,
        bytes,
        maxUnauthenticatedArguments,
        maxUnauthenticatedBulkBytes);
  }
}
