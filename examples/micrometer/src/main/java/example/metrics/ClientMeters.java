package example.metrics;

import io.bitkv.api.KvException;
import io.bitkv.client.CacheStats;
import io.bitkv.client.ClientListener;
import io.bitkv.client.KvClient;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToDoubleFunction;

/**
 * Counts and times what a client does, in a Micrometer registry:
 *
 * <ul>
 *   <li>{@code bitkv.client.calls}, a timer by {@code command} and {@code outcome}: {@code ok}, or what is known of a call that failed
 *   <li>{@code bitkv.client.repetitions} by {@code command}, {@code bitkv.client.connects}, {@code bitkv.client.connect.failures} and
 *       {@code bitkv.client.disconnects}, counters
 *   <li>{@code bitkv.client.connections}, a gauge
 *   <li>{@code bitkv.client.cache.*}, what {@link CacheStats} tells
 * </ul>
 */
final class ClientMeters implements ClientListener {

  private final MeterRegistry registry;
  private final AtomicInteger connections;

  ClientMeters(MeterRegistry registry) {
    this.registry = registry;
    this.connections = registry.gauge("bitkv.client.connections", new AtomicInteger());
  }

  @Override
  public void onEvent(Event event) {
    switch (event) {
      case CallEnded call ->
          registry
              .timer("bitkv.client.calls", "command", call.command(), "outcome", outcome(call.failure()))
              .record(call.nanos(), TimeUnit.NANOSECONDS);
      case Repeated repeated -> registry.counter("bitkv.client.repetitions", "command", repeated.command()).increment();
      case Connected connected -> {
        registry.counter("bitkv.client.connects").increment();
        connections.incrementAndGet();
      }
      case ConnectFailed failed -> registry.counter("bitkv.client.connect.failures").increment();
      case Disconnected lost -> {
        registry.counter("bitkv.client.disconnects").increment();
        connections.decrementAndGet();
      }
    }
  }

  private static String outcome(Throwable failure) {
    if (failure == null) {
      return "ok";
    }
    return failure instanceof KvException known ? known.outcome().name().toLowerCase(Locale.ROOT) : "error";
  }

  /** Shows what a client's cache does, if it has one. */
  void bindCache(KvClient client) {
    if (client.cacheStats().isPresent()) {
      counter("bitkv.client.cache.hits", client, CacheStats::hits);
      counter("bitkv.client.cache.misses", client, CacheStats::misses);
      counter("bitkv.client.cache.invalidations", client, CacheStats::invalidations);
      counter("bitkv.client.cache.evictions", client, CacheStats::evictions);
      Gauge.builder("bitkv.client.cache.bytes", client, of -> of.cacheStats().orElseThrow().bytes()).register(registry);
    }
  }

  private void counter(String name, KvClient client, ToDoubleFunction<CacheStats> figure) {
    FunctionCounter.builder(name, client, of -> figure.applyAsDouble(of.cacheStats().orElseThrow())).register(registry);
  }
}
