package io.bitkv.client;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/**
 * An open channel to a server that has said who it is.
 *
 * @param address the server's host and port, for messages
 * @param channel the channel, which does not block
 * @param selector waits for the channel, and for nothing else
 * @param wire the channel's bytes
 * @param server what the server said of itself
 */
record Link(String address, SocketChannel channel, Selector selector, Wire wire, ServerInfo server) {

  /** The channel's key, by which it is told what to wait for. */
  SelectionKey key() {
    return channel.keyFor(selector);
  }

  /** Closes the channel; what was not sent is lost. */
  void close() {
    close(channel, selector);
  }

  /** Closes a channel and its selector, as far as there is one; nothing can be done about a failure to close. */
  static void close(SocketChannel channel, Selector selector) {
    try (selector;
        channel) {
      return;
    } catch (IOException e) {
      return;
    }
  }
}
