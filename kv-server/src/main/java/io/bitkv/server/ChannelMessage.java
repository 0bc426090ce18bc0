package io.bitkv.server;

import io.bitkv.codec.resp.ReplyWriter;
import java.nio.ByteBuffer;

/**
 * A message of a channel, on its way to the subscribers of the channel or of a pattern.
 *
 * @param pattern the pattern that matched the channel; null for the channel's own subscribers
 * @param channel the channel
 * @param payload what it says
 */
record ChannelMessage(byte[] pattern, byte[] channel, byte[] payload) implements Push {

  private static final int FRAME_BYTES = 64;

  @Override
  public int size() {
    return FRAME_BYTES + channel.length + payload.length;
  }

  @Override
  public void write(Connection receiver, ReplyWriter reply) {
    if (pattern == null) {
      if (receiver.subscriptions().channels().contains(ByteBuffer.wrap(channel))) {
        reply.writePushHeader(3);
        reply.writeBulk("message");
        reply.writeBulk(channel);
        reply.writeBulk(payload);
      }
    } else if (receiver.subscriptions().patterns().contains(ByteBuffer.wrap(pattern))) {
      reply.writePushHeader(4);
      reply.writeBulk("pmessage");
      reply.writeBulk(pattern);
      reply.writeBulk(channel);
      reply.writeBulk(payload);
    }
  }
}
