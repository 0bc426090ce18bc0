package io.bitkv.api;

/**
 * A bounded queue was full, so the request was turned away at once; it certainly was not applied.
 *
 * {@snippet file="io/bitkv/api/FailureSnippetsTest.java" region="remote"}
 */
public final class OverloadedException extends KvException {

  private static final long serialVersionUID = 1L;

  /**
   * Makes the exception.
   *
   * @param message names the thing at fault and what to do
   */
  public OverloadedException(String message) {
    this(message, null);
  }

  /**
   * Makes the exception with its cause.
   *
   * @param message names the thing at fault and what to do
   * @param cause what was caught, or null
   */
  public OverloadedException(String message, Throwable cause) {
    super(message, cause, Outcome.NOT_APPLIED);
  }
}
