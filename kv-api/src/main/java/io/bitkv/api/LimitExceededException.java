package io.bitkv.api;

/**
 * A key, a value or a batch is larger than the store takes; nothing was written.
 *
 * {@snippet file="io/bitkv/api/FailureSnippetsTest.java" region="impossible"}
 */
public final class LimitExceededException extends KvException {

  private static final long serialVersionUID = 1L;

  /**
   * Makes the exception.
   *
   * @param message names the thing at fault and what to do
   */
  public LimitExceededException(String message) {
    this(message, null);
  }

  /**
   * Makes the exception with its cause.
   *
   * @param message names the thing at fault and what to do
   * @param cause what was caught, or null
   */
  public LimitExceededException(String message, Throwable cause) {
    super(message, cause, Outcome.NOT_APPLIED);
  }
}
