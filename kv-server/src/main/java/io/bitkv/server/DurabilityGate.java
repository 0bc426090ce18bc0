package io.bitkv.server;

import io.bitkv.api.EmbeddedStore;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;

/**
 * Holds the replies of an event loop's connections until the writes that they tell of are on stable
 * storage, without blocking the loop. All that was written until the loop has served every
 * connection that is ready shares one sync.
 *
 * <p>The store is asked for the next sync while one runs, so that the disk goes from one to the
 * other without waiting for this loop. A reply leaves with the first sync that covers it, whichever
 * it was asked for with.
 *
 * <p>Used by its event loop only.
 */
final class DurabilityGate {

  /** How many syncs may be asked for at a time: the one that runs, and the one after it. */
  private static final int MAX_ASKED = 2;

  private final EmbeddedStore store;
  private final EventLoop loop;
  private List<ReplyFlow> waiting = new ArrayList<>();
  private long durable;

  /** The newest version that a reply waits for. */
  private long required;

  /** The newest version that the store was asked to sync. */
  private long asked;

  private int asking;
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

  /** Sees to it that what was written up to this version gets to stable storage. */
  void require(long version) {
    required = Math.max(required, version);
    if (required > asked && asking < MAX_ASKED && !isArmed) {
      isArmed = true;
      loop.execute(this::ask);
    }
  }

  /**
   * Lets the replies of a connection go once the version that holds them, which was {@linkplain
   * #require required}, is on stable storage.
   */
  void await(ReplyFlow replies) {
    waiting.add(replies);
  }

  private void ask() {
    isArmed = false;
    asking++;
    long version = store.lastSequence();
    asked = version;
    store
        .whenDurable(version)
        .whenComplete((done, failure) -> loop.execute(() -> settle(version, failure)));
  }

  private void settle(long version, Throwable failure) {
    asking--;
    if (failure != null) {
      fail(failure);
      return;
    }
    // The sync covers what was written until it began, which may be more than it was asked for.
    durable = Math.max(durable, Math.max(version, store.durableSequence()));
    if (required > Math.max(asked, durable) && !isArmed) {
      ask();
    }
    for (ReplyFlow replies : takeWaiting()) {
      if (replies.outbound().heldFor() > durable) {
        waiting.add(replies);
      } else {
        replies.durable();
      }
    }
  }

  /** Tells everyone who waits; who comes later asks anew. */
  private void fail(Throwable failure) {
    required = durable;
    asked = durable;
    takeWaiting().forEach(replies -> replies.syncFailed(failure));
  }

  private List<ReplyFlow> takeWaiting() {
    List<ReplyFlow> taken = waiting;
    waiting = new ArrayList<>();
    return taken;
  }
}
