package io.bitkv.api;

import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Objects;
import java.util.Optional;

/**
 * When a store merges by itself, and how fast. Immutable; each {@code with} method returns a changed copy.
 *
 * {@snippet file="io/bitkv/api/EmbeddedSnippetsTest.java" region="merges"}
 *
 * <p>A merge copies what is alive in some segments into a new one and removes them. Any of the three triggers makes a segment worth
 * merging. The segment that is written to is ended early if what is dead in it exceeds the share of all live data that the first trigger
 * names, and 4 MiB: so small stores stay small too.
 *
 * @param isEnabled whether the store merges by itself; {@link MergeControl#run} works in any case
 * @param fragmentation the dead share of a segment from which on it is merged, above 0 and at most 1
 * @param deadBytes the dead bytes of a segment from which on it is merged, 1 or more
 * @param smallFileBytes segments that are smaller than that are merged with each other when there are eight side by side; 0 for never
 * @param window the time of day in which the store merges by itself; empty for always
 * @param bytesPerSecond how many bytes merges read and write a second at most; 0 for no limit
 */
public record MergeOptions(
    boolean isEnabled, double fragmentation, long deadBytes, long smallFileBytes, Optional<Window> window, long bytesPerSecond) {

  private static final MergeOptions DEFAULTS = new MergeOptions(true, 0.3, 128L << 20, 4L << 20, Optional.empty(), 0);

  /**
   * A part of each day, by the store's clock. One whose end is before its beginning goes over midnight.
   *
   * @param from when it begins
   * @param to when it ends; that moment is outside
   * @param zone where the times are meant
   */
  public record Window(LocalTime from, LocalTime to, ZoneId zone) {
    /** Checks that nothing is missing. */
    public Window {
      Objects.requireNonNull(from, "from");
      Objects.requireNonNull(to, "to");
      Objects.requireNonNull(zone, "zone");
    }

    /**
     * Tells whether a time of day is in the window.
     *
     * @param time the time in the window's zone
     * @return whether it is
     */
    public boolean contains(LocalTime time) {
      boolean isAfterBegin = !time.isBefore(from);
      boolean isBeforeEnd = time.isBefore(to);
      return from.isBefore(to) ? isAfterBegin && isBeforeEnd : isAfterBegin || isBeforeEnd;
    }
  }

  /** Checks every value. */
  public MergeOptions {
    Objects.requireNonNull(window, "window");
    check(fragmentation > 0 && fragmentation <= 1, "the fragmentation that triggers a merge is above 0 and at most 1, not " + fragmentation);
    check(deadBytes > 0, "the dead bytes that trigger a merge are 1 or more, not " + deadBytes);
    check(smallFileBytes >= 0, "the size of small files is 0 or more bytes, not " + smallFileBytes);
    check(bytesPerSecond >= 0, "the rate limit of merges is 0 or more bytes a second, not " + bytesPerSecond);
  }

  private static void check(boolean isRight, String message) {
    if (!isRight) {
      throw new InvalidOptionException(message);
    }
  }

  /**
   * The default: merges by itself at any time, from a dead share of 30 % or 128 MiB of dead bytes in a segment on, files below 4 MiB are
   * small, no rate limit.
   *
   * @return those options
   */
  public static MergeOptions defaults() {
    return DEFAULTS;
  }

  /**
   * Changes whether the store merges by itself.
   *
   * @param enabled whether it does
   * @return the changed copy
   */
  public MergeOptions withEnabled(boolean enabled) {
    return new MergeOptions(enabled, fragmentation, deadBytes, smallFileBytes, window, bytesPerSecond);
  }

  /**
   * Changes the trigger by the dead share of a segment.
   *
   * @param share above 0 and at most 1
   * @return the changed copy
   */
  public MergeOptions withFragmentation(double share) {
    return new MergeOptions(isEnabled, share, deadBytes, smallFileBytes, window, bytesPerSecond);
  }

  /**
   * Changes the trigger by the dead bytes of a segment.
   *
   * @param bytes 1 or more
   * @return the changed copy
   */
  public MergeOptions withDeadBytes(long bytes) {
    return new MergeOptions(isEnabled, fragmentation, bytes, smallFileBytes, window, bytesPerSecond);
  }

  /**
   * Changes which files are small.
   *
   * @param bytes 0 or more
   * @return the changed copy
   */
  public MergeOptions withSmallFileBytes(long bytes) {
    return new MergeOptions(isEnabled, fragmentation, deadBytes, bytes, window, bytesPerSecond);
  }

  /**
   * Changes when the store merges by itself.
   *
   * @param other the window
   * @return the changed copy
   */
  public MergeOptions withWindow(Window other) {
    return new MergeOptions(isEnabled, fragmentation, deadBytes, smallFileBytes, Optional.of(other), bytesPerSecond);
  }

  /**
   * Changes the rate limit.
   *
   * @param bytes bytes a second, 0 for no limit
   * @return the changed copy
   */
  public MergeOptions withBytesPerSecond(long bytes) {
    return new MergeOptions(isEnabled, fragmentation, deadBytes, smallFileBytes, window, bytes);
  }
}
