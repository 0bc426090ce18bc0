package io.bitkv.engine;

import static io.bitkv.engine.TestStores.bytes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitkv.api.EmbeddedStore;
import io.bitkv.api.MergeOptions;
import io.bitkv.api.MergeReport;
import io.bitkv.api.StoreListener;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A store merges by itself, when it may. */
@Timeout(120)
class BackgroundMergeTest {
  private final MergeFixture files = new MergeFixture();
  private final BlockingQueue<StoreListener.Event> merges = new LinkedBlockingQueue<>();

  BackgroundMergeTest() {
    files.options =
        files
            .options
            .withMerges(MergeOptions.defaults())
            .withListener(
                event -> {
                  if (event instanceof StoreListener.Merged || event instanceof StoreListener.MergeFailed) {
                    merges.add(event);
                  }
                });
  }

  private StoreListener.Merged awaitMerge() throws InterruptedException {
    return (StoreListener.Merged) merges.poll(60, TimeUnit.SECONDS);
  }

  @Test
  void storeMergesByItself() throws InterruptedException {
    try (EmbeddedStore store = files.open()) {
      MergeFixture.fill(store, "key", 0, 200, "old value ");
      MergeFixture.fill(store, "key", 0, 200, "new value ");
      assertTrue(awaitMerge().report().reclaimedBytes() > 0);
      assertEquals(200, store.size());
      assertEquals("new value 7", TestStores.text(store.get(bytes("key7")).orElseThrow()));
    }
  }

  @Test
  void storeMergesInItsWindowOnly() throws InterruptedException {
    MergeOptions.Window window = new MergeOptions.Window(LocalTime.of(1, 0), LocalTime.of(2, 0), ZoneOffset.UTC);
    Semaphore asked = new Semaphore(0);
    files.options =
        files
            .options
            .withMerges(files.options.merges().withWindow(window))
            .withClock(
                () -> {
                  if (Thread.currentThread().getName().equals("bitkv-merge")) {
                    asked.release();
                  }
                  return Instant.ofEpochMilli(files.now);
                });
    try (EmbeddedStore store = files.open()) {
      MergeFixture.fill(store, "key", 0, 200, "old value ");
      MergeFixture.fill(store, "key", 0, 200, "new value ");
      asked.drainPermits();
      assertTrue(asked.tryAcquire(3, 60, TimeUnit.SECONDS));
      assertEquals(MergeReport.NONE, store.stats().merges().done());
      assertFalse(store.merges().explain(false).merges().isEmpty());
      files.now += TimeUnit.HOURS.toMillis(1);
      assertTrue(awaitMerge().report().reclaimedBytes() > 0);
    }
  }

  @Test
  void pausedMergeGoesOnForWhoWaitsForIt() throws InterruptedException {
    files.options = files.options.withSegmentBytes(1 << 20);
    try (EmbeddedStore store = files.open()) {
      files.disk.faults =
          call -> {
            if (call.kind() == Faults.Kind.CREATE && call.file().endsWith(".data.tmp")) {
              store.merges().pause();
            }
          };
      for (int i = 0; i < 300; i++) {
        store.put(bytes("key" + i % 20), new byte[10_000]);
      }
      while (!store.stats().merges().isRunning() && !store.merges().isPaused()) {
        Thread.onSpinWait();
      }
      store.merges().run(true);
      assertTrue(awaitMerge().report().reclaimedBytes() > 0);
      assertTrue(store.merges().isPaused());
      store.merges().resume();
      assertFalse(store.merges().isPaused());
      assertEquals(20, store.size());
    }
  }

  @Test
  void cancelledMergeLeavesItsInputs() {
    files.options = files.options.withSegmentBytes(1 << 20).withMerges(files.options.merges().withEnabled(false));
    try (EmbeddedStore store = files.open()) {
      for (int i = 0; i < 300; i++) {
        store.put(bytes("key" + i % 200), new byte[10_000]);
      }
      boolean[] isCancelled = {false};
      files.disk.faults =
          call -> {
            if (call.kind() == Faults.Kind.CREATE && call.file().endsWith(".data.tmp") && !isCancelled[0]) {
              isCancelled[0] = true;
              store.merges().cancel();
            }
          };
      long before = files.count(".data");
      assertEquals(MergeReport.NONE, store.merges().run(true));
      assertTrue(isCancelled[0]);
      assertEquals(0, files.count(".tmp"));
      assertTrue(files.count(".data") >= before);
      assertTrue(store.merges().run(true).merges() > 0);
      assertEquals(200, store.size());
    }
  }

  @Test
  void closingGivesUpAMergeAndLosesNothing() {
    files.options = files.options.withSegmentBytes(1 << 20).withMerges(files.options.merges().withBytesPerSecond(1));
    try (EmbeddedStore store = files.open()) {
      for (int i = 0; i < 300; i++) {
        store.put(bytes("key" + i % 20), new byte[10_000]);
      }
      while (!store.stats().merges().isRunning()) {
        Thread.onSpinWait();
      }
    }
    assertEquals(0, files.count(".tmp"));
    try (EmbeddedStore store = files.open()) {
      assertEquals(20, store.size());
    }
  }
}
