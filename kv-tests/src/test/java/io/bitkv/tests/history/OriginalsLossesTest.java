package io.bitkv.tests.history;

import static io.bitkv.tests.model.Bytes.bytes;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitkv.api.EmbeddedStore;
import io.bitkv.api.KeyValueStore;
import io.bitkv.api.StoreOptions;
import io.bitkv.api.StoreStats.SegmentStats;
import io.bitkv.api.SyncPolicy;
import io.bitkv.tests.model.Bytes;
import io.bitkv.tests.model.Directories;
import io.bitkv.tests.model.EngineStores;
import io.bitkv.tests.model.ManualClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The ways in which the program that this one descends from lost data: it ordered entries by second and by the order of a map, kept
 * tombstones in memory alone, named segments by the second, and refused to start over a torn tail.
 */
class OriginalsLossesTest {

  /** As often as the original was opened to see it bring back older values in every second case. */
  private static final int RESTARTS = 12;

  @RegisterExtension final EngineStores stores = new EngineStores();

  private final ManualClock clock = new ManualClock();
  private EmbeddedStore store;

  private void open() {
    store =
        stores.open(
            StoreOptions.defaults()
                .withSegmentBytes(StoreOptions.MIN_SEGMENT_BYTES)
                .withSyncPolicy(SyncPolicy.always())
                .withClock(clock));
  }

  private void restart() {
    store.close();
    open();
  }

  private void fillSegments(int count) {
    long before = store.stats().segments().size();
    for (int i = 0; store.stats().segments().size() < before + count; i++) {
      store.put(bytes("filler"), Bytes.random(i, 500));
    }
  }

  @Test
  void deletedKeyStaysDeletedAfterRestart() {
    open();
    store.put(bytes("key"), bytes("value"));
    store.delete(bytes("key"));
    for (int i = 0; i < RESTARTS; i++) {
      restart();
      assertFalse(store.contains(bytes("key")));
      assertEquals(0, store.size());
    }
  }

  @Test
  void keyDeletedInALaterSegmentStaysDeletedAfterRestart() {
    open();
    store.put(bytes("key"), bytes("1"));
    fillSegments(2);
    store.put(bytes("key"), bytes("2"));
    fillSegments(2);
    store.delete(bytes("key"));
    fillSegments(2);
    for (int i = 0; i < RESTARTS; i++) {
      restart();
      assertFalse(store.contains(bytes("key")));
    }
  }

  @Test
  void newestValueWinsAfterEveryRestart() {
    open();
    for (int round = 0; round < RESTARTS; round++) {
      for (int key = 0; key < 20; key++) {
        for (int i = 0; i < 5; i++) {
          store.put(bytes("key" + key), bytes(round + "/" + i));
        }
      }
      restart();
      for (int key = 0; key < 20; key++) {
        assertArrayEquals(bytes(round + "/4"), store.get(bytes("key" + key)).orElseThrow());
      }
    }
  }

  @Test
  void segmentsMadeInOneSecondKeepAllTheirEntries() {
    open();
    for (int i = 0; i < 300; i++) {
      store.put(bytes("key" + i), Bytes.random(i, 200));
    }
    assertTrue(store.stats().segments().size() > 10, "the test wants many segments");
    restart();
    assertEquals(300, store.size());
    for (int i = 0; i < 300; i++) {
      assertArrayEquals(Bytes.random(i, 200), store.get(bytes("key" + i)).orElseThrow());
    }
  }

  @Test
  @DisplayName("F34 clockGoingBackwardsBringsNoOlderValueBack")
  void clockGoingBackwardsBringsNoOlderValueBack() {
    open();
    long[] jumps = {Duration.ofDays(-1).toMillis(), Duration.ofDays(3653).toMillis(), 0, Duration.ofDays(-9000).toMillis()};
    for (int i = 0; i < jumps.length; i++) {
      store.put(bytes("key"), bytes("older"));
      store.put(bytes("deleted"), bytes("older"));
      clock.advance(jumps[i]);
      fillSegments(1);
      store.put(bytes("key"), bytes("newest" + i));
      store.delete(bytes("deleted"));
      restart();
      assertArrayEquals(bytes("newest" + i), store.get(bytes("key")).orElseThrow());
      assertFalse(store.contains(bytes("deleted")));
    }
  }

  @Test
  @DisplayName("F35 equalTimestampsDoNotConfuseTheOrder")
  void equalTimestampsDoNotConfuseTheOrder() {
    open();
    for (int i = 0; i < 500; i++) {
      store.put(bytes("key" + i % 7), bytes("" + i));
    }
    restart();
    for (int i = 493; i < 500; i++) {
      assertArrayEquals(bytes("" + i), store.get(bytes("key" + i % 7)).orElseThrow());
    }
  }

  @Test
  @DisplayName("F1 F13 tornTailNeverStopsTheStartAndCostsOnlyWhatItCut")
  void tornTailNeverStopsTheStartAndCostsOnlyWhatItCut() throws Exception {
    open();
    long[] ends = LongStream.range(0, 6).map(this::putAndTellTheEnd).toArray();
    store.sync();
    SegmentStats newest = store.stats().segments().getLast();
    for (long length = 0; length <= newest.fileBytes(); length++) {
      long left = length;
      Directories.inCopyOf(
          stores.directory(),
          copy -> {
            Directories.cut(Directories.segment(copy, newest.id()), left);
            assertHoldsWhatEndsWithin(left, ends, copy);
          });
    }
  }

  private static void assertHoldsWhatEndsWithin(long length, long[] ends, Path directory) {
    try (EmbeddedStore cut = KeyValueStore.open(directory)) {
      for (int i = 0; i < ends.length; i++) {
        assertEquals(ends[i] <= length, cut.contains(bytes("key" + i)), "key" + i + " in a segment cut at " + length);
      }
      cut.put(bytes("next"), bytes("value"));
    }
    try (EmbeddedStore again = KeyValueStore.open(directory)) {
      assertTrue(again.contains(bytes("next")));
    }
  }

  private long putAndTellTheEnd(long number) {
    store.put(bytes("key" + number), bytes("value"));
    return store.stats().segments().getLast().fileBytes();
  }

  @Test
  @DisplayName("F9 valueThatContainsEntriesIsOnlyAValue")
  void valueThatContainsEntriesIsOnlyAValue() throws Exception {
    open();
    store.put(bytes("key"), bytes("older"));
    store.put(bytes("deleted"), bytes("older"));
    store.sync();
    SegmentStats first = store.stats().segments().getLast();
    byte[] image = Files.readAllBytes(Directories.segment(stores.directory(), first.id()));
    store.put(bytes("key"), bytes("newer"));
    store.delete(bytes("deleted"));
    long begin = store.stats().segments().getLast().fileBytes();
    store.put(bytes("bag"), image);
    store.sync();
    SegmentStats last = store.stats().segments().getLast();
    assertEquals(first.id(), last.id(), "the test wants both images in one segment");
    for (long damaged = begin; damaged < last.fileBytes() - image.length; damaged++) {
      long place = damaged;
      Directories.inCopyOf(
          stores.directory(),
          copy -> {
            Directories.flip(Directories.segment(copy, last.id()), place, 0x55);
            assertNothingComesOutOfTheBag(copy, image);
          });
    }
    restart();
    assertArrayEquals(bytes("newer"), store.get(bytes("key")).orElseThrow());
    assertArrayEquals(image, store.get(bytes("bag")).orElseThrow());
    assertFalse(store.contains(bytes("deleted")));
  }

  private static void assertNothingComesOutOfTheBag(Path directory, byte[] image) {
    try (EmbeddedStore opened = KeyValueStore.open(directory)) {
      assertArrayEquals(bytes("newer"), opened.get(bytes("key")).orElseThrow());
      assertFalse(opened.contains(bytes("deleted")));
      opened.get(bytes("bag")).ifPresent(bag -> assertArrayEquals(image, bag));
    }
  }
}
