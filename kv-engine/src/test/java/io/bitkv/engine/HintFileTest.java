package io.bitkv.engine;

import static io.bitkv.engine.TestStores.bytes;
import static io.bitkv.engine.TestStores.options;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitkv.api.EmbeddedStore;
import io.bitkv.api.StoreCorruptException;
import io.bitkv.api.StoreListener;
import io.bitkv.api.StoreOptions;
import io.bitkv.api.StoreStats;
import io.bitkv.codec.entry.EntryKind;
import io.bitkv.codec.entry.HintEntry;
import io.bitkv.codec.entry.HintWriter;
import io.bitkv.codec.entry.KeyHash;
import io.bitkv.codec.entry.SegmentFooter;
import io.bitkv.codec.entry.SegmentHeader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A hint file makes a restart faster, and never another one. */
class HintFileTest {
  private final DamageFixture fixture = DamageFixture.sealed();
  private final RecordingListener listener = new RecordingListener();

  private MemoryDisk hinted() {
    MemoryDisk copy = fixture.copy();
    fixture.disk.files.forEach(
        (name, file) -> {
          if (FileNames.hintId(name).isPresent()) {
            copy.files.put(name, DamageFixture.copy(file));
          }
        });
    return copy;
  }

  private Map<String, String> open(MemoryDisk disk) {
    return DamageFixture.open(disk, options().withListener(listener));
  }

  @Test
  void everySealedSegmentHasAHintFile() {
    for (int id = 1; id <= 3; id++) {
      assertTrue(fixture.disk.files.containsKey(FileNames.hint(id)));
    }
    assertEquals(fixture.last(), open(hinted()));
    assertEquals(List.of(), listener.all(StoreListener.Warning.class));
  }

  @Test
  @DisplayName("F5 damagedHintFileIsIgnored: any byte flipped, or cut at any length; it is made anew")
  void damagedHintFileIsIgnored() {
    String name = FileNames.hint(2);
    ByteBuffer whole = ByteBuffer.wrap(fixture.disk.file(name).bytes());
    for (int at = 0; at < whole.capacity(); at++) {
      MemoryDisk flipped = hinted();
      DamageFixture.flip(flipped.file(name), at, 1 << at % 8);
      checkIgnored(flipped, name, whole, at);
      MemoryDisk cut = hinted();
      cut.file(name).truncate(at);
      checkIgnored(cut, name, whole, at);
    }
  }

  @Test
  @DisplayName("F5 nothingOfAnUnsoundHintFileCounts: not even of its sound blocks, which were taken in before the fault was met")
  void nothingOfAnUnsoundHintFileCounts() throws IOException {
    StoreStats honest = stats(hinted());
    SegmentFooter footer = SegmentProbe.of(fixture.disk, 2, new Damage(StoreOptions.OnDamage.REFUSE, fixture.disk, null)).footer();
    long seed = KeyHash.seed(footer.storeId(), 0);
    HintWriter lies = new HintWriter(footer);
    MemoryFile file = new MemoryFile(FileNames.hint(2));
    file.write(0, lies.bytes(), lies.begin());
    long offset = SegmentHeader.LENGTH;
    for (HintEntry lie :
        List.of(
            new HintEntry(EntryKind.PUT, 0, 1, 1_000, false, offset, 10),
            new HintEntry(EntryKind.TOMBSTONE, 0, KeyHash.hash(bytes("key0"), 0, 4, seed), 1_001, false, offset + 10, 10),
            new HintEntry(EntryKind.DROP_KEYSPACE, 0, 0, 1_002, false, offset + 20, 10))) {
      append(file, lies, lies.add(lie));
    }
    append(file, lies, lies.finish());
    file.write(file.size(), new byte[] {0}, 1);
    MemoryDisk disk = hinted();
    disk.files.put(FileNames.hint(2), file);
    StoreStats stats = stats(disk);
    assertEquals(honest.keyspaces(), stats.keyspaces());
    assertEquals(honest.segments(), stats.segments());
    assertEquals(fixture.last(), open(disk));
    assertEquals(1, listener.all(StoreListener.Warning.class).size());
  }

  private static void append(MemoryFile file, HintWriter hints, int length) {
    file.write(file.size(), hints.bytes(), length);
  }

  /** What a store says of its segments and keys when it has just been opened from hint files. */
  private StoreStats stats(MemoryDisk disk) {
    try (EmbeddedStore store = KVStore.open(disk.hold(), options().withListener(listener))) {
      return store.stats();
    }
  }

  private void checkIgnored(MemoryDisk disk, String name, ByteBuffer whole, int at) {
    int before = listener.all(StoreListener.Warning.class).size();
    assertEquals(fixture.last(), open(disk), "byte " + at);
    assertEquals(before + 1, listener.all(StoreListener.Warning.class).size(), "byte " + at);
    assertEquals(whole, ByteBuffer.wrap(disk.file(name).bytes()), "byte " + at);
  }

  @Test
  @DisplayName("F6 staleHintFileIsIgnored: of another segment, empty, too long, absent; one without a segment is removed")
  void staleHintFileIsIgnored() {
    MemoryDisk foreign = hinted();
    foreign.files.put(FileNames.hint(2), DamageFixture.copy(foreign.file(FileNames.hint(3))));
    MemoryDisk empty = hinted();
    empty.file(FileNames.hint(2)).truncate(0);
    MemoryDisk tooLong = hinted();
    tooLong.file(FileNames.hint(2)).write(tooLong.file(FileNames.hint(2)).size(), new byte[] {0}, 1);
    for (MemoryDisk disk : List.of(foreign, empty, tooLong)) {
      int before = listener.all(StoreListener.Warning.class).size();
      assertEquals(fixture.last(), open(disk));
      assertEquals(before + 1, listener.all(StoreListener.Warning.class).size());
    }
    MemoryDisk without = fixture.copy();
    without.files.put(FileNames.hint(9), new MemoryFile("0000000009.hint"));
    assertEquals(fixture.last(), open(without));
    assertTrue(without.files.containsKey(FileNames.hint(1)));
    assertFalse(without.files.containsKey(FileNames.hint(9)));
  }

  @Test
  @DisplayName("F20 hintFileAppearsWholeOrNotAtAll: its making fails at any call, and the store goes on")
  void hintFileAppearsWholeOrNotAtAll() {
    for (Faults.Kind kind : List.of(Faults.Kind.CREATE, Faults.Kind.WRITE, Faults.Kind.SYNC, Faults.Kind.RENAME)) {
      MemoryDisk disk = new MemoryDisk();
      disk.faults =
          call -> {
            if (call.kind() == kind && call.file().endsWith(".hint.tmp")) {
              throw new IOException("Input/output error");
            }
          };
      try (EmbeddedStore store = KVStore.open(disk.hold(), options().withListener(listener))) {
        store.put(bytes("key"), bytes("value"));
      }
      assertEquals(List.of(), disk.files.keySet().stream().filter(name -> name.contains("hint")).toList(), kind.toString());
      disk.faults = Faults.none();
      assertEquals(Map.of("key", "value"), open(disk));
      assertTrue(disk.files.containsKey(FileNames.hint(1)));
    }
    assertEquals(4, listener.all(StoreListener.Warning.class).size());
  }

  @Test
  @DisplayName("F4 damageUnderAHintIsFoundOnReading: and never brings back what was overwritten or deleted")
  void damageUnderAHintIsFoundOnReading() {
    int refused = 0;
    for (int id = 1; id <= 3; id++) {
      String name = FileNames.segment(id);
      for (int at = 64; at < fixture.disk.file(name).size() - 72; at++) {
        MemoryDisk disk = hinted();
        DamageFixture.flip(disk.file(name), at, 1 << at % 8);
        try {
          assertEquals(fixture.last(), open(disk), "segment " + id + " byte " + at);
        } catch (StoreCorruptException e) {
          assertEquals(name, e.file().getFileName().toString());
          refused++;
        }
      }
    }
    assertTrue(refused > 100, refused + " were refused");
  }
}
