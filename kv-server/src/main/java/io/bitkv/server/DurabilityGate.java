package io.bitkv.server;

import io.bitkv.api.EmbeddedStore;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;

/**
 * Holds the replies of an event loop's connections until the writes that they tell of are on stable
 * storage, without blocking the loop. All that was written until the loop has served every
 * connection that is ready shares one wait.
 *
 * <p>Used by its event loop only.
 */
final class DurabilityGate {

  private final EmbeddedStore store;
  private final EventLoop loop;
  private List<ReplyFlow> waiting = new ArrayList<>();
  private long durable;
  private boolean isArmed;

  DurabilityGate(EmbeddedStore store, EventLoop loop) {
    this.store = store;
    this.loop = loop;
  }

  /** Every write up to this version is known to be on stable storage. */
  long durable() {
    return durable;
  }

  /**
   * The version that must be on stable storage before a reply that tells of the present data is
   * sent; 0 when all of it is.
   */
  long required() {
    long last = store.lastSequence();
    if (last <= durable) {
      return 0;
    }
    durable = Math.max(durable, store.durableSequence());
    return last <= durable ? 0 : last;
  }

  /** Lets the replies of a connection go once what is written by now is on stable storage. */
  void await(ReplyFlow replies) {
    waiting.add(replies);
    if (!isArmed) {
      isArmed = true;
      loop.execute(this::arm);
    }
  }

  private void arm() {
    long version = store.lastSequence();
    store
        .whenDurable(version)
        .whenComplete((done, failure) -> loop.execute(() -> release(version, failure)));
  }

  private void release(long version, Throwable failure) {
    isArmed = false;
    List<ReplyFlow> released = waiting;
    waiting = new ArrayList<>();
    if (failure == null) {
      durable = Math.max(durable, version);
      released.forEach(ReplyFlow::durable);
    } else {
      released.forEach(replies -> replies.syncFailed(failure));
    }
  }
}
