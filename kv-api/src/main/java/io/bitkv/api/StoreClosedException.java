package io.bitkv.api;

/**
 * The store was closed before the operation began; nothing was changed.
 *
 * {@snippet file="io/bitkv/api/FailureSnippetsTest.java" region="writing"}
 */
public final class StoreClosedException extends KvException {

  private static final long serialVersionUID = 1L;

  /**
   * Makes the exception.
   *
   * @param message names the thing at fault and what to do
   */
  public StoreClosedException(String message) {
    this(message, null);
  }

  /**
   * Makes the exception with its cause.
   *
   * @param message names the thing at fault and what to do
   * @param cause what was caught, or null
   */
  public StoreClosedException(String message, Throwable cause) {
    super(message, cause, Outcome.NOT_APPLIED);
  }
}
