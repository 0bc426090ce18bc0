package io.bitkv.codec.resp;

/**
 * The peer broke the protocol: bytes that are no request or reply, a length beyond its limit, or a
 * reply of another type than the command has.
 *
 * <p>When a parser throws it, where the next frame begins is no longer known: close the connection.
 * Everything parsed before it is sound.
 */
public final class ProtocolException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param detail what was wrong, such as {@code invalid bulk length}; the message puts {@code
   *     Protocol error: } before it
   */
  public ProtocolException(String detail) {
    super("Protocol error: " + detail);
  }

  /**
   * The text of the error reply that tells the peer, without the leading {@code -} and the line
   * end.
   *
   * @return {@code ERR } and the message
   */
  public String replyText() {
    return "ERR " + getMessage();
  }

  /**
   * A byte as messages show it: line ends as a blank, as Redis does, others beyond ASCII in hex.
   */
  static String quoted(byte b) {
    if (b == '\r' || b == '\n') {
      return "' '";
    }
    return b >= ' ' && b < 0x7f ? "'" + (char) b + "'" : String.format("'\\x%02x'", b);
  }
}
