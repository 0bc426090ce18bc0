package io.bitkv.engine;

import static io.bitkv.engine.TestStores.bytes;
import static io.bitkv.engine.TestStores.contents;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitkv.api.EmbeddedStore;
import io.bitkv.api.KvException;
import io.bitkv.api.MergeControl;
import io.bitkv.api.StoreClosedException;
import io.bitkv.api.StoreIoException;
import io.bitkv.api.StoreListener;
import io.bitkv.api.SyncFailedException;
import io.bitkv.api.WritesRefusedException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A merge that fails leaves everything as it was. */
class MergeFaultTest {
  private final MergeFixture files = new MergeFixture();

  @Test
  @DisplayName("F39 F45 failedMergeLeavesItsInputs: whatever call of it fails, and removes what it made")
  void failedMergeLeavesItsInputs() {
    for (Faults.Kind kind : List.of(Faults.Kind.CREATE, Faults.Kind.RESERVE, Faults.Kind.WRITE, Faults.Kind.SYNC, Faults.Kind.RENAME, Faults.Kind.SYNC_DIRECTORY, Faults.Kind.DELETE)) {
      int n = 0;
      while (failOnce(kind, n)) {
        n++;
      }
      assertTrue(n > 0, "a merge makes no call to " + kind);
    }
  }

  @Test
  @DisplayName("F39 inputThatCannotBeRemovedIsLeftToTheNextOpening: it is told, and nothing comes back")
  void inputThatCannotBeRemovedIsLeftToTheNextOpening() {
    // One segment takes one merge: none begins after the removal has failed, which would be refused.
    files.options = files.options.withSegmentBytes(64 << 20);
    Map<String, String> expected;
    try (EmbeddedStore store = files.open()) {
      MergeFixture.fill(store, "key", 0, 200, "old value ");
      MergeFixture.fill(store, "key", 0, 150, "new value ");
      store.delete(bytes("key3"));
      expected = contents(store);
      files.disk.faults =
          call -> {
            if (call.kind() == Faults.Kind.DELETE && call.file().endsWith(".data")) {
              throw new IOException("Input/output error");
            }
          };
      store.merges().run(true);
      assertEquals(expected, contents(store));
    }
    files.disk.faults = Faults.none();
    assertTrue(files.listener.all(StoreListener.Warning.class).stream().anyMatch(warning -> warning.detail().contains("could not be removed")));
    long left = files.count(".data");
    try (EmbeddedStore store = files.open()) {
      assertEquals(expected, contents(store));
      assertTrue(files.count(".data") < left, "inputs stay");
    }
  }

  /** Waits until all sealed segments have hint files: else calls of the housekeeper fail in the place of the merge's. */
  private static void awaitHints(MemoryDisk disk) {
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
    while (count(disk, ".hint") < count(disk, ".data") - 1) {
      assertTrue(System.nanoTime() < end, "no hint files after a minute");
      Thread.onSpinWait();
    }
  }

  private static long count(MemoryDisk disk, String ending) {
    return disk.list().stream().filter(file -> file.name().endsWith(ending)).count();
  }

  /** Lets the n-th call of a kind fail in a merge, on its own thread; tells whether there were so many. */
  private boolean failOnce(Faults.Kind kind, int n) {
    MemoryDisk fresh = new MemoryDisk();
    boolean[] isMet = new boolean[1];
    Map<String, String> expected;
    boolean isFailed = false;
    try (EmbeddedStore store = KVStore.open(fresh.hold(), files.options)) {
      MergeFixture.fill(store, "key", 0, 200, "old value ");
      MergeFixture.fill(store, "key", 0, 150, "new value ");
      store.delete(bytes("key3"));
      store.sync();
      expected = contents(store);
      awaitHints(fresh);
      fresh.faults = onThisThread(Faults.nthOfAll(kind, n, new IOException("Input/output error")), isMet);
      try {
        store.merges().run(true);
      } catch (StoreIoException e) {
        isFailed = true;
        assertFalse(files.listener.all(StoreListener.MergeFailed.class).isEmpty());
      } catch (KvException e) {
        isFailed = true;
      }
      fresh.faults = Faults.none();
      assertEquals(isMet[0], isFailed, kind + " " + n);
      assertEquals(expected, contents(store));
    } catch (KvException e) {
      expected = null;
    }
    assertEquals(0, count(fresh, ".data.tmp"), kind + " " + n);
    try (EmbeddedStore store = KVStore.open(fresh.hold(), files.options)) {
      if (expected != null) {
        assertEquals(expected, contents(store), kind + " " + n);
      }
      store.merges().run(true);
      if (expected != null) {
        assertEquals(expected, contents(store), kind + " " + n);
      }
    }
    return isMet[0];
  }

  /** Spares the calls that other threads make meanwhile, which nobody knows the number of; notes a failure. */
  private static Faults onThisThread(Faults faults, boolean[] isMet) {
    Thread merging = Thread.currentThread();
    return call -> {
      if (Thread.currentThread() == merging) {
        try {
          faults.before(call);
        } catch (IOException e) {
          isMet[0] = true;
          throw e;
        }
      }
    };
  }

  @Test
  @DisplayName("F49 mergeReservesItsSpace: without room it does not begin, and writes go on")
  void mergeReservesItsSpace() {
    try (EmbeddedStore store = files.open()) {
      MergeFixture.fill(store, "key", 0, 200, "old value ");
      MergeFixture.fill(store, "key", 0, 150, "new value ");
      Map<String, String> expected = contents(store);
      files.disk.capacity = files.disk.used() + 100_000;
      int before = files.disk.traced();
      StoreIoException failure = assertThrows(StoreIoException.class, () -> store.merges().run(true));
      assertTrue(failure.getMessage().contains("not enough room"), failure.getMessage());
      assertTrue(files.disk.traced() - before < 60, "only the active segment was sealed");
      assertTrue(store.stats().health().isWritable());
      assertEquals(1, store.stats().merges().failed());
      store.put(bytes("more"), bytes("value"));
      store.delete(bytes("more"));
      files.disk.capacity = Long.MAX_VALUE;
      assertTrue(store.merges().run(true).reclaimedBytes() > 0);
      assertEquals(expected, contents(store));
    }
  }

  @Test
  @DisplayName("F49 mergeGivesUpWhenOthersTakeItsRoom: before the disk is full")
  void mergeGivesUpWhenOthersTakeItsRoom() {
    files.disk.canReserve = false;
    try (EmbeddedStore store = largeValues()) {
      files.disk.faults = call -> whenMergeWrites(call, () -> files.disk.capacity = files.disk.used() + (5 << 20));
      StoreIoException failure = assertThrows(StoreIoException.class, () -> store.merges().run(true));
      assertTrue(failure.getMessage().contains("not enough room"), failure.getMessage());
      assertEquals(0, files.count(".data.tmp"));
      assertEquals(20, store.size());
    }
  }

  @Test
  @DisplayName("F49 mergeThatHasTakenItsRoomEndsOnAFullDisk: and gives room back")
  void mergeThatHasTakenItsRoomEndsOnAFullDisk() {
    try (EmbeddedStore store = largeValues()) {
      files.disk.faults = call -> whenMergeWrites(call, () -> files.disk.capacity = Math.min(files.disk.capacity, files.disk.used()));
      assertEquals(1, store.merges().run(true).merges());
      assertEquals(20, store.size());
      assertTrue(files.disk.usableBytes() > 5 << 20, files.disk.usableBytes() + " bytes are free");
    }
  }

  /** A store with 26 MiB in a segment, of which 6 MiB are dead. */
  private EmbeddedStore largeValues() {
    files.options = files.options.withSegmentBytes(64 << 20);
    EmbeddedStore store = files.open();
    for (int i = 0; i < 26; i++) {
      store.put(bytes("key" + i % 20), new byte[1 << 20]);
    }
    return store;
  }

  private static void whenMergeWrites(Faults.Call call, Runnable action) {
    if (call.kind() == Faults.Kind.WRITE && call.file().endsWith(".data.tmp")) {
      action.run();
    }
  }

  @Test
  void closedStoreMergesNothing() {
    EmbeddedStore store = files.open();
    MergeFixture.fill(store, "key", 0, 200, "old value ");
    MergeFixture.fill(store, "key", 0, 200, "new value ");
    MergeControl merges = store.merges();
    store.close();
    int before = files.disk.traced();
    assertThrows(StoreClosedException.class, () -> merges.run(true));
    assertThrows(StoreClosedException.class, () -> merges.explain(false));
    assertEquals(before, files.disk.traced());
  }

  @Test
  @DisplayName("F44 poisonedStoreMergesNothing")
  void poisonedStoreMergesNothing() {
    try (EmbeddedStore store = files.open()) {
      MergeFixture.fill(store, "key", 0, 200, "old value ");
      MergeFixture.fill(store, "key", 0, 200, "new value ");
      files.disk.faults = Faults.nth(Faults.Kind.SYNC, 0, new IOException("Input/output error"));
      assertThrows(SyncFailedException.class, store::sync);
      long before = files.count(".data");
      assertThrows(WritesRefusedException.class, () -> store.merges().run(true));
      assertEquals(before, files.count(".data"));
      assertEquals(0, files.count(".data.tmp"));
    } catch (SyncFailedException e) {
      assertTrue(e.getMessage().contains("stable storage"), "closing says so too");
    }
  }
}
