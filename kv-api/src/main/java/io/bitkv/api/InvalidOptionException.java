package io.bitkv.api;

/**
 * An option has a value that cannot be used; nothing was opened or changed.
 *
 * {@snippet file="io/bitkv/api/FailureSnippetsTest.java" region="impossible"}
 */
public final class InvalidOptionException extends KvException {

  private static final long serialVersionUID = 1L;

  /**
   * Makes the exception.
   *
   * @param message names the thing at fault and what to do
   */
  public InvalidOptionException(String message) {
    this(message, null);
  }

  /**
   * Makes the exception with its cause.
   *
   * @param message names the thing at fault and what to do
   * @param cause what was caught, or null
   */
  public InvalidOptionException(String message, Throwable cause) {
    super(message, cause, Outcome.NOT_APPLIED);
  }
}
