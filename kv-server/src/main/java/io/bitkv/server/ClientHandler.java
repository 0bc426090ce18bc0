package io.bitkv.server;

import io.bitkv.codec.resp.ProtocolException;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves one connection's bytes: has each request that arrives answered, and sends the replies of
 * all that arrived together at once. It stops reading while the client does not take its replies,
 * or while too many of them wait for the disk.
 *
 * <p>Everything here runs on the connection's event loop.
 */
final class ClientHandler extends ChannelInboundHandlerAdapter {

  private static final Logger LOG = LoggerFactory.getLogger(ClientHandler.class);

  private final Worker worker;
  private final Connection connection;
  private final Channel channel;
  private final RequestReader requests;
  private final ReplyFlow replies;
  private final ClientStage stage;
  private final ClientDeadlines deadlines = new ClientDeadlines();

  ClientHandler(Worker worker, Connection connection) {
    this.worker = worker;
    this.connection = connection;
    channel = connection.channel();
    requests = new RequestReader(options().requestLimits(), worker.input());
    stage = new ClientStage(channel, worker.server());
    replies = new ReplyFlow(worker, connection, stage, this::resume);
    connection.mailbox().onMail(this::push);
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    worker.clients().add(this);
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf bytes = (ByteBuf) message;
    if (!stage.isOpen()) {
      bytes.release();
      return;
    }
    worker.stats().received(bytes.readableBytes());
    requests.add(bytes);
    answer();
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    connection.lastNanos(worker.nowNanos());
    replies.send();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    // Later, since this may be called in the midst of sending.
    if (channel.isWritable() && replies.isWaiting()) {
      worker.loop().execute(this::resume);
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof ChannelInputShutdownEvent) {
      stage.inputEnded();
      if (!replies.isPaused()) {
        end();
      }
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    stage.close();
    replies.outbound().clear();
    connection.mailbox().close();
    worker.server().channels().leave(connection);
    worker.server().monitors().remove(connection);
    worker.server().changes().tracking().end(connection);
    worker.clients().remove(this);
    worker.server().clients().remove(connection);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    ClientFaults.log(connection, cause);
    stage.close();
  }

  /** Sends what may be sent now, and goes on with requests that had to wait. */
  void resume() {
    replies.send();
    if (replies.unpause()) {
      answer();
      replies.send();
      if (!replies.isPaused()) {
        channel.config().setAutoRead(true);
      }
    }
  }

  /** Sends what was left for the client to be pushed to it. */
  private void push() {
    if (!stage.isOpen()) {
      return;
    }
    try {
      replies.writePushes();
    } catch (ClientLimitException e) {
      closeFor(e.getMessage());
    }
    replies.take();
    replies.send();
  }

  /** Reads no more requests, and closes once the replies so far are sent. */
  void end() {
    stage.end();
    replies.send();
  }

  /** Closes the connection if one of its deadlines has passed. */
  void everySecond(long now) {
    deadlines.passed(this, options(), now).ifPresent(this::closeFor);
  }

  Connection connection() {
    return connection;
  }

  /** What has arrived and is not answered. */
  RequestReader requests() {
    return requests;
  }

  ReplyFlow replies() {
    return replies;
  }

  /** How far it is from its end. */
  ClientStage stage() {
    return stage;
  }

  /** Answers requests until there is no whole one left, or the connection must pause or end. */
  private void answer() {
    worker.call().begin(connection);
    worker.replyBuffer().limit(options().outputLimit().hardBytes());
    requests.limits(options().requestLimits());
    int before = requests.size();
    try {
      answerWholeRequests();
    } catch (ProtocolException e) {
      refuse(e);
    } catch (ClientLimitException e) {
      closeFor(e.getMessage());
    }
    replies.take();
    requests.keep();
    deadlines.parsed(replies.isPaused() ? 0 : requests.size(), requests.size() < before);
    if (requests.size() > options().queryLimit()) {
      closeFor(Settings.QUERY_LIMIT.name() + " was reached");
    }
    if (connection.isEnding() || (stage.isInputEnded() && !replies.isPaused())) {
      end();
    }
  }

  private void answerWholeRequests() {
    replies.pauseIfCongested();
    while (stage.isOpen()
        && !replies.isPaused()
        && !connection.isEnding()
        && requests.next(connection.isAuthenticated())) {
      if (requests.isHttp()) {
        closeFor("it sent an HTTP request");
        return;
      }
      if (worker.server().pause().holds(connection, requests.arguments())) {
        requests.putBack();
        replies.stopReading();
        return;
      }
      worker.call().dispatcher().dispatch(worker.call(), requests.arguments());
      holdIfAsked();
      if (worker.replyBuffer().size() >= ReplyBuffer.CHUNK_BYTES) {
        replies.take();
        replies.pauseIfCongested();
      }
    }
  }

  private void holdIfAsked() {
    long millis = connection.takeHold();
    if (millis > 0) {
      String host = connection.remoteHost();
      replies.hold(millis, () -> worker.server().throttle().released(host));
    }
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
    if (!stage.isClosed()) {
      LOG.info(
          "The client {} from {} is closed: {}.",
          connection.id(),
          connection.remoteAddress(),
          reason);
      replies.outbound().clear();
      stage.close();
    }
  }

  private LiveOptions options() {
    return worker.server().options();
  }
}
