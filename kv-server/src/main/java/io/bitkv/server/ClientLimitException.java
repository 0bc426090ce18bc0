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
    super(limit.name() + " was reached", null, false, false);
  }
}
