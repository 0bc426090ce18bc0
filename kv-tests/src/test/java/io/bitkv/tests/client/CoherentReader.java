package io.bitkv.tests.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitkv.api.Keyspace;
import io.bitkv.api.KvException;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;

/** Reads keys whose values are numbers that only grow, in every way there is, and never sees one after a greater one. */
final class CoherentReader implements Callable<long[]> {

  private final Keyspace keyspace;
  private final List<byte[]> keys;
  private final Random random;
  private final BooleanSupplier goesOn;
  private final long[] seen;

  CoherentReader(Keyspace keyspace, List<byte[]> keys, long seed, BooleanSupplier goesOn) {
    this.keyspace = keyspace;
    this.keys = keys;
    this.random = new Random(seed);
    this.goesOn = goesOn;
    this.seen = new long[keys.size()];
  }

  /** Reads while it is to go on; what it saw last of each key. */
  @Override
  public long[] call() {
    while (goesOn.getAsBoolean()) {
      try {
        read(random.nextInt(keys.size()));
      } catch (KvException e) {
        // The network failed, and nothing was seen.
        continue;
      }
    }
    return seen;
  }

  private void read(int index) {
    byte[] key = keys.get(index);
    switch (random.nextInt(10)) {
      case 0 -> saw(index, keyspace.getVersioned(key).map(found -> found.value()));
      case 1 -> saw(index, keyspace.read(key, view -> view.toByteArray()));
      case 2 -> {
        List<Optional<byte[]>> all = keyspace.getAll(keys);
        for (int i = 0; i < all.size(); i++) {
          saw(i, all.get(i));
        }
      }
      default -> saw(index, keyspace.get(key));
    }
  }

  private void saw(int index, Optional<byte[]> found) {
    long now = number(found);
    assertTrue(now >= seen[index], () -> "after " + seen[index] + " came " + now);
    seen[index] = now;
  }

  /** The number that a value is; 0 for none. */
  static long number(Optional<byte[]> found) {
    return found.map(value -> Long.parseLong(new String(value, UTF_8))).orElse(0L);
  }
}
