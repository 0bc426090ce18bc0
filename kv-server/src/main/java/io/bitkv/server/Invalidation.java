package io.bitkv.server;

import io.bitkv.codec.resp.ReplyWriter;
import io.bitkv.codec.resp.RespVersion;

/**
 * What tells a client that a value it keeps may be out of date.
 *
 * @param key the key that changed; null for all
 * @param isRedirected whether the value is kept by another client than the one that is told
 */
record Invalidation(byte[] key, boolean isRedirected) implements Push {

  private static final int FRAME_BYTES = 48;
  private static final String CHANNEL = "__redis__:invalidate";

  /**
   * What tells a client that nobody is told of its changes.
   *
   * @param redirect the number of the client that should be, and is gone
   */
  record Broken(long redirect) implements Push {

    @Override
    public int size() {
      return FRAME_BYTES;
    }

    @Override
    public void write(Connection receiver, ReplyWriter reply) {
      receiver.trackingState().redirectBroken(true);
      if (reply.version() == RespVersion.RESP3) {
        reply.writePushHeader(2);
        reply.writeBulk("tracking-redir-broken");
        reply.writeInteger(redirect);
      }
    }
  }

  @Override
  public int size() {
    return FRAME_BYTES + (key == null ? 0 : key.length);
  }

  @Override
  public void write(Connection receiver, ReplyWriter reply) {
    if (reply.version() == RespVersion.RESP3) {
      if (isRedirected || receiver.tracking() != null) {
        reply.writePushHeader(2);
        reply.writeBulk("invalidate");
        writeKeys(reply);
      }
    } else if (isRedirected && receiver.isSubscribed()) {
      reply.writePushHeader(3);
      reply.writeBulk("message");
      reply.writeBulk(CHANNEL);
      writeKeys(reply);
    }
  }

  private void writeKeys(ReplyWriter reply) {
    if (key == null) {
      reply.writeNullArray();
    } else {
      reply.writeArrayHeader(1);
      reply.writeBulk(key);
    }
  }
}
