package io.bitkv.server;

import io.bitkv.api.InvalidOptionException;
import io.bitkv.api.SyncPolicy;
import io.bitkv.codec.resp.RequestLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The options in force, which {@code CONFIG SET} changes while the server runs, and what follows
 * from them.
 *
 * <p>Safe for use by all event loops: each change publishes new immutable values.
 */
final class LiveOptions {

  /** Carries changes of some settings out, before they show. */
  private record Follower(List<Setting<?>> settings, Consumer<ServerOptions> action) {
    void follow(ServerOptions from, ServerOptions to) {
      if (settings.stream().anyMatch(setting -> !to.get(setting).equals(from.get(setting)))) {
        action.accept(to);
      }
    }
  }

  private final List<Follower> followers = new ArrayList<>();
  private volatile ServerOptions options;
  private volatile RequestLimits requestLimits;
  private volatile OutputLimits outputLimits;
  private volatile long queryLimit;
  private volatile boolean isSyncAlways;
  private volatile long slowNanos;
  private volatile long latencyNanos;

  LiveOptions(ServerOptions options) {
    derive(options);
  }

  /**
   * Has an action carry out each change of a setting.
   *
   * @param action what does it, or throws an {@link InvalidOptionException} and changes nothing
   */
  <T> void follow(Setting<T> setting, Consumer<T> action) {
    follow(List.of(setting), changed -> action.accept(changed.get(setting)));
  }

  /**
   * Has an action carry out each change of some settings.
   *
   * @param action what does it, or throws an {@link InvalidOptionException} and changes nothing
   */
  synchronized void follow(List<Setting<?>> settings, Consumer<ServerOptions> action) {
    followers.add(new Follower(settings, action));
  }

  /** The options at this moment. */
  ServerOptions current() {
    return options;
  }

  /**
   * Puts changed options in force.
   *
   * @throws InvalidOptionException if one of them cannot be; all are as they were then
   */
  synchronized void replace(ServerOptions changed) {
    ServerOptions before = options;
    List<Follower> done = new ArrayList<>();
    try {
      for (Follower follower : followers) {
        follower.follow(before, changed);
        done.add(follower);
      }
    } catch (InvalidOptionException e) {
      done.reversed().forEach(follower -> follower.follow(changed, before));
      throw e;
    }
    derive(changed);
  }

  /** What requests must keep to. */
  RequestLimits requestLimits() {
    return requestLimits;
  }


  /** How much may wait for a client that is sent what it asks for. */
  OutputLimit outputLimit() {
    return outputLimits.normal();
  }

  /** How much may wait for a client that is sent what others do. */
  OutputLimit pushLimit() {
    return outputLimits.pubsub();
  }

  /** The most bytes that a client's unfinished request or open transaction may take. */
  long queryLimit() {
    return queryLimit;
  }

  /** Whether a reply leaves only after what it tells is on stable storage. */
  boolean isSyncAlways() {
    return isSyncAlways;
  }

  /** A request that takes so many nanoseconds is slow; a negative number: none is. */
  long slowNanos() {
    return slowNanos;
  }

  /** What takes so many nanoseconds is an event of LATENCY; 0: nothing is. */
  long latencyNanos() {
    return latencyNanos;
  }

  private void derive(ServerOptions next) {
    requestLimits = RequestLimits.DEFAULT.withMaxBulkBytes(next.get(Settings.MAX_BULK).intValue());
    outputLimits = next.get(Settings.OUTPUT_LIMIT);
    queryLimit = next.get(Settings.QUERY_LIMIT);
    isSyncAlways = next.get(Settings.SYNC) instanceof SyncPolicy.Always;
    slowNanos = TimeUnit.MICROSECONDS.toNanos(next.get(DiagnosticSettings.SLOWLOG_MICROS));
    latencyNanos = TimeUnit.MILLISECONDS.toNanos(next.get(DiagnosticSettings.LATENCY_MILLIS));
    options = next;
  }
}
