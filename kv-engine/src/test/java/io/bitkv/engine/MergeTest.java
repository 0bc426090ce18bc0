package io.bitkv.engine;

import static io.bitkv.engine.TestStores.bytes;
import static io.bitkv.engine.TestStores.contents;
import static io.bitkv.engine.TestStores.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitkv.api.DirectoryKind;
import io.bitkv.api.EmbeddedStore;
import io.bitkv.api.Keyspace;
import io.bitkv.api.MergeReport;
import io.bitkv.api.Put;
import io.bitkv.api.StoreListener;
import io.bitkv.api.StoreStats;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A merge gives space back and changes nothing else. */
class MergeTest {
  private final MergeFixture files = new MergeFixture();

  @ParameterizedTest
  @EnumSource
  @DisplayName("F39 mergeGivesSpaceBack: and every key has its value, before and after a restart")
  void mergeGivesSpaceBack(DirectoryKind kind) {
    files.options = files.options.withDirectoryKind(kind);
    Map<String, String> expected;
    try (EmbeddedStore store = files.open()) {
      for (int round = 0; round < 10; round++) {
        MergeFixture.fill(store, "key", 0, 200, "a value of some length in round " + round + " ");
      }
      expected = contents(store);
      long before = files.disk.used();
      MergeReport report = store.merges().run(true);
      assertTrue(report.reclaimedBytes() > 0);
      assertEquals(expected, contents(store));
      assertEquals(report, store.stats().merges().done());
      assertEquals(report.merges(), files.listener.all(StoreListener.Merged.class).size());
      assertTrue(store.stats().deadBytes() < store.stats().segments().size() * 200L, () -> store.stats().toString());
      assertTrue(report.readBytes() < before);
    }
    assertTrue(logBytes() < 4 * expected.size() * 60L, () -> logBytes() + " bytes are left");
    assertEquals(0, files.count(".tmp"));
    try (EmbeddedStore store = files.open()) {
      assertEquals(expected, contents(store));
      assertEquals(0, files.listener.all(StoreListener.Warning.class).size());
    }
  }

  /** What the files take beside the reserve and the image of the directory. */
  private long logBytes() {
    return files.disk.files.entrySet().stream()
        .filter(file -> !file.getKey().equals(FileNames.RESERVE) && !file.getKey().equals(FileNames.SNAPSHOT))
        .mapToLong(file -> file.getValue().size())
        .sum();
  }

  /** The first removal is held up until whoever asked for the merge waits, or goes on. */
  @Test
  @DisplayName("F39 spaceIsBackWhenAMergeThatWasAskedForIsOver: nobody has to wait for the files to go")
  void spaceIsBackWhenAMergeThatWasAskedForIsOver() {
    try (EmbeddedStore store = files.open()) {
      for (int round = 0; round < 10; round++) {
        MergeFixture.fill(store, "key", 0, 200, "a value of some length in round " + round + " ");
      }
      Thread asking = Thread.currentThread();
      AtomicBoolean isOver = new AtomicBoolean();
      files.disk.faults =
          call -> {
            boolean isHeld = call.kind() == Faults.Kind.DELETE && Thread.currentThread() != asking;
            while (isHeld && !isOver.get() && asking.getState() == Thread.State.RUNNABLE) {
              Thread.onSpinWait();
            }
          };
      store.merges().run(true);
      long left = files.count(".data");
      isOver.set(true);
      assertEquals(store.stats().segments().size(), left);
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("F30 tombstoneOutlivesTheMerge: while an older segment outside it may hold the key, and not longer")
  void tombstoneOutlivesTheMerge(DirectoryKind kind) {
    files.options = files.options.withDirectoryKind(kind);
    try (EmbeddedStore store = files.open()) {
      MergeFixture.fill(store, "old", 0, 200, "a value that stays where it is ");
      MergeFixture.fill(store, "new", 0, 200, "a value that is overwritten ");
      for (int i = 0; i < 200; i += 9) {
        store.delete(bytes("old" + i));
      }
      MergeFixture.fill(store, "new", 0, 200, "a value that stays ");
      store.merges().run(false);
      assertTrue(store.stats().merges().done().droppedDeletions() < 10);
    }
    for (int restart = 0; restart < 2; restart++) {
      try (EmbeddedStore store = files.open()) {
        for (int i = 0; i < 200; i++) {
          assertEquals(i % 9 != 0, store.contains(bytes("old" + i)), "old" + i);
        }
      }
    }
    try (EmbeddedStore store = files.open()) {
      store.put(bytes("old1"), bytes("x"));
      store.merges().run(true);
      store.merges().run(true);
      assertTrue(store.stats().merges().done().droppedDeletions() >= 15, () -> store.stats().merges().toString());
    }
    try (EmbeddedStore store = files.open()) {
      for (int i = 0; i < 200; i++) {
        assertEquals(i % 9 != 0, store.contains(bytes("old" + i)), "old" + i);
      }
    }
  }

  @Test
  @DisplayName("everythingDeletedLeavesNothing: but the count of sequence numbers goes on")
  void everythingDeletedLeavesNothing() {
    long last;
    try (EmbeddedStore store = files.open()) {
      Keyspace other = store.keyspace(3);
      for (int i = 0; i < 300; i++) {
        store.put(bytes("key" + i), bytes("value " + i));
        other.put(bytes("key" + i), bytes("value " + i));
      }
      for (int i = 0; i < 300; i++) {
        store.delete(bytes("key" + i));
      }
      last = other.clear();
      store.merges().run(true);
      assertEquals(0, store.size());
    }
    assertTrue(files.disk.used() < 2_500 + (1 << 20), () -> files.disk.used() + " bytes are left");
    try (EmbeddedStore store = files.open()) {
      assertEquals(0, store.size());
      assertEquals(last, store.lastSequence());
      assertEquals(last + 1, store.put(bytes("key"), bytes("value")));
    }
  }

  @Test
  @DisplayName("F36 mergeKeepsExpiryAndReclaimsWhatExpired: and no older value comes out from under it")
  void mergeKeepsExpiryAndReclaimsWhatExpired() {
    try (EmbeddedStore store = files.open()) {
      MergeFixture.fill(store, "key", 0, 100, "an older value of some length ");
      MergeFixture.fill(store, "other", 0, 100, "a value that stays, so that its segment does ");
      for (int i = 0; i < 100; i++) {
        Put put = Put.always().expiresAt(Instant.ofEpochMilli(i % 2 == 0 ? files.now + 5_000 : files.now + 50_000));
        store.put(bytes("key" + i), bytes("a newer value " + i), put);
      }
      MergeFixture.fill(store, "other", 0, 100, "a value that stays, so that its segment does ");
    }
    files.now += 10_000;
    files.options = files.options.withMerges(files.options.merges().withFragmentation(0.01));
    for (int restart = 0; restart < 3; restart++) {
      try (EmbeddedStore store = files.open()) {
        store.merges().run(restart > 1);
        for (int i = 0; i < 100; i++) {
          String value = store.get(bytes("key" + i)).map(TestStores::text).orElse("none");
          assertEquals(i % 2 == 0 ? "none" : "a newer value " + i, value);
        }
        assertEquals(1_050_000, store.getVersioned(bytes("key1")).orElseThrow().expiresAtMillis());
      }
    }
    assertTrue(files.listener.all(StoreListener.Merged.class).stream().anyMatch(event -> event.report().expiredEntries() > 0));
  }

  @Test
  @DisplayName("liveBytesAreExact: after merges, and the same after a restart from the image, from hints, from the segments, for each kind of directory")
  void liveBytesAreExact() {
    List<StoreStats.SegmentStats> before;
    try (EmbeddedStore store = files.open()) {
      for (int round = 0; round < 6; round++) {
        MergeFixture.fill(store, "key", 0, 100 + 20 * round, "value of round " + round);
        store.keyspace(5).put(bytes("key" + round), bytes("value"));
        store.delete(bytes("key" + round));
        store.merges().run(round % 2 == 0);
      }
      store.keyspace(5).clear();
      before = store.stats().segments();
    }
    for (DirectoryKind kind : DirectoryKind.values()) {
      for (String without : List.of("nothing", FileNames.SNAPSHOT, "(snapshot|.*[.]hint)")) {
        MemoryDisk copy = files.disk.copy();
        copy.files.keySet().removeIf(name -> name.matches(without));
        try (EmbeddedStore store = KVStore.open(copy.hold(), files.options.withDirectoryKind(kind))) {
          assertEquals(before.stream().map(StoreStats.SegmentStats::id).toList(), store.stats().segments().stream().map(StoreStats.SegmentStats::id).toList());
          for (int i = 0; i < before.size(); i++) {
            assertEquals(before.get(i).liveBytes(), store.stats().segments().get(i).liveBytes(), kind + " segment " + before.get(i).id());
          }
        }
      }
    }
  }

  @Test
  @DisplayName("entriesLargerThanABufferAreMerged: of every length around it, as entries get shorter when their watermark goes")
  void entriesLargerThanABufferAreMerged() {
    files.options = files.options.withSegmentBytes(64 << 20);
    int window = 1 << 20;
    try (EmbeddedStore store = files.open()) {
      store.put(bytes("dead"), new byte[100_000], Put.always().durable());
      store.put(bytes("dead"), bytes("no longer"));
      for (int length = window - 40; length < window + 4; length++) {
        store.put(bytes("key" + length), new byte[length], Put.always().durable());
      }
      assertEquals(1, store.merges().run(true).merges());
      for (int length = window - 40; length < window + 4; length++) {
        assertEquals(length, store.get(bytes("key" + length)).orElseThrow().length);
      }
    }
  }
}
