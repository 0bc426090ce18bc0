package io.bitkv.engine;

import io.bitkv.api.SyncFailedException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** Those who wait for one sync. */
final class SyncGroup {
  private final CompletableFuture<Void> done = new CompletableFuture<>();

  /** The group to wait with: one that there is, or a new one. */
  static SyncGroup join(SyncGroup group) {
    return group == null ? new SyncGroup() : group;
  }

  /** Tells a group, if there is one, how its sync ended: well, or with a failure. */
  static void complete(SyncGroup group, Throwable failure) {
    if (group != null && failure == null) {
      group.done.complete(null);
    } else if (group != null) {
      group.done.completeExceptionally(failure);
    }
  }

  /** Returns when the sync has ended. Each waiter gets an exception of its own, with its own stack. */
  void await() {
    try {
      done.join();
    } catch (CompletionException e) {
      throw new SyncFailedException(e.getCause().getMessage(), e.getCause());
    }
  }

  CompletionStage<Void> stage() {
    return done.minimalCompletionStage();
  }
}
