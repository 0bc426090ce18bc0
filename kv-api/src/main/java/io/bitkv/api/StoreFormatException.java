package io.bitkv.api;

/**
 * A file was written by a newer or a foreign format; the directory was left as it was.
 *
 * {@snippet file="io/bitkv/api/FailureSnippetsTest.java" region="opening"}
 */
public final class StoreFormatException extends KvException {

  private static final long serialVersionUID = 1L;

  /**
   * Makes the exception.
   *
   * @param message names the thing at fault and what to do
   */
  public StoreFormatException(String message) {
    this(message, null);
  }

  /**
   * Makes the exception with its cause.
   *
   * @param message names the thing at fault and what to do
   * @param cause what was caught, or null
   */
  public StoreFormatException(String message, Throwable cause) {
    super(message, cause, Outcome.NOT_APPLIED);
  }
}
