package io.bitkv.client;

import io.bitkv.codec.resp.ProtocolException;
import io.bitkv.codec.resp.Reply;
import io.bitkv.codec.resp.ReplyLimits;
import io.bitkv.codec.resp.ReplyParser;
import java.io.EOFException;
import java.io.IOException;
import java.util.function.Consumer;

/** The receiving half of a connection: the bytes that arrived and are not understood yet. Used by whoever holds the reading role. */
final class Incoming {

  /** Room for the longest line, and a good deal of a pipeline's replies. */
  private static final int BUFFER_BYTES = 128 << 10;

  /** How many buffers are read before others get their turn. */
  private static final int ROUNDS = 16;

  private final Wire wire;
  private final ReplyParser parser = new ReplyParser(ReplyLimits.DEFAULT);
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private int from;
  private int to;

  Incoming(Wire wire) {
    this.wire = wire;
  }

  /**
   * Reads what has arrived.
   *
   * @param replies takes each complete reply
   * @throws EOFException if the server closed the connection
   * @throws ProtocolException if the bytes are no replies
   */
  void read(Consumer<Reply> replies) throws IOException {
    for (int round = 0; round < ROUNDS; round++) {
      int wanted = buffer.length - to;
      int count = wire.read(buffer, to, wanted);
      if (count < 0) {
        throw new EOFException("the server closed the connection");
      }
      to += count;
      parse(replies);
      if (count < wanted && !wire.hasUnread()) {
        return;
      }
    }
  }

  private void parse(Consumer<Reply> replies) {
    while (parser.parse(buffer, from, to)) {
      from = parser.next();
      replies.accept(parser.reply());
    }
    from = parser.next();
    if (from == to) {
      from = 0;
      to = 0;
    } else if (from > 0) {
      System.arraycopy(buffer, from, buffer, 0, to - from);
      to -= from;
      from = 0;
    }
  }
}
