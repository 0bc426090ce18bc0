package io.bitkv.bench.micro;

import io.bitkv.api.EmbeddedStore;
import io.bitkv.api.KeyValueStore;
import io.bitkv.api.Keyspace;
import io.bitkv.api.KeyspaceId;
import io.bitkv.api.StoreOptions;
import io.bitkv.api.SyncPolicy;
import io.bitkv.bench.Footprint;
import io.bitkv.bench.Workload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Whole calls of an embedded store with a million keys and values of 100 bytes: what they take, and what they allocate. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class StoreCallsBenchmark {

  private static final int KEYS = 1_000_000;
  private static final int VALUE_BYTES = 100;
  /** Keys that are made before, so that making them is not measured. */
  private static final int HANDY = 1 << 16;

  private final Workload workload = new Workload(KEYS, VALUE_BYTES);
  private final SplittableRandom random = new SplittableRandom(1);
  private final byte[][] present = new byte[HANDY][];
  private final byte[][] absent = new byte[HANDY][];
  private final byte[] target = new byte[VALUE_BYTES];
  private Path directory;
  private EmbeddedStore store;
  private Keyspace keyspace;

  /** Makes the benchmark; JMH does. */
  public StoreCallsBenchmark() {}

  /**
   * Fills the store.
   *
   * @throws IOException if that fails
   */
  @Setup(Level.Trial)
  public void fill() throws IOException {
    directory = Path.of(System.getProperty("bench.dir"), "calls-benchmark");
    Footprint.delete(directory);
    Files.createDirectories(directory);
    store = KeyValueStore.open(directory, StoreOptions.defaults().withSyncPolicy(SyncPolicy.every(Duration.ofSeconds(1))));
    keyspace = store.keyspace(KeyspaceId.DEFAULT);
    for (int i = 0; i < KEYS; i++) {
      keyspace.put(Workload.key(i), workload.value(i));
    }
    for (int i = 0; i < HANDY; i++) {
      present[i] = Workload.key(random.nextInt(KEYS));
      absent[i] = Workload.key(KEYS + random.nextInt(KEYS));
    }
  }

  /**
   * Removes the store.
   *
   * @throws IOException if that fails
   */
  @TearDown(Level.Trial)
  public void close() throws IOException {
    store.close();
    Footprint.delete(directory);
  }

  /**
   * Reads a value into an array of its own.
   *
   * @return the value
   */
  @Benchmark
  public byte[] get() {
    return keyspace.get(present[random.nextInt(HANDY)]).orElseThrow();
  }

  /**
   * Reads a value into the caller's array.
   *
   * @return the value's length
   */
  @Benchmark
  public int getIntoCallersArray() {
    return keyspace.getInto(present[random.nextInt(HANDY)], target);
  }

  /**
   * Looks for a key that is not there.
   *
   * @return whether it is
   */
  @Benchmark
  public boolean getAbsent() {
    return keyspace.get(absent[random.nextInt(HANDY)]).isPresent();
  }

  /**
   * Overwrites a value.
   *
   * @return its version
   */
  @Benchmark
  public long put() {
    return keyspace.put(present[random.nextInt(HANDY)], workload.value(random.nextInt()));
  }
}
