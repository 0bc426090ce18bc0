package io.bitkv.server;

import io.bitkv.codec.resp.ProtocolException;
import io.bitkv.codec.resp.RequestParser;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves one connection's bytes: parses what arrives, has each request answered, and sends the
 * replies of all that arrived together at once. It stops reading while the client does not take its
 * replies, or while too many wait for the disk.
 *
 * <p>Everything here runs on the connection's event loop.
 */
final class ClientHandler extends ChannelInboundHandlerAdapter {

  /** How much may wait for a client that has not authenticated. */
  private static final int UNAUTHENTICATED_OUTPUT_BYTES = 64 << 10;

  private static final Logger LOG = LoggerFactory.getLogger(ClientHandler.class);

  /** The stages of a connection. */
  private enum Stage {
    /** Requests are read and answered. */
    OPEN,
    /** Nothing more is read, what waits is still being sent. */
    ENDING,
    /**
     * All is sent, and the client's end of the connection is awaited, lest its unread bytes reset
     * the connection.
     */
    LINGERING,
    /** The connection is closed. */
    CLOSED
  }

  private final Worker worker;
  private final Connection connection;
  private final Channel channel;
  private final RequestParser parser;
  private final Arguments arguments = new Arguments();
  private final Inbound inbound;
  private final Outbound outbound;
  private final ClientDeadlines deadlines = new ClientDeadlines();
  private Stage stage = Stage.OPEN;
  private boolean isPaused;
  private boolean isInputEnded;
  private boolean isAwaitingDisk;
  private boolean isFinishing;

  ClientHandler(Worker worker, Connection connection) {
    this.worker = worker;
    this.connection = connection;
    channel = connection.channel();
    parser = new RequestParser(worker.server().options().requestLimits());
    inbound = new Inbound(worker.input());
    outbound = new Outbound(channel);
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    worker.clients().add(this);
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf bytes = (ByteBuf) message;
    if (stage != Stage.OPEN) {
      bytes.release();
      return;
    }
    worker.stats().received(bytes.readableBytes());
    inbound.add(bytes, parser.missing());
    answer();
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    connection.lastNanos(worker.nowNanos());
    send();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    // Later, since this may be called in the midst of sending.
    if (channel.isWritable() && (isPaused || !outbound.isEmpty())) {
      worker.loop().execute(this::resume);
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof ChannelInputShutdownEvent) {
      isInputEnded = true;
      if (stage == Stage.LINGERING) {
        channel.close();
      } else if (!isPaused) {
        end();
      }
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    stage = Stage.CLOSED;
    outbound.clear();
    worker.clients().remove(this);
    worker.server().clients().remove(connection);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (cause instanceof IOException) {
      LOG.debug(
          "The connection {} from {} broke: {}",
          connection.id(),
          connection.remoteAddress(),
          cause.getMessage());
    } else {
      LOG.error(
          "The connection {} from {} is closed after a fault.",
          connection.id(),
          connection.remoteAddress(),
          cause);
    }
    channel.close();
  }

  /** Sends what may be sent now, and goes on with requests that had to wait. */
  void resume() {
    isAwaitingDisk = false;
    send();
    if (isPaused && stage == Stage.OPEN && !isCongested()) {
      isPaused = false;
      answer();
      send();
      if (!isPaused) {
        channel.config().setAutoRead(true);
      }
    }
  }

  /**
   * Gives the connection up because its writes could not be brought to stable storage: whether they
   * last is not known.
   */
  void syncFailed(Throwable failure) {
    isAwaitingDisk = false;
    outbound.clear();
    worker.call().begin(connection);
    worker
        .call()
        .reply()
        .writeError("MISCONF writes could not be synced to disk: " + failure.getMessage());
    drain();
    end();
  }

  /** Reads no more requests, and closes once the replies so far are sent. */
  void end() {
    if (stage == Stage.OPEN) {
      stage = Stage.ENDING;
      send();
    }
  }

  /** Closes the connection if one of its deadlines has passed. */
  void everySecond(long now) {
    deadlines.passed(this, worker.server().options(), now).ifPresent(this::closeFor);
  }

  /** What the server knows of the client. */
  Connection connection() {
    return connection;
  }

  /** What has arrived and is not parsed. */
  Inbound inbound() {
    return inbound;
  }

  /** What is to be sent. */
  Outbound outbound() {
    return outbound;
  }

  /** Whether nothing more is read and what waits is still being sent. */
  boolean isEnding() {
    return stage == Stage.ENDING;
  }

  /** Whether all replies are sent and only the client's end of the connection is awaited. */
  boolean isLingering() {
    return stage == Stage.LINGERING;
  }

  /** Whether what waits, waits for the disk and not for the client. */
  boolean isAwaitingDisk() {
    return isAwaitingDisk;
  }

  /**
   * Parses and answers requests until there is no whole one left, or the connection must pause or
   * end.
   */
  private void answer() {
    worker.call().begin(connection);
    worker.replies().limit(worker.server().options().outputLimit().hardBytes());
    parser.limits(worker.server().options().requestLimits());
    pauseIfCongested();
    int start = inbound.from();
    try {
      answerWholeRequests();
    } catch (ProtocolException e) {
      refuse(e);
    } catch (ClientLimitException e) {
      closeFor(e.getMessage());
    }
    drain();
    inbound.keep();
    deadlines.parsed(isPaused ? 0 : inbound.size(), inbound.from() != start);
    if (inbound.size() > worker.server().options().current().get(Settings.QUERY_LIMIT)) {
      closeFor(Settings.QUERY_LIMIT.name() + " was reached");
    }
    if (connection.isEnding() || (isInputEnded && !isPaused)) {
      end();
    }
  }

  private void answerWholeRequests() {
    byte[] buffer = inbound.array();
    while (stage == Stage.OPEN && !isPaused && !connection.isEnding()) {
      parser.authenticationRequired(!connection.isAuthenticated());
      boolean isWhole = parser.parse(buffer, inbound.from(), inbound.to());
      inbound.parsedTo(parser.next());
      if (!isWhole) {
        return;
      }
      arguments.load(parser, buffer);
      if (parser.inline() && CrossProtocol.isHttp(arguments)) {
        closeFor("it sent an HTTP request");
        return;
      }
      worker.call().dispatcher().dispatch(worker.call(), arguments);
      if (worker.replies().size() >= ReplyBuffer.CHUNK_BYTES) {
        drain();
        pauseIfCongested();
      }
    }
  }

  /** Moves the replies so far to where they are sent from. */
  private void drain() {
    boolean mustBeDurable =
        worker.call().takeUsedData() && worker.server().options().isSyncAlways();
    mustBeDurable |= worker.call().takeDurable();
    if (stage == Stage.CLOSED) {
      worker.replies().clear();
      return;
    }
    worker.stats().sent(worker.replies().size());
    outbound.requireDurable(mustBeDurable ? worker.gate().required() : 0);
    worker.replies().drainTo(outbound);
  }

  /** Stops reading when more waits for the client than the soft limit allows. */
  private void pauseIfCongested() {
    if (!isPaused && isCongested()) {
      send();
      if (isCongested()) {
        isPaused = true;
        channel.config().setAutoRead(false);
      }
    }
  }

  private boolean isCongested() {
    long pending = outbound.pendingBytes();
    if (!connection.isAuthenticated() && pending > UNAUTHENTICATED_OUTPUT_BYTES) {
      closeFor("it takes no replies and has not authenticated");
    }
    return pending > worker.server().options().outputLimit().softBytes();
  }

  private void send() {
    if (stage == Stage.CLOSED) {
      return;
    }
    outbound.send(worker.gate().durable());
    if (!isAwaitingDisk && outbound.isHeld(worker.gate().durable())) {
      isAwaitingDisk = true;
      worker.gate().await(this);
    }
    if (stage == Stage.ENDING) {
      finishIfSent();
    }
  }

  private void finishIfSent() {
    if (outbound.isEmpty() && !isFinishing) {
      isFinishing = true;
      channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(sent -> linger());
    }
  }

  /**
   * Closes this side, and awaits the client's: closing both with bytes unread would cost it the
   * last replies.
   */
  private void linger() {
    if (stage != Stage.ENDING || isInputEnded || worker.server().isStopping()) {
      channel.close();
      return;
    }
    stage = Stage.LINGERING;
    deadlines.lingering();
    ((DuplexChannel) channel).shutdownOutput();
    channel.config().setAutoRead(true);
  }

  private void refuse(ProtocolException fault) {
    LOG.info(
        "The client {} from {} is refused: {}",
        connection.id(),
        connection.remoteAddress(),
        fault.getMessage());
    worker.stats().error();
    worker.call().reply().writeError(fault.replyText());
    connection.end();
  }

  private void closeFor(String reason) {
    if (stage != Stage.CLOSED) {
      LOG.info(
          "The client {} from {} is closed: {}.",
          connection.id(),
          connection.remoteAddress(),
          reason);
      stage = Stage.CLOSED;
      outbound.clear();
      channel.close();
    }
  }
}
