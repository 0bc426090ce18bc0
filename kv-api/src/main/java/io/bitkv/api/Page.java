package io.bitkv.api;

import java.util.List;

/**
 * One step of a resumable scan.
 *
 * {@snippet file="io/bitkv/api/SnippetsTest.java" region="page"}
 *
 * @param <T> what is scanned
 * @param items what this step met; may be empty before the end
 * @param next the cursor of the next step, or {@link #END} when the scan is complete
 */
public record Page<T>(List<T> items, long next) {

  /** The cursor that begins a scan. */
  public static final long START = 0;

  /** The cursor that says that a scan is complete; the same as {@link #START}, as in Redis's SCAN. */
  public static final long END = 0;

  /** Takes an unmodifiable copy of the items. */
  public Page {
    items = List.copyOf(items);
  }

  /**
   * Tells whether there is nothing more to scan.
   *
   * @return whether the scan is complete
   */
  public boolean isLast() {
    return next == END;
  }
}
