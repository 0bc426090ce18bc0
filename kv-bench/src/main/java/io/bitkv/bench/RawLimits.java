package io.bitkv.bench;

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

  private static final String SUBJECT = "machine";
  private static final int BLOCK = 256 << 10;
  private static final int BLOCKS = 4096;
  private static final int SMALL = 4 << 10;
  private static final double NANOS = 1e9;

  private final Path directory;

  private RawLimits(Path directory) {
    this.directory = directory;
  }

  /**
   * Measures and prints raw lines.
   *
   * @param args a directory to write in
   */
  public static void main(String[] args) throws Exception {
    Path directory = Path.of(args[0]);
    Files.createDirectories(directory);
    RawLimits limits = new RawLimits(directory);
    limits.memoryCopy();
    limits.checksum(116);
    limits.checksum(1040);
    limits.pageCacheWrite();
    limits.preallocatedSync();
    limits.randomMappedRead();
    Footprint.delete(directory);
  }

  private static void tell(String phase, String metric, double value) {
    System.out.println(new Measure(SUBJECT, phase, metric, value).line());
  }

  private void memoryCopy() {
    byte[] from = new byte[BLOCK];
    byte[] to = new byte[BLOCK];
    long begin = 0;
    for (int i = -BLOCKS; i < 4 * BLOCKS; i++) {
      if (i == 0) {
        begin = System.nanoTime();
      }
      System.arraycopy(from, 0, to, 0, BLOCK);
    }
    tell("memory-copy", "gb_per_s", 4.0 * BLOCKS * BLOCK / (System.nanoTime() - begin));
  }

  private void checksum(int bytes) {
    byte[] data = new byte[bytes];
    CRC32C crc = new CRC32C();
    int count = 5_000_000;
    long begin = 0;
    long sum = 0;
    for (int i = -count; i < count; i++) {
      if (i == 0) {
        begin = System.nanoTime();
      }
      crc.reset();
      crc.update(data, 0, bytes);
      sum += crc.getValue();
    }
    double nanos = (double) (System.nanoTime() - begin) / count;
    tell("crc32c-" + bytes, "ns", sum == 1 ? 0 : nanos);
  }

  private void pageCacheWrite() throws Exception {
    Path file = directory.resolve("write");
    ByteBuffer block = ByteBuffer.allocateDirect(BLOCK);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      long begin = System.nanoTime();
      for (int i = 0; i < BLOCKS; i++) {
        channel.write(block.rewind());
      }
      tell("page-cache-write-256k", "gb_per_s", (double) BLOCKS * BLOCK / (System.nanoTime() - begin));
    }
  }

  private void preallocatedSync() throws Exception {
    Path file = directory.resolve("sync");
    ByteBuffer block = ByteBuffer.allocateDirect(BLOCK);
    ByteBuffer small = ByteBuffer.allocateDirect(SMALL);
    int count = 2_000;
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      for (int i = 0; i < 128; i++) {
        channel.write(block.rewind());
      }
      channel.force(true);
      long begin = System.nanoTime();
      for (int i = 0; i < count; i++) {
        channel.write(small.rewind().limit(132), (long) i * 132);
        channel.force(false);
      }
      tell("fdatasync-preallocated", "ops_per_s", count / ((System.nanoTime() - begin) / NANOS));
    }
  }

  private void randomMappedRead() throws Exception {
    Path file = directory.resolve("write");
    byte[] target = new byte[136];
    SplittableRandom random = new SplittableRandom(1);
    try (Arena arena = Arena.ofConfined();
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      MemorySegment mapped = channel.map(MapMode.READ_ONLY, 0, (long) BLOCK * BLOCKS, arena);
      long records = mapped.byteSize() / target.length;
      int count = 4_000_000;
      long begin = 0;
      for (int i = -count; i < count; i++) {
        if (i == 0) {
          begin = System.nanoTime();
        }
        MemorySegment.copy(mapped, ValueLayout.JAVA_BYTE, random.nextLong(records) * target.length, target, 0, target.length);
      }
      tell("random-mapped-read-136", "ns", (double) (System.nanoTime() - begin) / count);
    }
  }
}
