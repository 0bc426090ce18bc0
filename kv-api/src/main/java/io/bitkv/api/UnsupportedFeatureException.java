package io.bitkv.api;

/**
 * The store or the server at the other end lacks what was asked of it; nothing was changed.
 *
 * {@snippet file="io/bitkv/api/FailureSnippetsTest.java" region="impossible"}
 */
public final class UnsupportedFeatureException extends KvException {

  private static final long serialVersionUID = 1L;

  /**
   * Makes the exception.
   *
   * @param message names the thing at fault and what to do
   */
  public UnsupportedFeatureException(String message) {
    this(message, null);
  }

  /**
   * Makes the exception with its cause.
   *
   * @param message names the thing at fault and what to do
   * @param cause what was caught, or null
   */
  public UnsupportedFeatureException(String message, Throwable cause) {
    super(message, cause, Outcome.NOT_APPLIED);
  }
}
