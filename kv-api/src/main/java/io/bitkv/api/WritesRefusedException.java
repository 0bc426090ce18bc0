package io.bitkv.api;

/**
 * The store takes no writes at present and goes on reading; this write was not applied.
 *
 * {@snippet file="io/bitkv/api/FailureSnippetsTest.java" region="writing"}
 */
public final class WritesRefusedException extends KvException {

  private static final long serialVersionUID = 1L;

  /** Why a store refuses writes. */
  public enum Reason {
    /** It was opened for reading only. */
    READ_ONLY,
    /** The disk, a quota or the configured size is full; writes resume by themselves once there is space. */
    DISK_FULL,
    /** A write or a sync failed; the store must be closed and opened again. */
    POISONED
  }

  /** Why writes are refused. */
  private final Reason reason;

  /**
   * Makes the exception.
   *
   * @param reason why writes are refused
   * @param message names the thing at fault and what to do
   * @param cause what was caught, or null
   */
  public WritesRefusedException(Reason reason, String message, Throwable cause) {
    super(message, cause, Outcome.NOT_APPLIED);
    this.reason = reason;
  }

  /**
   * Tells why writes are refused.
   *
   * @return the reason
   */
  public Reason reason() {
    return reason;
  }
}
