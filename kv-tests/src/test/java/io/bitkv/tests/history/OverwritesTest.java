package io.bitkv.tests.history;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitkv.api.BackupReport;
import io.bitkv.api.EmbeddedStore;
import io.bitkv.api.KeyValueStore;
import io.bitkv.api.Progress;
import io.bitkv.api.StoreOptions;
import io.bitkv.api.StoreStats;
import io.bitkv.api.StoreTools;
import io.bitkv.api.SyncPolicy;
import io.bitkv.api.VerifyReport;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * All keys are overwritten again and again while others read, merges run and backups are made: every read is right, the room comes back,
 * and each backup is the store after one of the writes.
 */
class OverwritesTest {
  private static final StoreTools TOOLS = KeyValueStore.tools();
  private static final String PADDING = "-".repeat(100);

  @TempDir Path root;

  private int keys;

  @Test
  @Timeout(120)
  @DisplayName("F37 thousandsOfKeysAreOverwrittenWhileOthersReadAndBackUp: they stay right, and the store stays small")
  void thousandsOfKeysAreOverwrittenWhileOthersReadAndBackUp() throws Exception {
    overwrite(5_000, 8, 256 << 10);
  }

  @Test
  @Tag("long")
  @Timeout(3600)
  @DisplayName("F37 millionKeysAreOverwrittenWhileOthersReadAndBackUp")
  void millionKeysAreOverwrittenWhileOthersReadAndBackUp() throws Exception {
    overwrite(1_000_000, 10, 32 << 20);
  }

  private void overwrite(int count, int rounds, int segmentBytes) throws Exception {
    keys = count;
    StoreOptions options = StoreOptions.defaults().withSegmentBytes(segmentBytes).withSyncPolicy(SyncPolicy.never());
    Path directory = root.resolve("store");
    AtomicBoolean isOver = new AtomicBoolean();
    BackupReport backup;
    try (EmbeddedStore store = KeyValueStore.open(directory, options);
        ExecutorService others = Executors.newFixedThreadPool(2)) {
      write(store, 1);
      Future<?> reading = others.submit(() -> read(store, isOver));
      Future<BackupReport> backingUp;
      try {
        for (int round = 2; round < rounds; round++) {
          write(store, round);
        }
        backingUp = others.submit(() -> TOOLS.backup(directory, root.resolve("backups"), Progress.none()));
        write(store, rounds);
      } finally {
        isOver.set(true);
      }
      reading.get(10, TimeUnit.MINUTES);
      backup = backingUp.get(10, TimeUnit.MINUTES);
      store.merges().run(false);
      assertTrue(store.stats().merges().done().merges() > 0);
      StoreStats stats = store.stats();
      long bytes = stats.segments().stream().mapToLong(StoreStats.SegmentStats::fileBytes).sum();
      assertTrue(bytes <= stats.liveBytes() * 1.5, () -> bytes + " bytes for " + stats.liveBytes() + " that live");
      check(store, (long) keys * rounds);
    }
    VerifyReport report = TOOLS.verify(directory, Progress.none());
    assertTrue(report.isSound(), () -> report.findings().toString());
    assertEquals(keys, report.liveEntries());
    TOOLS.restore(backup.directory(), root.resolve("restored"), Progress.none());
    try (EmbeddedStore restored = KeyValueStore.open(root.resolve("restored"), options)) {
      assertEquals(backup.lastSequence(), restored.lastSequence());
      check(restored, backup.lastSequence());
    }
  }

  private static byte[] key(int index) {
    return Integer.toString(index).getBytes(UTF_8);
  }

  private static byte[] value(int index, long round) {
    return (index + "/" + round + PADDING).getBytes(UTF_8);
  }

  private void write(EmbeddedStore store, int round) {
    for (int i = 0; i < keys; i++) {
      store.put(key(i), value(i, round));
    }
  }

  /** Reads keys at random: a value is its key's own, and no older than the one read before. */
  private void read(EmbeddedStore store, AtomicBoolean isOver) {
    SplittableRandom random = new SplittableRandom(keys);
    long[] newest = new long[keys];
    while (!isOver.get()) {
      int i = random.nextInt(keys);
      String value = new String(store.get(key(i)).orElseThrow(), UTF_8);
      long round = Long.parseLong(value.substring(value.indexOf('/') + 1, value.length() - PADDING.length()));
      assertEquals(new String(value(i, round), UTF_8), value);
      assertTrue(round >= newest[i], () -> value + " after round " + newest[i]);
      newest[i] = round;
    }
  }

  /** Checks that a store is as it was after a number of writes, which is their last version. */
  private void check(EmbeddedStore store, long writes) {
    assertEquals(keys, store.size());
    for (int i = 0; i < keys; i++) {
      long round = (writes - 1 - i) / keys + 1;
      assertEquals(new String(value(i, round), UTF_8), new String(store.get(key(i)).orElseThrow(), UTF_8));
    }
  }
}
