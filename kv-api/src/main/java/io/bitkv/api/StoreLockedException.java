package io.bitkv.api;

import java.nio.file.Path;

/**
 * Another store, in this process or another, holds the directory; nothing was opened.
 *
 * {@snippet file="io/bitkv/api/FailureSnippetsTest.java" region="opening"}
 */
public final class StoreLockedException extends KvException {

  private static final long serialVersionUID = 1L;

  /** Who holds the directory, as far as the lock file tells. */
  private final String holder;

  /**
   * Makes the exception.
   *
   * @param directory the directory that was to be opened
   * @param holder who holds it, for example {@code process 4711}
   */
  public StoreLockedException(Path directory, String holder) {
    super(directory + " is in use by " + holder + "; close that store or choose another directory", null, Outcome.NOT_APPLIED);
    this.holder = holder;
  }

  /**
   * Names the holder.
   *
   * @return who holds the directory
   */
  public String holder() {
    return holder;
  }
}
