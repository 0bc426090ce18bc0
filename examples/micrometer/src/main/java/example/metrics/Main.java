package example.metrics;

import io.bitkv.api.KvException;
import io.bitkv.api.KvMap;
import io.bitkv.api.Put;
import io.bitkv.api.codec.Codec;
import io.bitkv.client.CacheOptions;
import io.bitkv.client.KvClient;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

/** Does a few things with a client, and prints what the registry has of them. */
final class Main {

  private Main() {}

  /**
   * Runs the example.
   *
   * @param arguments a server's address like {@code kv://127.0.0.1:6379}
   */
  public static void main(String[] arguments) {
    if (arguments.length != 1) {
      System.err.println("usage: metrics kv://HOST[:PORT]");
      System.exit(2);
    }
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    ClientMeters meters = new ClientMeters(registry);
    CacheOptions cache = CacheOptions.ofBytes(1 << 20);
    try (KvClient client = KvClient.builder(arguments[0]).connections(1).cache(cache).listener(meters).connect()) {
      meters.bindCache(client);
      work(client.map("users", Codec.STRING, Codec.STRING));
      show(registry);
    } catch (KvException e) {
      System.err.println("metrics: " + e.getMessage());
      System.exit(1);
    }
  }

  private static void work(KvMap<String, String> users) {
    users.put("ada", "Ada");
    users.put("bob", "Bob");
    for (int i = 0; i < 10; i++) {
      users.get("ada");
    }
    users.put("ada", "Ada", Put.ifAbsent());
    users.delete("bob");
  }

  private static void show(SimpleMeterRegistry registry) {
    for (String command : new String[] {"SET", "KV.GET", "DEL"}) {
      long calls = registry.get("bitkv.client.calls").tag("command", command).tag("outcome", "ok").timer().count();
      System.out.println(command + " was called " + calls + (calls == 1 ? " time" : " times"));
    }
    System.out.println((long) registry.get("bitkv.client.connects").counter().count() + " connection was made");
    System.out.println("the cache answered " + (long) registry.get("bitkv.client.cache.hits").functionCounter().count() + " reads");
  }
}
