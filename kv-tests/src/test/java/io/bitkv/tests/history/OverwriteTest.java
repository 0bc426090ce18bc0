package io.bitkv.tests.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitkv.api.EmbeddedStore;
import io.bitkv.api.KeyValueStore;
import io.bitkv.api.StoreOptions;
import io.bitkv.tests.model.Directories;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A store that is overwritten again and again stays small and right, while it is read. */
class OverwriteTest {

  private static final int ROUNDS = 10;
  private static final int VALUE_BYTES = 100;
  private static final int CHECK_SECONDS = 60;

  @TempDir Path root;

  private final AtomicInteger begun = new AtomicInteger();
  private final AtomicInteger ended = new AtomicInteger(-1);
  private final AtomicBoolean isOver = new AtomicBoolean();

  @Test
  @Timeout(120)
  @DisplayName("F37 storeOverwrittenTenTimesStaysSmall")
  void storeOverwrittenTenTimesStaysSmall() throws Exception {
    overwrite(20_000, 1 << 18);
  }

  @Test
  @Tag("long")
  @Timeout(1800)
  @DisplayName("F37 storeOfAMillionKeysOverwrittenTenTimesStaysSmall")
  void storeOfAMillionKeysOverwrittenTenTimesStaysSmall() throws Exception {
    overwrite(1_000_000, 16 << 20);
  }

  private void overwrite(int keys, long segmentBytes) throws Exception {
    Path directory = root.resolve("store");
    StoreOptions options = StoreOptions.defaults().withSegmentBytes(segmentBytes);
    try (ExecutorService threads = Executors.newSingleThreadExecutor();
        EmbeddedStore store = KeyValueStore.open(directory, options)) {
      write(store, keys, 0);
      Future<?> reader = threads.submit(() -> read(store, keys));
      try {
        for (int round = 1; round <= ROUNDS; round++) {
          write(store, keys, round);
        }
      } finally {
        isOver.set(true);
      }
      await(reader);
      store.merges().run(false);
      assertTrue(store.stats().merges().done().merges() > 0);
    }
    long live = (long) keys * (Integer.BYTES + VALUE_BYTES);
    long disk = bytesIn(directory);
    assertTrue(disk <= live + live / 2, () -> disk + " bytes on the disk hold " + live);
    try (EmbeddedStore store = KeyValueStore.open(directory, options)) {
      assertEquals(keys, store.size());
      for (int key = 0; key < keys; key++) {
        assertEquals(ROUNDS, check(store, key));
      }
    }
  }

  private void write(EmbeddedStore store, int keys, int round) {
    begun.set(round);
    int step = 7919;
    for (int i = 0; i < keys; i++) {
      int key = (int) ((long) i * step % keys);
      store.put(key(key), ByteBuffer.allocate(VALUE_BYTES).putInt(key).putInt(round).array());
    }
    ended.set(round);
  }

  private static byte[] key(int key) {
    return ByteBuffer.allocate(Integer.BYTES).putInt(key).array();
  }

  /** Reads keys at random: each must have a value of the last round that ended, or of the one that has begun. */
  private void read(EmbeddedStore store, int keys) {
    SplittableRandom random = new SplittableRandom(1);
    while (!isOver.get()) {
      int least = ended.get();
      int round = check(store, random.nextInt(keys));
      assertTrue(least <= round && round <= begun.get(), () -> "a value of round " + round + " after round " + least);
    }
  }

  private static int check(EmbeddedStore store, int key) {
    ByteBuffer value = ByteBuffer.wrap(store.get(key(key)).orElseThrow());
    assertEquals(VALUE_BYTES, value.capacity());
    assertEquals(key, value.getInt());
    return value.getInt();
  }

  private static void await(Future<?> reader) throws InterruptedException, TimeoutException, ExecutionException {
    reader.get(CHECK_SECONDS, TimeUnit.SECONDS);
  }

  /** All files but the reserve, which is of the same size in each store. */
  private static long bytesIn(Path directory) throws IOException {
    long bytes = 0;
    for (Path file : Directories.files(directory)) {
      bytes += file.endsWith("reserve") ? 0 : Files.size(file);
    }
    return bytes;
  }
}
