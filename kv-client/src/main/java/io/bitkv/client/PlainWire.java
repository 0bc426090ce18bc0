package io.bitkv.client;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** A channel whose bytes are in clear. */
final class PlainWire implements Wire {

  private final SocketChannel channel;

  /** The array that was read to last, as the channel wants it: as a rule it is used again. */
  private ByteBuffer target = ByteBuffer.allocate(0);

  /**
   * Makes the bytes of a channel.
   *
   * @param channel the channel, which does not block
   */
  PlainWire(SocketChannel channel) {
    this.channel = channel;
  }

  @Override
  public int read(byte[] array, int offset, int length) throws IOException {
    if (target.array() != array) {
      target = ByteBuffer.wrap(array);
    }
    return channel.read(target.clear().position(offset).limit(offset + length));
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
