package io.bitkv.engine;

import static io.bitkv.engine.TestStores.bytes;
import static io.bitkv.engine.TestStores.options;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitkv.api.EmbeddedStore;
import io.bitkv.api.Expiry;
import io.bitkv.api.Put;
import io.bitkv.api.StoreListener;
import io.bitkv.api.StoreStats;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a store does is told: by its figures, by events, and in flight recordings. */
class ObservationTest {
  @TempDir private Path temporary;

  private static void fill(EmbeddedStore store) {
    for (int i = 0; i < 400; i++) {
      store.put(bytes("key" + i % 10), bytes("value " + i));
    }
  }

  @Test
  void flightRecordingTellsOfSyncsRolloversMergesAndRecoveries() throws Exception {
    Path file = temporary.resolve("flight.jfr");
    Path directory = temporary.resolve("store");
    long last;
    try (Recording recording = new Recording()) {
      for (String event : List.of("Sync", "Rollover", "Merge", "Recovery")) {
        recording.enable("io.bitkv." + event).withoutThreshold();
      }
      recording.start();
      try (EmbeddedStore store = new KVStoreProvider().open(directory, options())) {
        fill(store);
        store.sync();
        store.merges().run(true);
        last = store.lastSequence();
      }
      recording.stop();
      recording.dump(file);
    }
    List<RecordedEvent> events = RecordingFile.readAllEvents(file).stream().filter(event -> own(event, directory)).toList();
    assertEquals(last, all(events, "Sync").stream().mapToLong(event -> event.getLong("lastSequence")).max().orElseThrow());
    assertTrue(all(events, "Sync").stream().allMatch(event -> event.getBoolean("succeeded")));
    assertTrue(all(events, "Rollover").size() > 1);
    assertEquals(1, all(events, "Rollover").getFirst().getInt("segment"));
    RecordedEvent merge = all(events, "Merge").getFirst();
    assertTrue(merge.getBoolean("succeeded"));
    assertTrue(merge.getLong("readBytes") > merge.getLong("writtenBytes"));
    assertEquals(0, all(events, "Recovery").getFirst().getLong("keys"));
  }

  private static boolean own(RecordedEvent event, Path directory) {
    return event.getEventType().getName().startsWith("io.bitkv.") && directory.toString().equals(event.getString("directory"));
  }

  private static List<RecordedEvent> all(List<RecordedEvent> events, String name) {
    return events.stream().filter(event -> event.getEventType().getName().equals("io.bitkv." + name)).toList();
  }

  @Test
  void everySegmentIsToldOfWhenItBeginsAndWhenItIsSealed() {
    RecordingListener listener = new RecordingListener();
    try (EmbeddedStore store = KVStore.open(new MemoryDisk().hold(), options().withListener(listener))) {
      fill(store);
    }
    List<Long> begun = listener.all(StoreListener.Rolled.class).stream().map(StoreListener.Rolled::id).toList();
    assertTrue(begun.size() > 1);
    assertEquals(begun, listener.all(StoreListener.Sealed.class).stream().map(StoreListener.Sealed::id).toList());
  }

  @Test
  void syncsAreCountedAndTimed() {
    try (EmbeddedStore store = KVStore.open(new MemoryDisk().hold(), options())) {
      assertEquals(StoreStats.SyncStats.NONE, store.stats().syncs());
      for (int i = 1; i <= 5; i++) {
        store.put(bytes("key"), bytes("value"));
        store.sync();
      }
      StoreStats.SyncStats syncs = store.stats().syncs();
      assertEquals(5, syncs.count());
      assertTrue(syncs.maxNanos() > 0);
      assertTrue(syncs.totalNanos() >= syncs.maxNanos());
      assertTrue(syncs.p99Nanos() <= syncs.maxNanos());
    }
  }

  @Test
  void highLatencyIsKnownWithinAFactorOfTwo() {
    SyncLatency latency = new SyncLatency();
    for (int i = 0; i < 99; i++) {
      latency.add(1_000);
    }
    latency.add(1_000_000);
    assertEquals(new StoreStats.SyncStats(100, 1_099_000, 1_024, 1_000_000), latency.stats());
  }

  @Test
  @Timeout(60)
  void expiredKeysAreToldOf() throws InterruptedException {
    AtomicLong expired = new AtomicLong();
    CountDownLatch all = new CountDownLatch(3);
    StoreListener listener =
        event -> {
          if (event instanceof StoreListener.Expired told) {
            expired.addAndGet(told.entries());
            for (long i = 0; i < told.entries(); i++) {
              all.countDown();
            }
          }
        };
    AtomicLong now = new AtomicLong(1_000);
    try (EmbeddedStore store =
        KVStore.open(new MemoryDisk().hold(), options().withListener(listener).withClock(() -> Instant.ofEpochMilli(now.get())))) {
      for (int i = 0; i < 3; i++) {
        store.put(bytes("key" + i), bytes("value"), Put.always().expiring(new Expiry.At(2_000)));
      }
      store.put(bytes("stays"), bytes("value"));
      now.set(2_000);
      assertTrue(all.await(50, TimeUnit.SECONDS));
      assertEquals(3, expired.get());
      assertEquals(1, store.size());
    }
  }
}
