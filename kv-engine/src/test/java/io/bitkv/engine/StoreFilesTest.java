package io.bitkv.engine;

import static io.bitkv.engine.DamageFixture.QUARANTINE;
import static io.bitkv.engine.DamageFixture.content;
import static io.bitkv.engine.DamageFixture.open;
import static io.bitkv.engine.TestStores.bytes;
import static io.bitkv.engine.TestStores.options;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitkv.api.EmbeddedStore;
import io.bitkv.api.LimitExceededException;
import io.bitkv.api.StoreCorruptException;
import io.bitkv.api.StoreFormatException;
import io.bitkv.api.StoreListener;
import io.bitkv.codec.entry.Decoded;
import io.bitkv.codec.entry.EntryCodec;
import io.bitkv.codec.entry.EntryHeader;
import io.bitkv.codec.entry.EntryKind;
import io.bitkv.codec.entry.SegmentHeader;
import java.util.Arrays;
import java.util.Map;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Files that are missing, foreign, doubled or strange are told from those of the store. */
class StoreFilesTest {
  private static final int VERSION_AT = 8;
  private static final int HEADER_CRC_AT = 60;

  private final DamageFixture fixture = DamageFixture.sealed();
  private final MemoryDisk disk = fixture.disk;

  private void add(String name, byte[] content) {
    MemoryFile file = new MemoryFile(name);
    file.write(0, content, content.length);
    disk.files.put(name, file);
  }

  private StoreCorruptException refused() {
    Map<?, ?> before = content(disk);
    StoreCorruptException refusal = assertThrows(StoreCorruptException.class, () -> open(disk, options()));
    assertEquals(before, content(disk));
    return refusal;
  }

  @Test
  @DisplayName("F8 garbageThatLooksLikeAHugeEntryIsCutOff: its length allocates nothing")
  void garbageThatLooksLikeAHugeEntryIsCutOff() {
    DamageFixture crashed = DamageFixture.unsealed();
    MemoryFile newest = crashed.newest();
    byte[] first = Arrays.copyOf(newest.bytes(), SegmentHeader.LENGTH);
    SegmentHeader segment = ((Decoded.Whole<SegmentHeader>) SegmentHeader.decode(first, 0, first.length)).value();
    byte[] huge = new byte[EntryCodec.MAX_HEADER_LENGTH];
    EntryHeader header = new EntryHeader().begin(EntryKind.PUT, 0).key(huge, 0, 3).value(new byte[EntryCodec.MAX_VALUE_LENGTH], 0,
        EntryCodec.MAX_VALUE_LENGTH).sequence(segment.baseSequence() + 15);
    int length = new EntryCodec(segment).encode(header, crashed.end, huge, 0);
    newest.write(crashed.end, huge, length);
    RecordingListener listener = new RecordingListener();
    assertEquals(crashed.last(), open(crashed.disk, options().withListener(listener)));
    assertEquals(length, listener.all(StoreListener.TornTail.class).getFirst().bytes());
  }

  @Test
  @DisplayName("F9 imageOfAnEntryInsideAValueIsNeverLoaded: not even when the entry around it is damaged")
  void imageOfAnEntryInsideAValueIsNeverLoaded() {
    MemoryDisk own = new MemoryDisk();
    String name = FileNames.segment(1);
    try (EmbeddedStore store = KVStore.open(own.hold(), options())) {
      store.put(bytes("planted"), bytes("image"));
      byte[] image = Arrays.copyOfRange(own.file(name).bytes(), SegmentHeader.LENGTH, own.file(name).size());
      store.delete(bytes("planted"));
      int at = own.file(name).size();
      store.put(bytes("outer"), image);
      store.put(bytes("last"), bytes("value"));
      DamageFixture.flip(own.file(name), at, 0xFF);
    }
    assertThrows(StoreCorruptException.class, () -> open(own, options()));
    assertEquals(Map.of("last", "value"), open(own, QUARANTINE));
  }

  @Test
  @DisplayName("F10 missingSegmentIsRefusedAndNamed: from the middle and from the beginning")
  void missingSegmentIsRefusedAndNamed() {
    for (int missing = 1; missing <= 2; missing++) {
      MemoryFile file = disk.files.remove(FileNames.segment(missing));
      assertTrue(refused().getMessage().contains(FileNames.segment(missing)), "segment " + missing);
      disk.files.put(FileNames.segment(missing), file);
    }
    assertEquals(fixture.last(), open(disk, options()));
  }

  @Test
  @DisplayName("F11 unknownFileIsReportedAndLeftAlone")
  void unknownFileIsReportedAndLeftAlone() {
    add("notes.txt", bytes("mine"));
    add("1.data", bytes("not in ten digits"));
    RecordingListener listener = new RecordingListener();
    assertEquals(fixture.last(), open(disk, options().withListener(listener)));
    assertEquals(2, listener.all(StoreListener.Warning.class).size());
    assertArrayEquals(bytes("mine"), disk.file("notes.txt").bytes());
  }

  @Test
  @DisplayName("F11 onlyItsOwnUnfinishedFilesAreRemoved")
  void onlyItsOwnUnfinishedFilesAreRemoved() {
    add("reserve.tmp", bytes("half"));
    add("0000000001.data.torn-3.tmp", bytes("half"));
    add("mine.tmp", bytes("mine"));
    open(disk, options());
    assertFalse(disk.files.containsKey("reserve.tmp"));
    assertFalse(disk.files.containsKey("0000000001.data.torn-3.tmp"));
    assertTrue(disk.files.containsKey("mine.tmp"));
  }

  @Test
  @DisplayName("F12 segmentUnderAnotherIdIsRefused: copied or renamed")
  void segmentUnderAnotherIdIsRefused() {
    disk.files.put(FileNames.segment(7), DamageFixture.copy(disk.file(FileNames.segment(2))));
    assertEquals(disk.path(FileNames.segment(7)), refused().file());
  }

  @Test
  @DisplayName("F12 segmentOfAnotherStoreIsRefused")
  void segmentOfAnotherStoreIsRefused() {
    disk.files.put(FileNames.segment(3), DamageFixture.sealed().disk.file(FileNames.segment(3)));
    assertEquals(disk.path(FileNames.segment(3)), refused().file());
  }

  @Test
  @DisplayName("F13 emptySegmentFileIsPassedOverAndItsIdNotUsedAgain: the newest one, and one in the middle")
  void emptySegmentFileIsPassedOverAndItsIdNotUsedAgain() {
    for (int length : new int[] {0, 1, SegmentHeader.LENGTH - 1, SegmentHeader.LENGTH}) {
      int id = 10 + length;
      add(FileNames.segment(id), new byte[length]);
      try (EmbeddedStore store = KVStore.open(disk.hold(), options())) {
        assertEquals(fixture.last(), TestStores.contents(store));
        store.put(bytes("key1"), bytes(fixture.last().getOrDefault("key1", "")));
        assertTrue(disk.files.containsKey(FileNames.segment(id + 1)));
        store.delete(bytes("key1"));
        if (fixture.last().containsKey("key1")) {
          store.put(bytes("key1"), bytes(fixture.last().get("key1")));
        }
      }
      assertEquals(length, disk.file(FileNames.segment(id)).size());
    }
  }

  @Test
  @DisplayName("F14 highestIdLeavesNoneForAnother: reads go on, writes are refused")
  void highestIdLeavesNoneForAnother() {
    add(FileNames.segment(Integer.MAX_VALUE), new byte[0]);
    try (EmbeddedStore store = KVStore.open(disk.hold(), options())) {
      assertEquals(fixture.last(), TestStores.contents(store));
      assertThrows(LimitExceededException.class, () -> store.put(bytes("key"), bytes("value")));
    }
  }

  @Test
  @DisplayName("F16 unknownFormatVersionIsRefusedAsSuch: and the files are left as they are")
  void unknownFormatVersionIsRefusedAsSuch() {
    for (int id = 1; id <= 3; id++) {
      MemoryFile file = disk.file(FileNames.segment(id));
      byte[] bytes = file.bytes();
      bytes[VERSION_AT] = 2;
      CRC32C crc = new CRC32C();
      crc.update(bytes, 0, HEADER_CRC_AT);
      for (int i = 0; i < Integer.BYTES; i++) {
        bytes[HEADER_CRC_AT + i] = (byte) (crc.getValue() >>> (Byte.SIZE * i));
      }
      MemoryFile sound = DamageFixture.copy(file);
      file.write(0, bytes, bytes.length);
      Map<?, ?> before = content(disk);
      assertThrows(StoreFormatException.class, () -> open(disk, options()));
      assertThrows(StoreFormatException.class, () -> open(disk, QUARANTINE));
      assertEquals(before, content(disk));
      disk.files.put(FileNames.segment(id), sound);
    }
  }
}
