package io.bitkv.engine;

import io.bitkv.api.DirectoryKind;
import io.bitkv.codec.entry.KeyHash;
import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The key directories with a million keys, without the log: comparing a key costs a look into an array. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class KeyDirectoryBenchmark {

  private static final int KEYS = 1 << 20;
  private static final int KEY_BYTES = 16;

  /** Which directory. */
  @Param({"COMPACT", "HEAP", "ORDERED"})
  public DirectoryKind kind;

  private final StripeLocks locks = new StripeLocks(StripeLocks.DEFAULT_COUNT);
  private final SplittableRandom random = new SplittableRandom(1);
  private final KeySlice[] keys = new KeySlice[2 * KEYS];
  private KeyDirectory directory;

  /** Makes the benchmark; JMH does. */
  public KeyDirectoryBenchmark() {}

  /** Stores the keys; as many again are made that are never stored. */
  @Setup(Level.Trial)
  public void fill() {
    directory =
        switch (kind) {
          case COMPACT -> new CompactKeyDirectory(locks);
          case HEAP -> new HeapKeyDirectory(locks);
          case ORDERED -> new OrderedKeyDirectory(locks);
        };
    long seed = KeyHash.seed(1, 0);
    for (int i = 0; i < keys.length; i++) {
      byte[] bytes = ByteBuffer.allocate(KEY_BYTES).putLong(random.nextLong()).putLong(i).array();
      keys[i] = KeySlice.of(bytes, KeyHash.hash(bytes, 0, KEY_BYTES, seed));
    }
    for (int i = 0; i < KEYS; i++) {
      int stripe = locks.stripeOf(keys[i].hash());
      locks.lock(stripe);
      try {
        directory.insert(keys[i], EntryLocation.of(1, i, false));
      } finally {
        locks.unlock(stripe);
      }
    }
  }

  /** Gives the memory back. */
  @TearDown(Level.Trial)
  public void close() {
    directory.close();
  }

  private long find(KeySlice key) {
    return directory.find(
        key,
        location ->
            keys[(int) EntryLocation.offset(location)].equals(key) ? KeyMatcher.Match.SAME : KeyMatcher.Match.OTHER);
  }

  /**
   * Finds a key that is there.
   *
   * @return its location
   */
  @Benchmark
  public long findHit() {
    return find(keys[random.nextInt(KEYS)]);
  }

  /**
   * Looks for a key that is not there.
   *
   * @return no location
   */
  @Benchmark
  public long findMiss() {
    return find(keys[KEYS + random.nextInt(KEYS)]);
  }

  /**
   * Moves a key, as an overwrite does: under the lock of its stripe, after finding it.
   *
   * @return whether it was moved
   */
  @Benchmark
  public boolean replace() {
    KeySlice key = keys[random.nextInt(KEYS)];
    int stripe = locks.stripeOf(key.hash());
    locks.lock(stripe);
    try {
      long old = find(key);
      return directory.replace(key, old, EntryLocation.of(3 - EntryLocation.segmentId(old), EntryLocation.offset(old), false));
    } finally {
      locks.unlock(stripe);
    }
  }
}
