package io.bitkv.api;

/**
 * The request was sent and no usable reply came back: it may or may not have been applied.
 *
 * {@snippet file="io/bitkv/api/FailureSnippetsTest.java" region="remote"}
 */
public final class OutcomeUnknownException extends KvException {

  private static final long serialVersionUID = 1L;

  /**
   * Makes the exception.
   *
   * @param message names the thing at fault and what to do
   */
  public OutcomeUnknownException(String message) {
    this(message, null);
  }

  /**
   * Makes the exception with its cause.
   *
   * @param message names the thing at fault and what to do
   * @param cause what was caught, or null
   */
  public OutcomeUnknownException(String message, Throwable cause) {
    super(message, cause, Outcome.UNKNOWN);
  }
}
