package io.bitkv.server;

import io.bitkv.api.EmbeddedStore;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Has the syncs of a store take as long as a test wants. */
final class HeldSyncs {

  private final EmbeddedStore real;
  private final BlockingQueue<CompletableFuture<Void>> waits = new LinkedBlockingQueue<>();
  private volatile long durable;

  HeldSyncs(EmbeddedStore real) {
    this.real = real;
  }

  /** The store with its syncs held. */
  EmbeddedStore store() {
    return WatchedStore.of(real, this::call);
  }

  private Object call(String method, Callable<Object> call) throws Exception {
    return switch (method) {
      case "whenDurable" -> {
        CompletableFuture<Void> wait = new CompletableFuture<>();
        waits.add(wait);
        yield wait;
      }
      case "durableSequence" -> durable;
      default -> call.call();
    };
  }

  /** The next sync that somebody waits for, which has begun and ends when the test says so. */
  CompletableFuture<Void> next() throws InterruptedException {
    return Objects.requireNonNull(waits.poll(1, TimeUnit.MINUTES), "nobody waits for a sync");
  }

  /** Whether nobody waits for a sync that the test has not taken. */
  boolean isEmpty() {
    return waits.isEmpty();
  }

  /** Has the store say that it is durable up to here; a server must need no more than that syncs end. */
  void durable(long version) {
    durable = version;
  }
}
