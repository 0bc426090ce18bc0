package io.bitkv.bench.engine;

import io.bitkv.bench.Footprint;
import io.bitkv.bench.Measure;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.SplittableRandom;
import java.util.zip.CRC32C;

/** What the machine itself can do, measured in the same run as the stores: no store of this kind can be faster than these. */
final class RawLimits {

  static final String SUBJECT = "machine";

  private static final int BLOCK = 256 << 10;
  private static final int BLOCKS = 2048;
  private static final int ENTRY = 132;
  /** What a million keys take in a directory. */
  private static final int DIRECTORY_BYTES = 16_000_000;
  /** What a million small values take in the log; less than what is written there. */
  private static final long LOG_BYTES = 136_000_000;
  private static final double NANOS = 1e9;

  private final Path directory;
  private final double share;

  private RawLimits(Path directory, double share) {
    this.directory = directory;
    this.share = share;
  }

  /**
   * Measures and prints raw lines.
   *
   * @param args a directory to write in, and how much of the usual work to do, up to 1
   */
  public static void main(String[] args) throws Exception {
    Path directory = Path.of(args[0]);
    Files.createDirectories(directory);
    RawLimits limits = new RawLimits(directory, Double.parseDouble(args[1]));
    limits.memoryCopy();
    limits.checksum(116);
    limits.checksum(1040);
    limits.randomMemoryRead();
    limits.pageCacheWrite();
    limits.preallocatedSync();
    limits.randomMappedRead(136);
    limits.randomMappedRead(1064);
    Footprint.delete(directory);
  }

  private static void tell(String phase, String metric, double value) {
    System.out.println(new Measure(SUBJECT, phase, metric, value).line());
  }

  private int times(int usual) {
    return (int) (usual * share);
  }

  /** Does something often, a second time measured, and tells how long it takes once. */
  private static double nanos(int count, Runnable step) {
    long begin = 0;
    for (int i = -count; i < count; i++) {
      if (i == 0) {
        begin = System.nanoTime();
      }
      step.run();
    }
    return (double) (System.nanoTime() - begin) / count;
  }

  private void memoryCopy() {
    byte[] from = new byte[BLOCK];
    byte[] to = new byte[BLOCK];
    double nanos = nanos(times(8 * BLOCKS), () -> System.arraycopy(from, 0, to, 0, BLOCK));
    tell("memory-copy", "gb_per_s", BLOCK / nanos);
  }

  private void checksum(int bytes) {
    byte[] data = new byte[bytes];
    CRC32C crc = new CRC32C();
    double nanos =
        nanos(
            times(5_000_000),
            () -> {
              crc.reset();
              crc.update(data, 0, bytes);
            });
    tell("crc32c-" + bytes, "ns", nanos);
  }

  private void randomMemoryRead() {
    long[] memory = new long[DIRECTORY_BYTES / Long.BYTES];
    long[] sum = new long[1];
    SplittableRandom random = new SplittableRandom(2);
    double nanos = nanos(times(4_000_000), () -> sum[0] += memory[random.nextInt(memory.length)] + 1);
    tell("random-memory-read", "ns", sum[0] == 0 ? 0 : nanos);
  }

  private void pageCacheWrite() throws Exception {
    ByteBuffer block = ByteBuffer.allocateDirect(BLOCK);
    try (FileChannel channel =
        FileChannel.open(directory.resolve("write"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      long begin = System.nanoTime();
      for (int i = 0; i < BLOCKS; i++) {
        channel.write(block.rewind());
      }
      tell("page-cache-write-256k", "gb_per_s", (double) BLOCKS * BLOCK / (System.nanoTime() - begin));
    }
  }

  private void preallocatedSync() throws Exception {
    ByteBuffer block = ByteBuffer.allocateDirect(BLOCK);
    ByteBuffer entry = ByteBuffer.allocateDirect(ENTRY);
    int count = times(2_000);
    try (FileChannel channel =
        FileChannel.open(directory.resolve("sync"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      for (int i = 0; i < 128; i++) {
        channel.write(block.rewind());
      }
      channel.force(true);
      long begin = System.nanoTime();
      for (int i = 0; i < count; i++) {
        channel.write(entry.rewind(), (long) i * ENTRY);
        channel.force(false);
      }
      tell("fdatasync-preallocated", "ops_per_s", count / ((System.nanoTime() - begin) / NANOS));
    }
  }

  private void randomMappedRead(int bytes) throws Exception {
    byte[] target = new byte[bytes];
    SplittableRandom random = new SplittableRandom(1);
    try (Arena arena = Arena.ofConfined();
        FileChannel channel = FileChannel.open(directory.resolve("write"), StandardOpenOption.READ)) {
      MemorySegment mapped = channel.map(MapMode.READ_ONLY, 0, LOG_BYTES, arena);
      mapped.load();
      long records = mapped.byteSize() / bytes;
      double nanos =
          nanos(
              times(4_000_000),
              () -> MemorySegment.copy(mapped, ValueLayout.JAVA_BYTE, random.nextLong(records) * bytes, target, 0, bytes));
      tell("random-mapped-read-" + bytes, "ns", nanos);
    }
  }
}
