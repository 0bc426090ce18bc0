package io.bitkv.api;

/**
 * The request never left the client, so it certainly was not applied.
 *
 * {@snippet file="io/bitkv/api/FailureSnippetsTest.java" region="remote"}
 */
public final class NotSentException extends KvException {

  private static final long serialVersionUID = 1L;

  /**
   * Makes the exception.
   *
   * @param message names the thing at fault and what to do
   */
  public NotSentException(String message) {
    this(message, null);
  }

  /**
   * Makes the exception with its cause.
   *
   * @param message names the thing at fault and what to do
   * @param cause what was caught, or null
   */
  public NotSentException(String message, Throwable cause) {
    super(message, cause, Outcome.NOT_APPLIED);
  }
}
