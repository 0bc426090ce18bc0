package io.bitkv.client;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/**
 * A channel whose bytes are in clear.
 *
 * @param channel the channel, which does not block
 */
record PlainWire(SocketChannel channel) implements Wire {

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    return channel.read(ByteBuffer.wrap(target, offset, length));
  }

  @Override
  public int write(byte[] source, int offset, int length) throws IOException {
    return channel.write(ByteBuffer.wrap(source, offset, length));
  }

  @Override
  public boolean flush() {
    return true;
  }

  @Override
  public boolean hasUnread() {
    return false;
  }
}
