package io.bitkv.server;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;

/**
 * How far a connection is from its end. Used by its event loop only.
 *
 * <p>A connection is open until either side wants no more requests to be read. Then what waits is
 * sent, this side is closed, and the client's end is awaited for a moment: if both were closed
 * while bytes of the client lie unread, its system would drop the last replies.
 */
final class ClientStage {

  private enum Stage {
    OPEN,
    /** Nothing more is read, what waits is still being sent. */
    ENDING,
    /** All is handed to the channel, and will be sent. */
    FLUSHING,
    /** All is sent, and the client's end is awaited. */
    LINGERING,
    CLOSED
  }

  private final Channel channel;
  private final ServerContext server;
  private Stage stage = Stage.OPEN;
  private boolean isInputEnded;
  private long lingeringSince;

  ClientStage(Channel channel, ServerContext server) {
    this.channel = channel;
    this.server = server;
  }

  /** Whether requests are read. */
  boolean isOpen() {
    return stage == Stage.OPEN;
  }

  /** Whether nothing more is read, and not everything is sent. */
  boolean isEnding() {
    return stage == Stage.ENDING || stage == Stage.FLUSHING;
  }

  boolean isLingering() {
    return stage == Stage.LINGERING;
  }

  boolean isClosed() {
    return stage == Stage.CLOSED;
  }

  /** The {@link System#nanoTime} at which all was sent. */
  long lingeringSince() {
    return lingeringSince;
  }

  /** Whether the client has closed its side. */
  boolean isInputEnded() {
    return isInputEnded;
  }

  /** Notes that the client has closed its side. */
  void inputEnded() {
    isInputEnded = true;
    if (stage == Stage.LINGERING) {
      close();
    }
  }

  /** Reads no more requests. */
  void end() {
    if (stage == Stage.OPEN) {
      stage = Stage.ENDING;
    }
  }

  /** Notes that all that waited was handed to the channel. */
  void handedOver() {
    if (stage == Stage.ENDING) {
      stage = Stage.FLUSHING;
      channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(sent -> linger());
    }
  }

  /** Closes the connection, whatever waits. */
  void close() {
    stage = Stage.CLOSED;
    channel.close();
  }

  private void linger() {
    if (stage != Stage.FLUSHING || isInputEnded || server.isStopping()) {
      close();
      return;
    }
    stage = Stage.LINGERING;
    lingeringSince = System.nanoTime();
    SslHandler tls = channel.pipeline().get(SslHandler.class);
    if (tls == null) {
      ((DuplexChannel) channel).shutdownOutput();
    } else {
      tls.closeOutbound().addListener(said -> ((DuplexChannel) channel).shutdownOutput());
    }
    channel.config().setAutoRead(true);
  }
}
