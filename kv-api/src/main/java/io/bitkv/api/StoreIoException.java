package io.bitkv.api;

/**
 * The file system refused a call; the message names the file. A failed read says nothing about the key: it is not absent.
 *
 * {@snippet file="io/bitkv/api/FailureSnippetsTest.java" region="writing"}
 */
public final class StoreIoException extends KvException {

  private static final long serialVersionUID = 1L;

  /**
   * Makes the exception.
   *
   * @param message names the thing at fault and what to do
   */
  public StoreIoException(String message) {
    this(message, null);
  }

  /**
   * Makes the exception with its cause.
   *
   * @param message names the thing at fault and what to do
   * @param cause what was caught, or null
   */
  public StoreIoException(String message, Throwable cause) {
    super(message, cause, Outcome.NOT_APPLIED);
  }
}
