package io.bitkv.client;

import io.bitkv.api.InvalidOptionException;
import java.time.Duration;

/**
 * How a {@link KvClient} keeps values that it has read, so that it need not ask for them again.
 *
 * {@snippet file="io/bitkv/client/SnippetsTest.java" region="cache"}
 *
 * <p>The server is asked to tell of changes ({@code CLIENT TRACKING}), and what it tells of is dropped. What that means for a reader:
 *
 * <ul>
 *   <li>A write that has returned is seen by every later read through the same client. One that failed and yet happened is seen as a
 *       write by others is.
 *   <li>A write by others is seen as soon as the server's word of it has arrived, and at the latest {@link #maxAge} after it happened, even
 *       if the network loses that word.
 *   <li>Whoever has seen a value through this client, by whichever method, is never shown an older value of that key afterwards.
 *   <li>Between different keys there is no order: of two keys that others wrote one after the other, the second may be seen before the
 *       first. A {@linkplain KvClient#atomically transaction} sees both as of one moment.
 *   <li>A value is not shown after the time at which it expires, by this machine's clock or by the server's word, whichever comes first.
 * </ul>
 *
 * <p>Everything is dropped when a connection is lost or given up, or the server says that all may have changed.
 *
 * @param maxBytes how much is kept, counted as bytes of keys and values and {@value #ENTRY_BYTES} for each entry; a single one of more
 *     than a quarter of that is not kept
 * @param maxAge how long a value is kept after it was asked for
 */
public record CacheOptions(long maxBytes, Duration maxAge) {

  /** What an entry counts beside its key and its value, in bytes: about what it takes in memory. */
  public static final int ENTRY_BYTES = 160;

  private static final long LEAST_BYTES = 16 << 10;

  /** Checks that something can be kept. */
  public CacheOptions {
    if (maxBytes < LEAST_BYTES) {
      throw new InvalidOptionException("a cache has at least " + LEAST_BYTES + " bytes, not " + maxBytes);
    }
    Checks.time("cache's greatest age of a value", maxAge);
  }

  /**
   * Keeps values for up to a minute.
   *
   * @param maxBytes how much is kept, at least 16,384 bytes
   * @return the options
   * @throws InvalidOptionException if that is too little
   */
  public static CacheOptions ofBytes(long maxBytes) {
    return new CacheOptions(maxBytes, Duration.ofMinutes(1));
  }

  /**
   * Bounds how long a value can be out of date when the network loses the server's word of a change without ending the connection.
   *
   * @param age how long a value is kept after it was asked for, at least 1 ms
   * @return the options
   * @throws InvalidOptionException if that is too short
   */
  public CacheOptions maxAge(Duration age) {
    return new CacheOptions(maxBytes, age);
  }
}
