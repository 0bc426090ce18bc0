package io.bitkv.engine;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
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

/** The bytes of one file: what an append of one entry and a read of one entry cost below everything else. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class StoreBenchmark {

  private static final int ENTRY_BYTES = 136;
  private static final int FILE_BYTES = 256 << 20;
  private static final String FILE = "benchmark";

  private final ByteBuffer entry = ByteBuffer.allocateDirect(ENTRY_BYTES);
  private final byte[] target = new byte[ENTRY_BYTES];
  private final SplittableRandom random = new SplittableRandom(1);
  private Disk disk;
  private Store store;
  private Arena arena;
  private MemorySegment mapped;
  private long at;

  /** Makes the benchmark; JMH does. */
  public StoreBenchmark() {}

  /**
   * Writes a file of 256 MiB, and maps it.
   *
   * @throws IOException if that fails
   */
  @Setup(Level.Trial)
  public void fill() throws IOException {
    Path directory = Path.of(System.getProperty("bench.dir"), "store-benchmark");
    Files.createDirectories(directory);
    disk = FileDisk.open(directory);
    disk.delete(FILE);
    store = disk.create(FILE);
    store.write(ByteBuffer.allocate(FILE_BYTES), 0);
    arena = Arena.ofShared();
    mapped = store.map(0, FILE_BYTES, arena);
    mapped.load();
  }

  /**
   * Removes the file.
   *
   * @throws IOException if that fails
   */
  @TearDown(Level.Trial)
  public void close() throws IOException {
    arena.close();
    store.close();
    disk.delete(FILE);
    disk.close();
  }

  private long somewhere() {
    return random.nextLong(FILE_BYTES / ENTRY_BYTES) * ENTRY_BYTES;
  }

  /**
   * Writes an entry by a system call of its own, over what is there.
   *
   * @return where
   * @throws IOException if that fails
   */
  @Benchmark
  public long write() throws IOException {
    at = at + 2 * ENTRY_BYTES > FILE_BYTES ? 0 : at + ENTRY_BYTES;
    store.write(entry.clear(), at);
    return at;
  }

  /**
   * Reads an entry by a system call.
   *
   * @return how many bytes
   * @throws IOException if that fails
   */
  @Benchmark
  public int read() throws IOException {
    return store.read(entry.clear(), somewhere());
  }

  /**
   * Copies an entry from the mapped file.
   *
   * @return the entry
   */
  @Benchmark
  public byte[] readMapped() {
    MemorySegment.copy(mapped, ValueLayout.JAVA_BYTE, somewhere(), target, 0, ENTRY_BYTES);
    return target;
  }
}
