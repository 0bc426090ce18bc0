package io.bitkv.server;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import io.netty.channel.group.ChannelGroup;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * Puts a new connection's pipeline together, or turns the connection away when there are too many.
 */
final class ClientInitializer extends ChannelInitializer<Channel> {

  private static final byte[] TOO_MANY =
      "-ERR max number of clients reached\r\n".getBytes(StandardCharsets.US_ASCII);

  private final ServerContext server;
  private final Map<EventLoop, Worker> workers;
  private final ChannelGroup channels;
  private final Optional<TlsIdentity> tls;

  /**
   * Makes the initializer of all connections.
   *
   * @param server what they share
   * @param workers what those of an event loop share
   * @param channels where open ones are noted
   * @param tls what encrypts them, if anything does
   */
  ClientInitializer(
      ServerContext server,
      Map<EventLoop, Worker> workers,
      ChannelGroup channels,
      Optional<TlsIdentity> tls) {
    this.server = server;
    this.workers = workers;
    this.channels = channels;
    this.tls = tls;
  }

  @Override
  protected void initChannel(Channel channel) {
    Connection connection =
        new Connection(
            server.clients().nextId(), channel, server.users().defaultAccount());
    if (ProtectedMode.refuses(
        server.options().current(), server.users(), channel.remoteAddress())) {
      turnAway(channel, ProtectedMode.REFUSAL);
      return;
    }
    if (server.clients().count() >= server.options().current().get(Settings.MAX_CLIENTS)) {
      turnAway(channel, TOO_MANY);
      return;
    }
    // Handshakes compute much, so they are kept off the event loop.
    tls.map(
            identity ->
                identity.context().newHandler(channel.alloc(), Thread::startVirtualThread))
        .ifPresent(channel.pipeline()::addLast);
    server.clients().add(connection);
    channels.add(channel);
    channel.pipeline().addLast(new ClientHandler(workers.get(channel.eventLoop()), connection));
  }

  private void turnAway(Channel channel, byte[] reply) {
    server.clients().rejected();
    if (tls.isPresent()) {
      channel.close();
      return;
    }
    channel
        .writeAndFlush(Unpooled.wrappedBuffer(reply))
        .addListener(ChannelFutureListener.CLOSE);
  }
}
