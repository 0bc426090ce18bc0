package io.bitkv.client;

import io.bitkv.api.LimitExceededException;
import io.bitkv.codec.resp.ByteArrayOutput;
import io.bitkv.codec.resp.RequestWriter;

/**
 * A buffer and what writes requests into it.
 *
 * @param bytes the buffer, which grows
 * @param writer writes to its end
 */
record RequestBuffer(ByteArrayOutput bytes, RequestWriter writer) {

  private static final int FIRST_BYTES = 8 << 10;

  /** A buffer that a large request has made longer than this is given up after it. */
  private static final int KEPT_BYTES = 1 << 20;

  /** How many bytes are worth being sent at once, though others may have more to add. */
  private static final int PLENTY_BYTES = 64 << 10;

  /** A buffer without requests. */
  static RequestBuffer empty() {
    ByteArrayOutput bytes = new ByteArrayOutput(FIRST_BYTES);
    return new RequestBuffer(bytes, new RequestWriter(bytes));
  }

  /** A buffer without requests in the place of this one, whose requests were sent. */
  RequestBuffer emptied() {
    if (bytes.array().length > KEPT_BYTES) {
      return empty();
    }
    bytes.position(0);
    return this;
  }

  /**
   * Writes a request.
   *
   * @return how many replies it will have
   * @throws RuntimeException what the request's writer throws; nothing was written then
   */
  int write(Request<?> request, ServerInfo server) {
    int start = bytes.position();
    int end = start;
    try {
      int replies = request.writer().write(writer, server);
      end = bytes.position();
      return replies;
    } catch (IllegalStateException e) {
      throw new LimitExceededException("a request of more than " + Integer.MAX_VALUE + " bytes cannot be sent: make it smaller", e);
    } finally {
      bytes.position(end);
    }
  }

  /** How many bytes of requests it holds. */
  int length() {
    return bytes.position();
  }

  /** Whether it is not worth waiting for more requests. */
  boolean isPlenty() {
    return bytes.position() >= PLENTY_BYTES;
  }
}
