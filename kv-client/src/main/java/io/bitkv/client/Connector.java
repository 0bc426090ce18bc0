package io.bitkv.client;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/** Opens links to one server: resolves its name, connects, encrypts, and says hello. Blocks, up to the time allowed for connecting. */
final class Connector {

  private final ClientOptions options;

  Connector(ClientOptions options) {
    this.options = options;
  }

  /**
   * Opens a link to the first of the server's addresses that answers.
   *
   * @throws IOException if none does in time
   * @throws io.bitkv.api.RejectedException if the server refuses the client
   */
  Link open() throws IOException {
    long deadline = System.nanoTime() + options.timing().connectNanos();
    IOException failure = null;
    for (InetAddress address : InetAddress.getAllByName(options.target().host())) {
      try {
        return open(new InetSocketAddress(address, options.target().port()), deadline);
      } catch (IOException e) {
        if (failure != null) {
          e.addSuppressed(failure);
        }
        failure = e;
      }
    }
    throw new IOException("no connection to " + options.target().address() + ": " + Failures.text(failure), failure);
  }

  private Link open(InetSocketAddress address, long deadline) throws IOException {
    SocketChannel channel = SocketChannel.open();
    Selector selector = null;
    try {
      selector = Selector.open();
      channel.configureBlocking(false);
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
      Readiness readiness = new Readiness(selector, channel.register(selector, 0), deadline);
      if (!channel.connect(address)) {
        readiness.await(SelectionKey.OP_CONNECT);
        channel.finishConnect();
      }
      if (channel.getLocalAddress().equals(channel.getRemoteAddress())) {
        // TCP connects a socket to itself when it happens to choose the port it calls on its own machine.
        throw new ConnectException("Connection refused");
      }
      Wire wire = options.target().tls() == null ? new PlainWire(channel) : TlsWire.handshake(channel, options.target(), readiness);
      ServerInfo server = new Handshake(wire, readiness).run(options);
      readiness.key().interestOps(SelectionKey.OP_READ);
      return new Link(options.target().address(), channel, selector, wire, server);
    } catch (IOException | RuntimeException e) {
      Link.close(channel, selector);
      throw e;
    }
  }

  /**
   * Waits for a channel that nobody else uses yet.
   *
   * @param selector waits
   * @param key the channel's key
   * @param deadline when it must be ready, by {@link System#nanoTime}
   */
  record Readiness(Selector selector, SelectionKey key, long deadline) {

    /** Waits until the channel is ready for an operation. */
    void await(int operation) throws IOException {
      key.interestOps(operation);
      do {
        long left = deadline - System.nanoTime();
        if (left <= 0) {
          throw new SocketTimeoutException("no answer within the time allowed for connecting");
        }
        selector.select(Math.max(1, left / 1_000_000));
        selector.selectedKeys().clear();
      } while ((key.readyOps() & operation) == 0);
    }
  }
}
