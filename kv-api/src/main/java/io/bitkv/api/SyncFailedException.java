package io.bitkv.api;

/**
 * A write is in the log but the disk did not confirm it: it survives the death of the process, perhaps not the loss of power.
 *
 * {@snippet file="io/bitkv/api/FailureSnippetsTest.java" region="writing"}
 */
public final class SyncFailedException extends KvException {

  private static final long serialVersionUID = 1L;

  /**
   * Makes the exception.
   *
   * @param message names the thing at fault and what to do
   */
  public SyncFailedException(String message) {
    this(message, null);
  }

  /**
   * Makes the exception with its cause.
   *
   * @param message names the thing at fault and what to do
   * @param cause what was caught, or null
   */
  public SyncFailedException(String message, Throwable cause) {
    super(message, cause, Outcome.UNKNOWN);
  }
}
