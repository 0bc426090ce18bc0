package io.bitkv.server;

/** A request to a running server failed; the message says why and what to do. */
final class RemoteException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  RemoteException(String message, Throwable cause) {
    super(message, cause);
  }
}
