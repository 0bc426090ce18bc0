package io.bitkv.server;

import io.bitkv.api.InvalidOptionException;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Optional;

/** The ports that clients connect to: one in clear, one for encrypted connections, or either. */
final class Listeners {

  private static final WriteBufferWaterMark WATER_MARK =
      new WriteBufferWaterMark(64 << 10, 128 << 10);

  private final ServerOptions options;
  private final EventLoopGroup loops;
  private Optional<Channel> plain = Optional.empty();
  private Optional<Channel> encrypted = Optional.empty();

  /**
   * Makes them; {@link #open} and {@link #openTls} have them listen.
   *
   * @param options where to listen
   * @param loops what serves the connections
   */
  Listeners(ServerOptions options, EventLoopGroup loops) {
    this.options = options;
    this.loops = loops;
  }

  /**
   * Finds out whether all addresses can be listened on, before anything is opened.
   *
   * @throws InvalidOptionException naming the one that cannot
   */
  static void probe(ServerOptions options) {
    if (!isOn(options, Settings.PORT) && !isOn(options, TlsSettings.TLS_PORT)) {
      throw new InvalidOptionException("port: it cannot be off unless there is a tls-port");
    }
    for (Setting<Integer> port : List.of(Settings.PORT, TlsSettings.TLS_PORT)) {
      if (isOn(options, port)) {
        probe(address(options, port));
      }
    }
    if (isOn(options, HttpSettings.HTTP_PORT)) {
      String host = options.get(HttpSettings.HTTP_BIND);
      probe(new InetSocketAddress(host, options.get(HttpSettings.HTTP_PORT)));
    }
  }

  private static void probe(InetSocketAddress address) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(address);
    } catch (IOException e) {
      throw cannotListen(address, e);
    }
  }

  /** Whether a port is to be listened on. */
  static boolean isOn(ServerOptions options, Setting<Integer> port) {
    return options.get(port) != Setting.OFF;
  }

  /** Listens for connections in clear, if that is wanted. */
  void open(ClientInitializer initializer) {
    plain = listen(Settings.PORT, initializer);
  }

  /** Listens for encrypted connections, if that is wanted. */
  void openTls(ClientInitializer initializer) {
    encrypted = listen(TlsSettings.TLS_PORT, initializer);
  }

  /** Where connections in clear are accepted. */
  Optional<InetSocketAddress> plainAddress() {
    return plain.map(listener -> (InetSocketAddress) listener.localAddress());
  }

  /** Where encrypted connections are accepted. */
  Optional<InetSocketAddress> tlsAddress() {
    return encrypted.map(listener -> (InetSocketAddress) listener.localAddress());
  }

  /** Accepts no more connections. */
  void close() {
    plain.ifPresent(listener -> listener.close().awaitUninterruptibly());
    encrypted.ifPresent(listener -> listener.close().awaitUninterruptibly());
  }

  private Optional<Channel> listen(Setting<Integer> port, ClientInitializer initializer) {
    if (!isOn(options, port)) {
      return Optional.empty();
    }
    InetSocketAddress address = address(options, port);
    Transport transport = options.get(Settings.TRANSPORT);
    int keepAliveSeconds = options.get(Settings.TCP_KEEPALIVE);
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(loops)
            .channel(transport.serverChannel())
            .option(ChannelOption.SO_BACKLOG, options.get(Settings.TCP_BACKLOG))
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.SO_KEEPALIVE, keepAliveSeconds > 0)
            .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
            .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK)
            .childHandler(initializer);
    if (keepAliveSeconds > 0) {
      bootstrap.childOption(transport.keepAliveIdle(), keepAliveSeconds);
    }
    ChannelFuture bound = bootstrap.bind(address).awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw cannotListen(address, bound.cause());
    }
    return Optional.of(bound.channel());
  }

  private static InetSocketAddress address(ServerOptions options, Setting<Integer> port) {
    InetSocketAddress address =
        new InetSocketAddress(options.get(Settings.BIND), options.get(port));
    if (address.isUnresolved()) {
      throw new InvalidOptionException(
          "bind: the address " + options.get(Settings.BIND) + " is not known");
    }
    return address;
  }

  private static InvalidOptionException cannotListen(InetSocketAddress address, Throwable cause) {
    return new InvalidOptionException(
        "cannot listen on "
            + address.getAddress().getHostAddress()
            + ":"
            + address.getPort()
            + ": "
            + cause.getMessage()
            + "; choose another port or bind, or stop what listens there",
        cause);
  }
}
