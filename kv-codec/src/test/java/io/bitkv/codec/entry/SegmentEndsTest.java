package io.bitkv.codec.entry;

import static io.bitkv.codec.entry.Samples.SEGMENT;
import static io.bitkv.codec.entry.Samples.fault;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.function.Consumer;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("A segment's header and footer")
class SegmentEndsTest {
  private static final SegmentFooter FOOTER =
      new SegmentFooter(7, SEGMENT.storeId(), 0xFFFF_FFFFL, 100, 20, 3, 1000, 1100, 1600, 7700);

  @ParameterizedTest
  @EnumSource
  @DisplayName("come back as they were written")
  void headersRoundTrip(SegmentHeader.Origin origin) {
    for (SegmentHeader header : new SegmentHeader[] {
      new SegmentHeader(1, 0, 0, Long.MIN_VALUE, origin),
      new SegmentHeader(Integer.MAX_VALUE, -1, Long.MAX_VALUE, Long.MAX_VALUE, origin),
      new SegmentHeader(1, 1, 7, 0, origin, origin == SegmentHeader.Origin.MERGED ? 7 : 0)
    }) {
      byte[] bytes = new byte[SegmentHeader.LENGTH + 5];
      System.arraycopy(header.encode(), 0, bytes, 5, SegmentHeader.LENGTH);
      assertEquals(new Decoded.Whole<>(header), SegmentHeader.decode(bytes, 5, bytes.length));
    }
  }

  @Test
  @DisplayName("come back as they were written, counts and sums included")
  void footersRoundTrip() {
    SegmentFooter empty = new SegmentTally(SEGMENT).footer(SegmentHeader.LENGTH);
    assertEquals(0, empty.minSequence());
    for (SegmentFooter footer : new SegmentFooter[] {FOOTER, empty}) {
      byte[] bytes = new byte[SegmentFooter.LENGTH + 5];
      System.arraycopy(footer.encode(), 0, bytes, 5, SegmentFooter.LENGTH);
      assertEquals(new Decoded.Whole<>(footer), SegmentFooter.decode(SEGMENT, bytes, 5, bytes.length));
    }
  }

  @Test
  @DisplayName("F7 F13 are torn when cut, and zeros are neither")
  void cutAndZero() {
    for (int length = 0; length < SegmentHeader.LENGTH; length++) {
      assertEquals(new Decoded.Torn<>(64 - length), SegmentHeader.decode(SEGMENT.encode(), 0, length));
    }
    for (int length = 0; length < SegmentFooter.LENGTH; length++) {
      assertEquals(new Decoded.Torn<>(72 - length), SegmentFooter.decode(SEGMENT, FOOTER.encode(), 0, length));
    }
    assertEquals(Fault.MAGIC, fault(SegmentHeader.decode(new byte[64], 0, 64)));
    assertEquals(Fault.MAGIC, fault(SegmentFooter.decode(SEGMENT, new byte[72], 0, 72)));
  }

  @Test
  @DisplayName("F2 with any byte flipped by any of 12 masks are not valid")
  void flipped() {
    byte[] header = SEGMENT.encode();
    byte[] footer = FOOTER.encode();
    for (int mask : EntryDamageTest.MASKS) {
      for (int at = 0; at < header.length; at++) {
        byte[] damaged = flip(header, at, mask);
        assertFalse(SegmentHeader.decode(damaged, 0, 64) instanceof Decoded.Whole, "header byte " + at);
      }
      for (int at = 0; at < footer.length; at++) {
        byte[] damaged = flip(footer, at, mask);
        assertFalse(SegmentFooter.decode(SEGMENT, damaged, 0, 72) instanceof Decoded.Whole, "footer byte " + at);
      }
    }
  }

  @Test
  @DisplayName("F16 of another version are told from damaged ones")
  void versions() {
    assertEquals(Fault.VERSION, header(bytes -> bytes[8] = 2));
    assertEquals(Fault.CHECKSUM, fault(SegmentHeader.decode(flip(SEGMENT.encode(), 8, 3), 0, 64)));
  }

  @Test
  @DisplayName("are refused with what this version cannot know, even if the checksum matches")
  void unknownFields() {
    assertEquals(Fault.FLAGS, header(bytes -> bytes[11] = 1));
    assertEquals(Fault.LENGTH, header(bytes -> bytes[12] = 72));
    for (int reserved : new int[] {15, 20, 23, 48, 55, 56, 59}) {
      assertEquals(Fault.FLAGS, header(bytes -> bytes[reserved] = 1));
    }
    assertEquals(Fault.KIND, header(bytes -> bytes[14] = 0));
    assertEquals(Fault.KIND, header(bytes -> bytes[14] = 3));
    assertEquals(Fault.FOREIGN, header(bytes -> bytes[19] = (byte) 0x80));
    assertEquals(Fault.SEQUENCE, header(bytes -> bytes[39] = (byte) 0x80));
    assertEquals(Fault.FLAGS, footer(bytes -> bytes[39] = 1));
  }

  @Test
  @DisplayName("cannot be made out of range")
  void ranges() {
    for (int id : new int[] {0, -1, Integer.MIN_VALUE}) {
      assertThrows(IllegalArgumentException.class, () -> new SegmentHeader(id, 1, 1, 1, SEGMENT.origin()));
    }
    assertThrows(IllegalArgumentException.class, () -> new SegmentHeader(1, 1, -1, 1, SEGMENT.origin()));
    assertThrows(IllegalArgumentException.class, () -> new SegmentHeader(1, 1, 7, 1, SegmentHeader.Origin.MERGED, 6));
    assertThrows(IllegalArgumentException.class, () -> new SegmentHeader(1, 1, 7, 1, SegmentHeader.Origin.APPENDED, 7));
  }

  @Test
  @DisplayName("belong together: a footer of another segment or store is refused")
  void foreign() {
    byte[] footer = FOOTER.encode();
    SegmentHeader otherId = new SegmentHeader(8, SEGMENT.storeId(), 0, 0, SEGMENT.origin());
    SegmentHeader otherStore = new SegmentHeader(7, SEGMENT.storeId() + 1, 0, 0, SEGMENT.origin());
    assertEquals(Fault.FOREIGN, fault(SegmentFooter.decode(otherId, footer, 0, 72)));
    assertEquals(Fault.FOREIGN, fault(SegmentFooter.decode(otherStore, footer, 0, 72)));
  }

  @Test
  @DisplayName("do not contradict themselves")
  void contradictions() {
    assertEquals(Fault.LENGTH, footer(bytes -> LittleEndian.putInt(bytes, 12, 63)));
    assertEquals(Fault.LENGTH, footer(bytes -> LittleEndian.putInt(bytes, 24, -1)));
    assertEquals(Fault.LENGTH, footer(bytes -> LittleEndian.putInt(bytes, 28, 98)));
    assertEquals(Fault.LENGTH, footer(bytes -> LittleEndian.putInt(bytes, 24, 0)));
    assertEquals(Fault.LENGTH, footer(bytes -> LittleEndian.putLong(bytes, 40, 0)));
    assertEquals(Fault.LENGTH, footer(bytes -> LittleEndian.putLong(bytes, 40, 1101)));
    for (long sum : new long[] {-1, 0xFFFF_FFFFL, Long.MAX_VALUE}) {
      assertEquals(Fault.LENGTH, footer(bytes -> LittleEndian.putLong(bytes, 56, sum)));
      assertEquals(Fault.LENGTH, footer(bytes -> LittleEndian.putLong(bytes, 64, sum)));
    }
  }

  @Test
  @DisplayName("count what was appended")
  void tally() {
    byte[] key = Samples.bytes(16, 1);
    byte[] value = Samples.bytes(100, 2);
    SegmentImage image = new SegmentImage(SEGMENT)
        .append(Samples.put(key, value).sequence(1009), key, value)
        .append(Samples.tombstone(key).sequence(1003), key)
        .append(Samples.drop(4).sequence(1005));
    byte[] file = image.seal();
    long dataEnd = file.length - SegmentFooter.LENGTH;
    assertEquals(
        new SegmentFooter(7, SEGMENT.storeId(), dataEnd, 3, 1, 1, 1003, 1009, 32, 100), image.footer());
    assertEquals(image.footer().checksum(), LittleEndian.getInt(file, (int) dataEnd));
  }

  /** What is wrong with a header that was changed and given the matching checksum. */
  private static Fault header(Consumer<byte[]> change) {
    byte[] bytes = SEGMENT.encode();
    change.accept(bytes);
    LittleEndian.putInt(bytes, 60, checksum(bytes, 0, 60));
    return fault(SegmentHeader.decode(bytes, 0, bytes.length));
  }

  /** What is wrong with a footer that was changed and given the matching checksum. */
  private static Fault footer(Consumer<byte[]> change) {
    byte[] bytes = new SegmentFooter(7, SEGMENT.storeId(), 100_000, 100, 20, 3, 1000, 1100, 1600, 7700).encode();
    change.accept(bytes);
    LittleEndian.putInt(bytes, 0, checksum(bytes, 4, 68));
    return fault(SegmentFooter.decode(SEGMENT, bytes, 0, bytes.length));
  }

  private static int checksum(byte[] bytes, int from, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, from, length);
    return (int) crc.getValue();
  }

  private static byte[] flip(byte[] bytes, int at, int mask) {
    byte[] damaged = Arrays.copyOf(bytes, bytes.length);
    damaged[at] ^= (byte) mask;
    return damaged;
  }
}
