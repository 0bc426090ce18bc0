package io.bitkv.client;

import io.bitkv.api.KeyRef;
import io.bitkv.api.KeyspaceId;
import java.util.Collection;
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

  /** What is kept of the values that were read; null if nothing is. */
  ValueCache cache() {
    return calls.cache();
  }

  /**
   * Has the cache, if there is one, know of what is sent.
   *
   * @param isAnswering whether reads may be answered from the cache
   */
  Sender caching(Sender sender, boolean isAnswering) {
    return cache() == null ? sender : new CachingSender(sender, cache(), isAnswering);
  }

  /** Has the cache show nothing older of keys than what is known to be there or was just written. */
  void touched(Collection<KeyRef> refs) {
    if (cache() != null) {
      CacheKey.of(refs, ref -> space(ref.keyspace())).forEach(cache()::forget);
    }
  }

  /** A keyspace as requests name it. */
  Space space(KeyspaceId id) {
    return Space.of(id, calls.options().target().database());
  }
}
