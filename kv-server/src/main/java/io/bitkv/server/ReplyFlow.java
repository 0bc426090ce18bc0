package io.bitkv.server;

import io.netty.channel.Channel;
import java.util.concurrent.TimeUnit;

/**
 * The replies of one connection on their way out: held until the disk has what they tell of, and
 * slowing the client down while it does not take them. Used by the connection's event loop only.
 */
final class ReplyFlow {

  /** How much may wait for a client that has not authenticated. */
  private static final int UNAUTHENTICATED_BYTES = 64 << 10;

  private final Worker worker;
  private final Connection connection;
  private final Channel channel;
  private final Outbound outbound;
  private final ClientStage stage;
  private final Runnable resumption;
  private boolean isPaused;
  private boolean isAwaitingDisk;
  private boolean isHeld;

  /**
   * Makes the flow of a new connection.
   *
   * @param worker what its event loop shares
   * @param connection the connection
   * @param stage how far it is from its end
   * @param resumption what to do once more can be sent
   */
  ReplyFlow(Worker worker, Connection connection, ClientStage stage, Runnable resumption) {
    this.worker = worker;
    this.connection = connection;
    this.stage = stage;
    this.resumption = resumption;
    channel = connection.channel();
    outbound = new Outbound(channel);
  }

  /** Takes what was written into the event loop's reply buffer. */
  void take() {
    boolean mustBeDurable =
        worker.call().takeUsedData() && worker.server().options().isSyncAlways();
    mustBeDurable |= worker.call().takeDurable();
    if (stage.isClosed()) {
      worker.replyBuffer().clear();
      return;
    }
    worker.stats().sent(worker.replyBuffer().size());
    outbound.requireDurable(mustBeDurable ? worker.gate().required() : 0);
    worker.replyBuffer().drainTo(outbound);
  }

  /**
   * Writes what was left for the client to be pushed to it into the event loop's reply buffer.
   *
   * @throws ClientLimitException if more would wait than may
   */
  void writePushes() {
    LiveOptions options = worker.server().options();
    long limit = options.pushLimit().hardBytes();
    worker.call().begin(connection);
    worker.replyBuffer().limit(limit);
    connection.mailbox().take().forEach(push -> push.write(connection, worker.call().reply()));
    if (worker.replyBuffer().size() + outbound.pendingBytes() > limit) {
      throw new ClientLimitException(Settings.OUTPUT_LIMIT);
    }
    if (options.isSyncAlways()) {
      worker.call().requireDurable();
    }
  }

  /** Sends what may be sent now. */
  void send() {
    if (stage.isClosed() || isHeld) {
      return;
    }
    DurabilityGate gate = worker.gate();
    outbound.send(gate.durable());
    if (outbound.heldFor() > gate.durable()) {
      gate.require(outbound.required());
      if (!isAwaitingDisk) {
        isAwaitingDisk = true;
        gate.await(this);
      }
    }
    if (outbound.isEmpty()) {
      stage.handedOver();
    }
  }

  /** Sends what may be sent since the disk has more; the rest of it is in {@code resumption}. */
  void durable() {
    isAwaitingDisk = false;
    resumption.run();
  }

  /**
   * Gives the connection up because its writes could not be synced: whether they last is not known.
   */
  void syncFailed(Throwable failure) {
    isAwaitingDisk = false;
    outbound.clear();
    worker.call().begin(connection);
    worker
        .call()
        .reply()
        .writeError("MISCONF writes could not be synced to disk: " + failure.getMessage());
    take();
    stage.end();
    send();
  }

  /**
   * Stops reading requests when more waits for the client than the soft limit allows.
   *
   * @throws ClientLimitException if that is more than a client that has not authenticated may have
   */
  void pauseIfCongested() {
    if (!connection.isAuthenticated() && outbound.pendingBytes() > UNAUTHENTICATED_BYTES) {
      throw new ClientLimitException("it takes no replies and has not authenticated");
    }
    if (!isPaused && isCongested()) {
      send();
      if (isCongested()) {
        stopReading();
      }
    }
  }

  /**
   * Holds everything back for a while, and reads no requests until then.
   *
   * @param millis how long
   * @param whenOver what to do then, whatever has become of the connection
   */
  void hold(long millis, Runnable whenOver) {
    isHeld = true;
    stopReading();
    worker
        .loop()
        .schedule(
            () -> {
              isHeld = false;
              whenOver.run();
              resumption.run();
            },
            millis,
            TimeUnit.MILLISECONDS);
  }

  /** Reads no requests until {@link #unpause} lets it. */
  void stopReading() {
    isPaused = true;
    channel.config().setAutoRead(false);
  }

  /** Whether requests are not read at present. */
  boolean isPaused() {
    return isPaused;
  }

  /** Lets requests be answered again if enough was sent, and tells whether it does. */
  boolean unpause() {
    boolean isUnpaused = isPaused && stage.isOpen() && !isCongested();
    if (isUnpaused) {
      isPaused = false;
    }
    return isUnpaused;
  }

  /** Whether there is something that {@code resumption} could send or answer. */
  boolean isWaiting() {
    return isPaused || !outbound.isEmpty();
  }

  /** Whether what waits, waits for the disk and not for the client. */
  boolean isAwaitingDisk() {
    return isAwaitingDisk;
  }

  /** What is to be sent. */
  Outbound outbound() {
    return outbound;
  }

  private boolean isCongested() {
    return isHeld || outbound.pendingBytes() > worker.server().options().outputLimit().softBytes();
  }
}
