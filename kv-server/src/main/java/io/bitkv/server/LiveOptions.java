package io.bitkv.server;

import io.bitkv.api.EmbeddedStore;
import io.bitkv.api.SyncPolicy;
import io.bitkv.codec.resp.RequestLimits;

/**
 * The options in force, which {@code CONFIG SET} changes while the server runs, and what follows
 * from them.
 *
 * <p>Safe for use by all event loops: each change publishes new immutable values.
 */
final class LiveOptions {

  private final EmbeddedStore store;
  private volatile ServerOptions options;
  private volatile RequestLimits requestLimits;
  private volatile Password password;
  private volatile OutputLimit outputLimit;
  private volatile long queryLimit;
  private volatile boolean isSyncAlways;

  LiveOptions(EmbeddedStore store, ServerOptions options) {
    this.store = store;
    derive(options);
  }

  /** The options at this moment. */
  ServerOptions current() {
    return options;
  }

  /** Puts changed options in force. */
  synchronized void replace(ServerOptions changed) {
    SyncPolicy policy = changed.get(Settings.SYNC);
    if (!policy.equals(options.get(Settings.SYNC))) {
      store.syncPolicy(policy);
    }
    derive(changed);
  }

  /** What requests must keep to. */
  RequestLimits requestLimits() {
    return requestLimits;
  }

  Password password() {
    return password;
  }

  OutputLimit outputLimit() {
    return outputLimit;
  }

  /** The most bytes that a client's unfinished request or open transaction may take. */
  long queryLimit() {
    return queryLimit;
  }

  /** Whether a reply leaves only after what it tells is on stable storage. */
  boolean isSyncAlways() {
    return isSyncAlways;
  }

  private void derive(ServerOptions next) {
    requestLimits = RequestLimits.DEFAULT.withMaxBulkBytes(next.get(Settings.MAX_BULK).intValue());
    password = new Password(next.get(Settings.REQUIREPASS));
    outputLimit = next.get(Settings.OUTPUT_LIMIT);
    queryLimit = next.get(Settings.QUERY_LIMIT);
    isSyncAlways = next.get(Settings.SYNC) instanceof SyncPolicy.Always;
    options = next;
  }
}
