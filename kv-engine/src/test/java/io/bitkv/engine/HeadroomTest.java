package io.bitkv.engine;

import static io.bitkv.engine.TestStores.bytes;
import static io.bitkv.engine.TestStores.contents;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitkv.api.EmbeddedStore;
import io.bitkv.api.Put;
import io.bitkv.api.StoreListener;
import io.bitkv.api.StoreOptions;
import io.bitkv.codec.entry.SegmentFooter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Zeros ahead of a segment's entries are there for cheap syncs, and mean nothing. */
class HeadroomTest {
  private static final String SEGMENT = FileNames.segment(1);

  private final RecordingListener listener = new RecordingListener();
  private final StoreOptions options = TestStores.options().withSegmentBytes(4 << 20).withListener(listener);
  private final MemoryDisk disk = new MemoryDisk(true);
  private final List<Map<String, String>> states = new ArrayList<>(List.of(Map.of()));
  private final Map<String, String> model = new TreeMap<>();

  private void putDurably(EmbeddedStore store, String key, String value) {
    store.put(bytes(key), bytes(value), Put.always().durable());
    model.put(key, value);
    states.add(Map.copyOf(model));
  }

  private void fill(EmbeddedStore store, int count) {
    for (int i = 0; i < count; i++) {
      putDurably(store, "key" + i % 7, "value " + states.size());
    }
  }

  /** Where the entries of the newest segment end. */
  private static int end(EmbeddedStore store) {
    return (int) store.stats().segments().getLast().fileBytes();
  }

  private EmbeddedStore open() {
    return KVStore.open(disk.hold(), options);
  }

  /** Zeros ahead, and where they begin, as the end of the process leaves them; without what is staged, which all is in the segment. */
  private int killedWithZerosAhead(MemoryDisk left) {
    try (EmbeddedStore store = open()) {
      do {
        fill(store, 5);
      } while (disk.file(SEGMENT).size() < end(store) + 200);
      int end = end(store);
      left.files.put(SEGMENT, DamageFixture.copy(disk.file(SEGMENT)));
      return end;
    }
  }

  private static MemoryDisk cut(MemoryDisk whole, int length) {
    MemoryDisk cut = new MemoryDisk(true);
    cut.files.put(SEGMENT, DamageFixture.copy(whole.file(SEGMENT)));
    cut.file(SEGMENT).truncate(length);
    return cut;
  }

  private Map<String, String> recover(MemoryDisk left) {
    try (EmbeddedStore store = KVStore.open(left.hold(), options)) {
      return contents(store);
    }
  }

  @Test
  @DisplayName("F1 F7 zerosAheadMayBeCutAnywhere: a prefix is recovered, all of it at and behind the end, and nothing is told of a torn tail")
  void zerosAheadMayBeCutAnywhere() {
    MemoryDisk left = new MemoryDisk(true);
    int end = killedWithZerosAhead(left);
    int length = left.file(SEGMENT).size();
    int before = 0;
    for (int at = end - 150; at <= length; at += at < end + 150 || at > length - 20 ? 1 : 7) {
      int state = states.lastIndexOf(recover(cut(left, at)));
      assertTrue(state >= before && (at < end || state == states.size() - 1), "cut at " + at + ": " + state);
      before = state;
      MemoryDisk holed = cut(left, length);
      holed.file(SEGMENT).write(at, new byte[length], length - at);
      assertEquals(state, states.lastIndexOf(recover(holed)), "zeros from " + at);
    }
    listener.all(StoreListener.TornTail.class).forEach(torn -> assertTrue(torn.offset() < end, torn::toString));
  }

  @Test
  @DisplayName("F7 openingAfterAKillCutsTheZeros: and seals the segment behind its last entry")
  void openingAfterAKillCutsTheZeros() {
    MemoryDisk left = new MemoryDisk(true);
    int end = killedWithZerosAhead(left);
    assertEquals(model, recover(left));
    assertEquals(end + SegmentFooter.LENGTH, left.file(SEGMENT).size());
    assertTrue(listener.all(StoreListener.TornTail.class).isEmpty());
  }

  @Test
  @DisplayName("F3 F7 flippedByteAmongTheZerosIsATornTail: kept beside the segment, told once, and no entry is lost")
  void flippedByteAmongTheZerosIsATornTail() {
    MemoryDisk left = new MemoryDisk(true);
    int end = killedWithZerosAhead(left);
    int length = left.file(SEGMENT).size();
    for (int at : new int[] {end, end + 1, end + 4, end + 5, (end + length) / 2, length - 1}) {
      MemoryDisk flipped = cut(left, length);
      DamageFixture.flip(flipped.file(SEGMENT), at, 0x41);
      int told = listener.all(StoreListener.TornTail.class).size();
      assertEquals(model, recover(flipped), "byte " + at);
      assertEquals(told + 1, listener.all(StoreListener.TornTail.class).size());
      assertEquals(length - end, flipped.file(FileNames.torn(SEGMENT, 1)).size());
    }
  }

  @Test
  @DisplayName("F18 sealedSegmentsHaveNoZeros: neither after a rollover nor after closing")
  void sealedSegmentsHaveNoZeros() throws IOException {
    StoreOptions small = options.withSegmentBytes(StoreOptions.MIN_SEGMENT_BYTES);
    try (EmbeddedStore store = KVStore.open(disk.hold(), small)) {
      fill(store, 800);
      assertTrue(store.stats().segments().size() > 3);
    }
    Damage damage = Survey.passive(disk);
    for (Disk.Found found : disk.list()) {
      if (FileNames.segmentId(found.name()).isPresent()) {
        assertTrue(SegmentProbe.of(disk, FileNames.segmentId(found.name()).getAsInt(), damage).isSealed(), found::toString);
      }
    }
    try (EmbeddedStore store = KVStore.open(disk.hold(), small)) {
      fill(store, 20);
      store.merges().run(true);
      assertEquals(model, contents(store));
    }
    assertEquals(model, recover(disk));
  }

  @Test
  @DisplayName("muchBetweenTwoSyncsGetsNoZeros: else all of it would be written twice")
  void muchBetweenTwoSyncsGetsNoZeros() {
    try (EmbeddedStore store = open()) {
      for (int i = 0; i < 10; i++) {
        store.put(bytes("key" + i), new byte[40_000]);
        store.sync();
        assertEquals(end(store), disk.file(SEGMENT).size());
      }
    }
  }

  @Test
  @DisplayName("F17 F22 historiesOfTheCrashTestsHaveZerosAhead")
  void historiesOfTheCrashTestsHaveZerosAhead() {
    History history = History.run(disk, 1, 60, TestStores.options());
    long zeros =
        history.disk.trace.stream()
            .filter(op -> op instanceof Op.Write write && write.file().toString().endsWith(".data") && isZero(write.bytes()))
            .count();
    assertTrue(zeros >= 4, zeros + " times");
  }

  private static boolean isZero(byte[] bytes) {
    return Arrays.equals(bytes, new byte[bytes.length]);
  }

  @Test
  @DisplayName("F3 placeIsLookedAtTwiceBeforeItIsCalledDamaged: a store at work may put entries there while it is read")
  void placeIsLookedAtTwiceBeforeItIsCalledDamaged() {
    byte[] early;
    byte[] late;
    try (EmbeddedStore store = open()) {
      putDurably(store, "large", "v".repeat((1 << 20) - 500));
      store.put(bytes("last"), bytes("before"), Put.always().durable());
      early = disk.file(SEGMENT).bytes();
      assertTrue(early.length > end(store) + 2_000, "no zeros ahead");
      fill(store, 60);
      late = disk.file(SEGMENT).bytes();
    }
    for (int n = 0; n < 6; n++) {
      MemoryDisk live = new MemoryDisk();
      MemoryFile file = new MemoryFile(SEGMENT);
      file.write(0, early, early.length);
      live.files.put(SEGMENT, file);
      int[] reads = {n};
      live.faults =
          call -> {
            if (call.kind() == Faults.Kind.READ && call.file().equals(SEGMENT) && reads[0]-- == 0) {
              file.write(0, late, late.length);
            }
          };
      try (EmbeddedStore reader = ReadOnlyStore.open(live, options.withReadOnly(true))) {
        assertEquals("before", contents(reader).get("last"), "changed at read " + n);
      }
      assertFalse(reads[0] >= 0, "too few reads");
    }
  }
}
