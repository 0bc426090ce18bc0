package io.bitkv.server;

import io.bitkv.api.InvalidOptionException;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.ChannelOption;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.uring.IoUring;
import io.netty.channel.uring.IoUringChannelOption;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringServerSocketChannel;
import java.util.Locale;
import jdk.net.ExtendedSocketOptions;

/** How the network is used. */
enum Transport {
  /** The first of the others that this machine has. */
  AUTO,
  /** Linux's io_uring. */
  IO_URING,
  /** Linux's epoll. */
  EPOLL,
  /** What the JDK offers everywhere. */
  NIO;

  /**
   * Finds out whether this machine has this transport; there always is one for {@link #AUTO}, which
   * is not looked for yet.
   *
   * @throws InvalidOptionException if not; the message says why
   */
  void check() {
    if (this != AUTO) {
      resolve();
    }
  }

  /**
   * Settles on a transport of this machine.
   *
   * @return this one, or for {@link #AUTO} the best there is
   * @throws InvalidOptionException if this one is not to be had here; the message says why
   */
  Transport resolve() {
    return switch (this) {
      case AUTO -> IoUring.isAvailable() ? IO_URING : Epoll.isAvailable() ? EPOLL : NIO;
      case IO_URING -> available(IoUring.isAvailable(), IoUring.unavailabilityCause());
      case EPOLL -> available(Epoll.isAvailable(), Epoll.unavailabilityCause());
      case NIO -> this;
    };
  }

  /**
   * Loads what the network needs, of which the native libraries take the most time, so that it is
   * there when a server asks for it: to be called ahead, by another thread.
   */
  static void prepare() {
    AUTO.resolve();
    PooledByteBufAllocator.DEFAULT.directBuffer().release();
  }

  /** Makes what drives this transport's channels. */
  IoHandlerFactory ioHandlers() {
    return switch (resolve()) {
      case IO_URING -> IoUringIoHandler.newFactory();
      case EPOLL -> EpollIoHandler.newFactory();
      default -> NioIoHandler.newFactory();
    };
  }

  /** The class of this transport's listening channels. */
  Class<? extends ServerSocketChannel> serverChannel() {
    return switch (resolve()) {
      case IO_URING -> IoUringServerSocketChannel.class;
      case EPOLL -> EpollServerSocketChannel.class;
      default -> NioServerSocketChannel.class;
    };
  }

  /**
   * The option that says after how many idle seconds TCP asks whether the client is still there.
   */
  ChannelOption<Integer> keepAliveIdle() {
    return switch (resolve()) {
      case IO_URING -> IoUringChannelOption.TCP_KEEPIDLE;
      case EPOLL -> EpollChannelOption.TCP_KEEPIDLE;
      default -> NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPIDLE);
    };
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  private Transport available(boolean isAvailable, Throwable cause) {
    if (!isAvailable) {
      throw new InvalidOptionException(
          "transport: "
              + name().toLowerCase(Locale.ROOT)
              + " is not available here ("
              + cause.getMessage()
              + "); use auto",
          cause);
    }
    return this;
  }
}
