package io.bitkv.codec.entry;

import static io.bitkv.codec.entry.HintFiles.FOOTER;
import static io.bitkv.codec.entry.HintFiles.HEADER;
import static io.bitkv.codec.entry.HintFiles.footer;
import static io.bitkv.codec.entry.HintFiles.hint;
import static io.bitkv.codec.entry.HintFiles.hints;
import static io.bitkv.codec.entry.HintFiles.read;
import static io.bitkv.codec.entry.Samples.SEGMENT;
import static io.bitkv.codec.entry.Samples.bytes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitkv.codec.entry.HintReader.Status;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A hint file")
class HintTest {
  @Test
  @DisplayName("gives back every hint in order, over several blocks")
  void roundTrips() {
    List<HintEntry> hints = hints(3000, 1);
    HintFiles.Read read = read(FOOTER, SegmentImage.hintFile(FOOTER, hints));
    assertNull(read.fault());
    assertEquals(hints, read.hints());
    assertEquals(List.of(), read(FOOTER, SegmentImage.hintFile(FOOTER, List.of())).hints());
  }

  @Test
  @DisplayName("gives back the extremes of every field")
  void extremes() {
    SegmentFooter footer = footer(7, SegmentHeader.MAX_DATA_END);
    int longest = (int) HintFormat.maxEntryLength();
    List<HintEntry> hints = List.of(
        new HintEntry(EntryKind.PUT, Integer.MAX_VALUE, -1, Long.MAX_VALUE, true, 64, longest),
        new HintEntry(EntryKind.TOMBSTONE, 0, 0, 1, false, 64 + longest, 7),
        new HintEntry(EntryKind.DROP_KEYSPACE, 1, 0, Long.MAX_VALUE, false, SegmentHeader.MAX_DATA_END - 7, 7));
    assertEquals(hints, read(footer, SegmentImage.hintFile(footer, hints)).hints());
  }

  @Test
  @DisplayName("says of an entry the same as the entry itself")
  void ofEntries() {
    byte[] key = bytes(16, 1);
    byte[] value = bytes(100, 2);
    SegmentImage image = new SegmentImage(SEGMENT)
        .append(Samples.put(key, value).expiry(5), key, value)
        .append(Samples.tombstone(key), key)
        .append(Samples.drop(9));
    image.seal();
    long hash = KeyHash.hash(key, 0, 16, KeyHash.seed(SEGMENT.storeId(), 0));
    List<HintEntry> hints = read(image.footer(), image.hintFile()).hints();
    assertEquals(new HintEntry(EntryKind.PUT, 0, hash, 1005, true, 64, hints.get(0).length()), hints.get(0));
    assertEquals(new HintEntry(EntryKind.TOMBSTONE, 0, hash, 1006, false, 64 + hints.get(0).length(), 25), hints.get(1));
    assertEquals(EntryKind.DROP_KEYSPACE, hints.get(2).kind());
    assertEquals(9, hints.get(2).keyspace());
    assertEquals(image.hints(), hints);
  }

  @Test
  @DisplayName("takes 11 bytes an entry, whatever the length of the key")
  void size() {
    List<HintEntry> hints = new ArrayList<>();
    for (int i = 0; i < 4096; i++) {
      hints.add(new HintEntry(EntryKind.PUT, 0, i, 1000 + i * 3L, false, 64 + i * 130L, 130));
    }
    int blocks = 4096 / HintFormat.BLOCK_HINTS;
    int around = HEADER + blocks * HintFormat.HINTS_AT + HintFormat.TRAILER_LENGTH;
    assertEquals(4096 * 11, SegmentImage.hintFile(FOOTER, hints).length - around);
  }

  @Test
  @DisplayName("F5 with any byte flipped by any of 12 masks is found out before its end is reached")
  void flipped() {
    for (int mask : EntryDamageTest.MASKS) {
      assertFlipsAreFound(SegmentImage.hintFile(FOOTER, hints(40, 2)), mask);
    }
    assertFlipsAreFound(SegmentImage.hintFile(FOOTER, hints(1100, 2)), 0xFF);
  }

  private static void assertFlipsAreFound(byte[] file, int mask) {
    for (int at = 0; at < file.length; at++) {
      file[at] ^= (byte) mask;
      assertNotEquals(Status.END, read(FOOTER, file).last(), "byte " + at + " flipped by " + mask);
      file[at] ^= (byte) mask;
    }
    assertEquals(Status.END, read(FOOTER, file).last());
  }

  @Test
  @DisplayName("F5 cut at any length is torn, and never asks for more than the longest part")
  void cut() {
    byte[] file = SegmentImage.hintFile(FOOTER, hints(1100, 3));
    for (int length = 0; length < file.length; length++) {
      HintFiles.Read read = read(FOOTER, Arrays.copyOf(file, length));
      assertEquals(Status.TORN, read.last());
      assertTrue(read.missing() >= 1 && read.missing() <= file.length - length);
    }
  }

  @Test
  @DisplayName("F6 of another segment, store, length or version of the segment is refused")
  void foreign() {
    byte[] file = SegmentImage.hintFile(FOOTER, hints(10, 4));
    assertEquals(Fault.FOREIGN, read(footer(8, FOOTER.dataEnd()), file).fault());
    assertEquals(Fault.FOREIGN, read(footer(7, FOOTER.dataEnd() + 1), file).fault());
    SegmentFooter otherStore = new SegmentFooter(7, 1, FOOTER.dataEnd(), 10, 0, 0, 1, 9, 9, 9);
    assertEquals(Fault.FOREIGN, read(otherStore, file).fault());
    SegmentFooter otherContent = new SegmentFooter(7, SEGMENT.storeId(), FOOTER.dataEnd(), 11, 0, 0, 1, 9, 9, 9);
    assertEquals(Fault.FOREIGN, read(otherContent, file).fault());
    assertEquals(Fault.MAGIC, read(FOOTER, new byte[100]).fault());
  }

  @Test
  @DisplayName("F16 of another version is refused as such")
  void version() {
    byte[] file = SegmentImage.hintFile(FOOTER, hints(10, 4));
    file[8] = 2;
    LittleEndian.putInt(file, HintFormat.HEADER_CRC_AT, HintFormat.headerChecksum(file, 0));
    assertEquals(Fault.VERSION, read(FOOTER, file).fault());
  }

  @Test
  @DisplayName("is not written for entries that overlap, go back, or reach beyond the segment")
  void refusesEntries() {
    HintWriter writer = new HintWriter(FOOTER);
    writer.begin();
    assertThrows(IllegalArgumentException.class, () -> writer.add(hint(63, 10)));
    writer.add(hint(100, 50));
    for (HintEntry wrong : List.of(hint(149, 10), hint(64, 10), hint(150, 0), hint(150, -1),
        hint(FOOTER.dataEnd() - 9, 10))) {
      assertThrows(IllegalArgumentException.class, () -> writer.add(wrong));
    }
    assertEquals(0, writer.add(hint(FOOTER.dataEnd() - 10, 10)));
  }
}
