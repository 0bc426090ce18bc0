package io.bitkv.server;

/**
 * A client exceeds a limit that costs it its connection. It carries no stack trace, since the
 * client is at fault.
 */
final class ClientLimitException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * Makes the exception.
   *
   * @param limit the setting whose limit was reached
   */
  ClientLimitException(Setting<?> limit) {
    this(limit.name() + " was reached");
  }

  /**
   * Makes the exception.
   *
   * @param reason what the client did
   */
  ClientLimitException(String reason) {
    super(reason, null, false, false);
  }
}
