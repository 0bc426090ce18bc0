package io.bitkv.server;

/**
 * Recognizes requests that a web browser was tricked into sending here: it can only send lines of
 * text, and the first ones are always the same.
 */
final class CrossProtocol {

  private static final String HTTP_VERSION = "HTTP/";

  private CrossProtocol() {}

  /** Whether a line is the first of an HTTP request, or its {@code Host} header. */
  static boolean isHttp(Arguments line) {
    if (line.is(0, "POST") || line.is(0, "HOST:")) {
      return true;
    }
    return line.count() == 3 && line.text(2, HTTP_VERSION.length()).equals(HTTP_VERSION);
  }
}
