package io.bitkv.codec.entry;

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
import java.util.Random;
import java.util.function.ObjIntConsumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A hint file")
class HintTest {
  private static final SegmentFooter FOOTER = footer(SEGMENT.segmentId(), 200_000_000L);
  private static final int HEADER = HintFormat.HEADER_LENGTH;

  @Test
  @DisplayName("gives back every hint in order, over several blocks")
  void roundTrips() {
    List<HintEntry> hints = hints(3000, 1);
    Read read = read(FOOTER, SegmentImage.hintFile(FOOTER, hints));
    assertNull(read.fault);
    assertEquals(hints, read.hints);
    assertEquals(List.of(), read(FOOTER, SegmentImage.hintFile(FOOTER, List.of())).hints);
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
    assertEquals(hints, read(footer, SegmentImage.hintFile(footer, hints)).hints);
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
    List<HintEntry> hints = read(image.footer(), image.hintFile()).hints;
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
      assertNotEquals(Status.END, read(FOOTER, file).last, "byte " + at + " flipped by " + mask);
      file[at] ^= (byte) mask;
    }
    assertEquals(Status.END, read(FOOTER, file).last);
  }

  @Test
  @DisplayName("F5 cut at any length is torn, and never asks for more than the longest part")
  void cut() {
    byte[] file = SegmentImage.hintFile(FOOTER, hints(1100, 3));
    for (int length = 0; length < file.length; length++) {
      Read read = read(FOOTER, Arrays.copyOf(file, length));
      assertEquals(Status.TORN, read.last);
      assertTrue(read.missing >= 1 && read.missing <= file.length - length);
    }
  }

  @Test
  @DisplayName("F6 of another segment, store, length or version of the segment is refused")
  void foreign() {
    byte[] file = SegmentImage.hintFile(FOOTER, hints(10, 4));
    assertEquals(Fault.FOREIGN, read(footer(8, FOOTER.dataEnd()), file).fault);
    assertEquals(Fault.FOREIGN, read(footer(7, FOOTER.dataEnd() + 1), file).fault);
    SegmentFooter otherStore = new SegmentFooter(7, 1, FOOTER.dataEnd(), 10, 0, 0, 1, 9, 9, 9);
    assertEquals(Fault.FOREIGN, read(otherStore, file).fault);
    SegmentFooter otherContent = new SegmentFooter(7, SEGMENT.storeId(), FOOTER.dataEnd(), 11, 0, 0, 1, 9, 9, 9);
    assertEquals(Fault.FOREIGN, read(otherContent, file).fault);
    assertEquals(Fault.MAGIC, read(FOOTER, new byte[100]).fault);
  }

  @Test
  @DisplayName("F16 of another version is refused as such")
  void version() {
    byte[] file = SegmentImage.hintFile(FOOTER, hints(10, 4));
    file[8] = 2;
    LittleEndian.putInt(file, HintFormat.HEADER_CRC_AT, HintFormat.headerChecksum(file, 0));
    assertEquals(Fault.VERSION, read(FOOTER, file).fault);
  }

  @Test
  @DisplayName("whose blocks are swapped, doubled or left out is found out")
  void blocksMoved() {
    byte[] file = SegmentImage.hintFile(FOOTER, hints(2048, 5));
    int first = blockLength(file, HEADER);
    int second = blockLength(file, HEADER + first);
    byte[] head = Arrays.copyOf(file, HEADER);
    byte[] one = Arrays.copyOfRange(file, HEADER, HEADER + first);
    byte[] two = Arrays.copyOfRange(file, HEADER + first, HEADER + first + second);
    byte[] end = Arrays.copyOfRange(file, HEADER + first + second, file.length);
    assertEquals(Status.END, read(FOOTER, join(head, one, two, end)).last);
    assertEquals(Fault.CHECKSUM, read(FOOTER, join(head, two, one, end)).fault);
    assertEquals(Fault.CHECKSUM, read(FOOTER, join(head, one, one, end)).fault);
    assertEquals(Fault.CHECKSUM, read(FOOTER, join(head, one, end)).fault);
    assertEquals(Fault.CHECKSUM, read(FOOTER, join(head, two, end)).fault);
    assertEquals(Fault.TRAILING, read(FOOTER, join(head, one, two, end, new byte[1])).fault);
  }

  @Test
  @DisplayName("that contradicts itself is refused even if all checksums match")
  void contradictions() {
    assertEquals(Fault.LENGTH, forged((file, block) -> LittleEndian.putShort(file, block + 6, 0)));
    assertEquals(Fault.LENGTH, forged((file, block) -> LittleEndian.putShort(file, block + 6, 1025)));
    assertEquals(Fault.LENGTH, forged((file, block) -> LittleEndian.putShort(file, block + 6, 1)));
    assertEquals(Fault.LENGTH, forged((file, block) -> LittleEndian.putShort(file, block + 6, 3)));
    assertEquals(Fault.LENGTH, forged((file, block) -> LittleEndian.putInt(file, block + 8, 1 << 20)));
    assertEquals(Fault.LENGTH, forged((file, block) -> LittleEndian.putInt(file, block + 12, 63)));
    assertEquals(Fault.LENGTH, forged((file, block) -> LittleEndian.putInt(file, block + 12, -1)));
    assertEquals(Fault.SEQUENCE, forged((file, block) -> LittleEndian.putLong(file, block + 16, 0)));
    assertEquals(Fault.FLAGS, forged((file, block) -> file[block + 5] = 1));
    assertEquals(Fault.KIND, forged((file, block) -> file[block + 4] = 3));
    assertEquals(Fault.KIND, forged((file, block) -> file[block + 24] = (byte) 0xA0));
    assertEquals(Fault.NUMBER, forged((file, block) -> file[block + 25] = 0));
  }

  @Test
  @DisplayName("whose trailer counts other hints or blocks is refused")
  void trailer() {
    for (int at : new int[] {8, 12}) {
      byte[] file = SegmentImage.hintFile(FOOTER, List.of());
      file[HEADER + at] = 1;
      chain(file, HEADER, HintFormat.TRAILER_LENGTH);
      assertEquals(Fault.LENGTH, read(FOOTER, file).fault);
    }
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

  /** What is wrong with a file of one block of two hints that was changed and given matching checksums. */
  private static Fault forged(ObjIntConsumer<byte[]> change) {
    byte[] file = SegmentImage.hintFile(FOOTER, List.of(hint(64, 130), hint(194, 130)));
    int length = blockLength(file, HEADER);
    change.accept(file, HEADER);
    chain(file, HEADER, length);
    Read read = read(FOOTER, file);
    assertEquals(List.of(), read.hints, "hints of a bad block");
    return read.fault;
  }

  /** Puts the checksum of the part at an index in place, as the first part behind the header. */
  private static void chain(byte[] file, int at, int length) {
    int previous = LittleEndian.getInt(file, HintFormat.HEADER_CRC_AT);
    LittleEndian.putInt(file, at, HintFormat.chainedChecksum(previous, file, at, length));
  }

  private static int blockLength(byte[] file, int at) {
    return HintFormat.HINTS_AT + LittleEndian.getInt(file, at + HintFormat.BLOCK_BYTES_AT);
  }

  private static HintEntry hint(long offset, int length) {
    return new HintEntry(EntryKind.PUT, 0, 42, 1000, false, offset, length);
  }

  private static SegmentFooter footer(int segmentId, long dataEnd) {
    return new SegmentFooter(segmentId, SEGMENT.storeId(), dataEnd, 10, 0, 0, 1, 9, 9, 9);
  }

  /** Hints of every shape: kinds, gaps, keyspaces, lengths and sequence numbers up and down. */
  static List<HintEntry> hints(int count, long seed) {
    Random random = new Random(seed);
    List<HintEntry> hints = new ArrayList<>();
    long offset = SegmentHeader.LENGTH;
    for (int i = 0; i < count; i++) {
      EntryKind kind = EntryKind.values()[random.nextInt(3)];
      int keyspace = random.nextInt(4) == 0 ? random.nextInt(1000) : 0;
      offset += random.nextInt(4) == 0 ? random.nextInt(1000) : 0;
      int length = 7 + random.nextInt(random.nextBoolean() ? 200 : 60_000);
      long sequence = 1_000_000 + random.nextInt(100) * (long) i;
      hints.add(new HintEntry(kind, keyspace, random.nextLong(), sequence, random.nextBoolean(), offset, length));
      offset += length;
    }
    return hints;
  }

  private static byte[] join(byte[]... parts) {
    byte[] joined = new byte[Arrays.stream(parts).mapToInt(part -> part.length).sum()];
    int at = 0;
    for (byte[] part : parts) {
      System.arraycopy(part, 0, joined, at, part.length);
      at += part.length;
    }
    return joined;
  }

  /** What reading a hint file to its end, or to where it is bad, has come to. */
  record Read(Status last, Fault fault, int missing, List<HintEntry> hints) {}

  static Read read(SegmentFooter footer, byte[] file) {
    HintReader reader = new HintReader(footer);
    List<HintEntry> hints = new ArrayList<>();
    int from = 0;
    while (true) {
      Status status = reader.next(file, from, file.length);
      HintBlock block = reader.block();
      for (int i = 0; i < block.count(); i++) {
        HintEntry entry = block.entry(i);
        assertEquals(entry.hash(), block.hash(i));
        assertEquals(entry.offset(), block.offset(i));
        assertEquals(entry.length(), block.length(i));
        assertEquals(entry.sequence(), block.sequence(i));
        assertEquals(entry.keyspace(), block.keyspace(i));
        hints.add(entry);
      }
      from += reader.length();
      switch (status) {
        case HEADER, BLOCK -> {}
        case END -> {
          assertEquals(file.length, from);
          return new Read(status, null, 0, hints);
        }
        case TORN -> {
          return new Read(status, null, reader.missing(), hints);
        }
        case CORRUPT -> {
          return new Read(status, reader.fault(), 0, hints);
        }
      }
    }
  }
}
