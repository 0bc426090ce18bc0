package io.bitkv.engine;

import static io.bitkv.engine.DamageFixture.QUARANTINE;
import static io.bitkv.engine.DamageFixture.content;
import static io.bitkv.engine.DamageFixture.flip;
import static io.bitkv.engine.DamageFixture.open;
import static io.bitkv.engine.TestStores.bytes;
import static io.bitkv.engine.TestStores.options;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitkv.api.EmbeddedStore;
import io.bitkv.api.StoreCorruptException;
import io.bitkv.api.StoreListener;
import io.bitkv.codec.entry.SegmentFooter;
import io.bitkv.codec.entry.SegmentHeader;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Damaged bytes are never taken for data: what was durable is refused or set aside, what was not is cut off. */
class DamageTest {
  private static final int[] MASKS = {0x01, 0x02, 0x04, 0x08, 0x10, 0x20, 0x40, 0x80, 0xFF, 0x55, 0xAA, 0x0F};

  @Test
  @DisplayName("F2 F4 everyFlippedByteOfASealedSegmentIsRefused: by file and offset, and nothing is changed")
  void everyFlippedByteOfASealedSegmentIsRefused() {
    DamageFixture fixture = DamageFixture.sealed();
    String name = FileNames.segment(2);
    int length = fixture.disk.file(name).size();
    for (int at = 0; at < length; at++) {
      for (int mask : MASKS) {
        MemoryDisk disk = fixture.copy();
        flip(disk.file(name), at, mask);
        Map<?, ?> before = content(disk);
        int place = at;
        StoreCorruptException refusal =
            assertThrows(StoreCorruptException.class, () -> open(disk, options()), () -> "byte " + place + " mask " + mask);
        assertEquals(disk.path(name), refusal.file());
        assertTrue(refusal.offset() <= length, "offset " + refusal.offset());
        assertEquals(before, content(disk));
      }
    }
  }

  @Test
  @DisplayName("F2 F4 flippedBytesAreSetAsideWhenToldTo: and what is read was written")
  void flippedBytesAreSetAsideWhenToldTo() {
    DamageFixture fixture = DamageFixture.sealed();
    String name = FileNames.segment(2);
    for (int at = 0; at < fixture.disk.file(name).size(); at++) {
      MemoryDisk disk = fixture.copy();
      flip(disk.file(name), at, MASKS[at % MASKS.length]);
      RecordingListener listener = new RecordingListener();
      Map<String, String> opened = open(disk, QUARANTINE.withListener(listener));
      int place = at;
      opened.forEach((key, value) -> assertTrue(fixture.wasWritten(key, value), () -> key + " after byte " + place));
      assertTrue(!listener.all(StoreListener.Warning.class).isEmpty(), "no warning for byte " + at);
      Map<?, ?> before = content(disk);
      assertEquals(opened, open(disk, QUARANTINE));
      assertEquals(before, content(disk), "a second opening changes something");
    }
  }

  @Test
  @DisplayName("F2 quarantineLosesTheDamagedEntryAlone: and keeps a copy of its bytes")
  void quarantineLosesTheDamagedEntryAlone() {
    DamageFixture fixture = DamageFixture.sealed();
    MemoryFile segment = fixture.disk.file(FileNames.segment(3));
    int at = new String(segment.bytes(), ISO_8859_1).indexOf("value 1 of segment 3");
    flip(segment, at, 0x20);
    Map<String, String> opened = open(fixture.disk, QUARANTINE);
    Map<String, String> expected = new TreeMap<>(fixture.last());
    expected.put("key4", "value 2 of segment 2");
    assertEquals(expected, opened);
    assertEquals(1, fixture.disk.files.keySet().stream().filter(name -> name.startsWith("0000000003.data.bad-")).count());
  }

  @Test
  @DisplayName("F3 flippedByteOfTheNewestSegmentIsRefusedBelowTheWatermarkAndCutAboveIt")
  void flippedByteOfTheNewestSegmentIsRefusedBelowTheWatermarkAndCutAboveIt() {
    DamageFixture fixture = DamageFixture.unsealed();
    String name = FileNames.segment(2);
    for (int at = 0; at < fixture.end; at++) {
      for (int mask : MASKS) {
        MemoryDisk disk = fixture.copy();
        flip(disk.file(name), at, mask);
        if (at < fixture.durableEnd) {
          Map<?, ?> before = content(disk);
          assertThrows(StoreCorruptException.class, () -> open(disk, options()), "byte " + at);
          assertEquals(before, content(disk));
        } else {
          Map<String, String> opened = open(disk, options());
          assertTrue(fixture.states.indexOf(opened) >= 7, "byte " + at + ": " + opened);
        }
      }
    }
  }

  @Test
  @DisplayName("F1 newestSegmentCutAnywhereGivesAPrefix: the cut bytes are kept, and one event tells")
  void newestSegmentCutAnywhereGivesAPrefix() {
    DamageFixture fixture = DamageFixture.unsealed();
    String name = FileNames.segment(2);
    int before = 0;
    for (int length = 0; length <= fixture.end; length++) {
      MemoryDisk disk = fixture.copy();
      disk.file(name).truncate(length);
      RecordingListener listener = new RecordingListener();
      Map<String, String> opened = open(disk, options().withListener(listener));
      int state = fixture.states.indexOf(opened);
      assertTrue(state >= before, "length " + length + ": " + opened);
      before = state;
      var torn = listener.all(StoreListener.TornTail.class);
      byte[] cut = fixture.disk.file(name).bytes();
      long end = length <= SegmentHeader.LENGTH ? length : listener.all(StoreListener.Sealed.class).getFirst().bytes() - SegmentFooter.LENGTH;
      // An entry may begin with zeros, by chance; what holds nothing else was never written.
      boolean isTorn = IntStream.range((int) end, length).anyMatch(at -> cut[at] != 0);
      assertEquals(isTorn ? 1 : 0, torn.size(), "length " + length);
      if (isTorn) {
        assertEquals(length, torn.getFirst().offset() + torn.getFirst().bytes());
        byte[] kept = disk.file(name + ".torn-1").bytes();
        assertTrue(Arrays.equals(cut, (int) torn.getFirst().offset(), length, kept, 0, kept.length));
      }
    }
    assertEquals(fixture.states.size() - 1, before);
  }

  @Test
  @DisplayName("F7 zerosEndTheLog: behind the last entry, and over the last ones")
  void zerosEndTheLog() {
    DamageFixture fixture = DamageFixture.unsealed();
    String name = FileNames.segment(2);
    for (int zeros : new int[] {1, 3, 64, 72, 4096, 100_000}) {
      MemoryDisk disk = fixture.copy();
      disk.file(name).write(fixture.end, new byte[zeros], zeros);
      assertEquals(fixture.last(), open(disk, options()));
      assertEquals(Set.of(FileNames.segment(1), FileNames.hint(1), name, FileNames.hint(2), FileNames.SNAPSHOT, FileNames.RESERVE), disk.files.keySet());
    }
    for (int from = fixture.durableEnd; from < fixture.end; from++) {
      MemoryDisk disk = fixture.copy();
      disk.file(name).write(from, new byte[fixture.end - from], fixture.end - from);
      assertTrue(fixture.states.indexOf(open(disk, options())) >= 7, "zeros from " + from);
    }
  }

  @Test
  @DisplayName("F15 damageUnderARunningStoreIsAnErrorForThatKeyAlone: never absence")
  void damageUnderARunningStoreIsAnErrorForThatKeyAlone() {
    MemoryDisk disk = new MemoryDisk();
    try (EmbeddedStore store = KVStore.open(disk.hold(), options())) {
      store.put(bytes("sound"), bytes("sound value"));
      int from = disk.file(FileNames.segment(1)).size();
      store.put(bytes("hurt"), bytes("hurt value"));
      int to = disk.file(FileNames.segment(1)).size();
      for (int at = from; at < to; at++) {
        flip(disk.file(FileNames.segment(1)), at, 0x10);
        StoreCorruptException error = assertThrows(StoreCorruptException.class, () -> store.get(bytes("hurt")), "byte " + at);
        assertEquals(from, error.offset());
        assertThrows(StoreCorruptException.class, () -> store.contains(bytes("hurt")));
        assertThrows(StoreCorruptException.class, () -> store.read(bytes("hurt"), view -> view.length()));
        assertThrows(StoreCorruptException.class, () -> store.put(bytes("hurt"), bytes("new")));
        assertEquals("sound value", TestStores.text(store.get(bytes("sound")).orElseThrow()));
        flip(disk.file(FileNames.segment(1)), at, 0x10);
      }
      assertEquals("hurt value", TestStores.text(store.get(bytes("hurt")).orElseThrow()));
    }
  }
}
