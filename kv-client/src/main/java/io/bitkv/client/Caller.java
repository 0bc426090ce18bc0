package io.bitkv.client;

import io.bitkv.api.KeyspaceId;
import java.util.concurrent.CompletableFuture;

/**
 * What a client's views have in common: where calls are carried out, and how long each may take.
 *
 * @param calls carries calls out
 * @param deadlineNanos how long each may take
 */
record Caller(Calls calls, long deadlineNanos) implements Sender {

  /** Carries a request out, and waits for its result. */
  <R> R run(Request<R> request) {
    return calls.run(request, deadlineNanos);
  }

  @Override
  public <R> CompletableFuture<R> promise(Request<R> request) {
    return calls.promise(request, deadlineNanos);
  }

  /** A keyspace as requests name it. */
  Space space(KeyspaceId id) {
    return Space.of(id, calls.options().target().database());
  }
}
