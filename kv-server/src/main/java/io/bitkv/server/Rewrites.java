package io.bitkv.server;

import io.bitkv.api.EmbeddedStore;
import io.bitkv.api.KvException;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The merges that clients have asked for by BGREWRITEAOF, one at a time. Safe for all event loops. */
final class Rewrites implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Rewrites.class);

  private static final long END_MILLIS = 5_000;

  private final EmbeddedStore store;
  private final AtomicReference<Thread> running = new AtomicReference<>();
  private volatile boolean hasFailed;

  Rewrites(EmbeddedStore store) {
    this.store = store;
  }

  /** Begins to merge whatever gives back any byte; false if that is under way already. */
  boolean begin() {
    Thread thread = Thread.ofPlatform().daemon().name("kv-rewrite").unstarted(this::run);
    if (!running.compareAndSet(null, thread)) {
      return false;
    }
    thread.start();
    return true;
  }

  /** Whether one is under way. */
  boolean isRunning() {
    return running.get() != null;
  }

  /** Whether the last one failed. */
  boolean hasFailed() {
    return hasFailed;
  }

  /** Gives up the one that is under way, and waits for its end. */
  @Override
  public void close() {
    Thread thread = running.get();
    if (thread == null) {
      return;
    }
    store.merges().cancel();
    try {
      thread.join(END_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      store.merges().run(true);
      hasFailed = false;
    } catch (KvException e) {
      hasFailed = true;
      LOG.warn("The merge that a client asked for failed: {}", e.getMessage());
    } finally {
      running.set(null);
    }
  }
}
