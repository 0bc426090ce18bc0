package io.bitkv.server;

import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;

/**
 * Where any event loop leaves what is to be pushed to a client, until the client's own event loop
 * takes all of it at once. Safe for use by all event loops.
 */
final class Mailbox {

  private final EventLoop loop;
  private Runnable taker;
  private List<Push> waiting = new ArrayList<>(0);
  private long waitingBytes;
  private boolean isCalled;
  private boolean isOverfull;

  Mailbox(EventLoop loop) {
    this.loop = loop;
  }

  /** Names what the client's event loop is to do when there is something to take. */
  synchronized void onMail(Runnable action) {
    taker = action;
  }

  /**
   * Leaves something for the client.
   *
   * @param push what
   * @param limit how many bytes may wait; with more the client is given up
   */
  synchronized void post(Push push, long limit) {
    if (isOverfull || taker == null) {
      return;
    }
    waiting.add(push);
    waitingBytes += push.size();
    if (waitingBytes > limit) {
      isOverfull = true;
      waiting = List.of();
    }
    if (!isCalled && !loop.isShuttingDown()) {
      isCalled = true;
      loop.execute(taker);
    }
  }

  /**
   * Takes everything.
   *
   * @throws ClientLimitException if more than the limit has waited
   */
  synchronized List<Push> take() {
    isCalled = false;
    if (isOverfull) {
      throw new ClientLimitException(Settings.OUTPUT_LIMIT);
    }
    List<Push> taken = waiting;
    waiting = new ArrayList<>(0);
    waitingBytes = 0;
    return taken;
  }

  /** Takes nothing in any more. */
  synchronized void close() {
    taker = null;
    waiting = List.of();
  }
}
