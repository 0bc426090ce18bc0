package io.bitkv.api;

/**
 * The server understood the request and said no; it was not applied.
 *
 * {@snippet file="io/bitkv/api/FailureSnippetsTest.java" region="remote"}
 */
public final class RejectedException extends KvException {

  private static final long serialVersionUID = 1L;

  /** The first word of the server's error. */
  private final String code;

  /**
   * Makes the exception.
   *
   * @param code the first word of the server's error, for example {@code WRONGTYPE}
   * @param message the server's whole error text
   */
  public RejectedException(String code, String message) {
    super(message, null, Outcome.NOT_APPLIED);
    this.code = code;
  }

  /**
   * Names the kind of refusal.
   *
   * @return the first word of the server's error
   */
  public String code() {
    return code;
  }
}
