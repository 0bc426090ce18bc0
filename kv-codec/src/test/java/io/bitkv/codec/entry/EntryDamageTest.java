package io.bitkv.codec.entry;

import static io.bitkv.codec.entry.Samples.CODEC;
import static io.bitkv.codec.entry.Samples.OFFSET;
import static io.bitkv.codec.entry.Samples.SEGMENT;
import static io.bitkv.codec.entry.Samples.bytes;
import static io.bitkv.codec.entry.Samples.decode;
import static io.bitkv.codec.entry.Samples.fault;
import static io.bitkv.codec.entry.Samples.image;
import static io.bitkv.codec.entry.Samples.put;
import static io.bitkv.codec.entry.Samples.whole;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("A damaged entry")
class EntryDamageTest {
  /** Each single bit, all bits, each half of a byte, and the bit that a wrong page would most often change with others. */
  static final int[] MASKS = {0x01, 0x02, 0x04, 0x08, 0x10, 0x20, 0x40, 0x80, 0xFF, 0x0F, 0xF0, 0x55};

  @Test
  @DisplayName("F4 with any byte flipped by any of 12 masks is never an entry")
  void flipped() {
    for (byte[] image : Samples.everyShape()) {
      for (int at = 0; at < image.length; at++) {
        for (int mask : MASKS) {
          byte[] damaged = image.clone();
          damaged[at] ^= (byte) mask;
          assertFalse(decode(damaged) instanceof Decoded.Whole, "byte " + at + " flipped by " + mask);
        }
      }
      whole(decode(image));
    }
  }

  @Test
  @DisplayName("F1 cut at any length is torn, never whole and never corrupt")
  void cut() {
    for (byte[] image : Samples.everyShape()) {
      for (int length = 0; length < image.length; length++) {
        Decoded<Entry> decoded = CODEC.decode(OFFSET, image, 0, length);
        long missing = assertInstanceOf(Decoded.Torn.class, decoded).missing();
        assertTrue(missing >= 1 && missing <= image.length - length, "missing " + missing + " of " + image.length);
      }
    }
  }

  @Test
  @DisplayName("F9 F12 moved to another offset, another segment or another store never validates")
  void moved() {
    EntryCodec otherSegment = new EntryCodec(with(8, SEGMENT.storeId()));
    EntryCodec otherStore = new EntryCodec(with(SEGMENT.segmentId(), SEGMENT.storeId() ^ 1));
    for (byte[] image : Samples.everyShape()) {
      for (long offset = 64; offset < 3 * OFFSET; offset++) {
        assertEquals(offset == OFFSET, CODEC.decode(offset, image, 0, image.length) instanceof Decoded.Whole);
      }
      assertFalse(otherSegment.decode(OFFSET, image, 0, image.length) instanceof Decoded.Whole);
      assertFalse(otherStore.decode(OFFSET, image, 0, image.length) instanceof Decoded.Whole);
    }
  }

  @Test
  @DisplayName("F9 whose value holds a valid entry's image is not mistaken for that entry")
  void embedded() {
    byte[] key = bytes(16, 1);
    byte[] inner = image(put(key, bytes(100, 2)), key, bytes(100, 2));
    byte[] outer = image(put(key, inner), key, inner);
    outer[0] ^= 1;
    for (int at = 0; at < outer.length; at++) {
      assertFalse(CODEC.decode(OFFSET + at, outer, at, outer.length) instanceof Decoded.Whole, "at " + at);
    }
  }

  @Test
  @DisplayName("F7 of zeros is never an entry, at any length")
  void zeros() {
    byte[] zeros = new byte[4096];
    for (int length = 5; length <= zeros.length; length++) {
      assertEquals(Fault.KIND, fault(CODEC.decode(OFFSET, zeros, 0, length)));
    }
  }

  @Test
  @Timeout(60)
  @DisplayName("F8 that declares the longest value is bounded by what the segment holds, and allocates nothing")
  void huge() {
    byte[] image = HexFormat.of().parseHex("00000000" + "01" + "808004" + "8080808002" + "00" + "00");
    for (int i = 0; i < 100_000; i++) {
      long missing = assertInstanceOf(Decoded.Torn.class, decode(image)).missing();
      assertEquals(EntryCodec.MAX_KEY_LENGTH + (long) EntryCodec.MAX_VALUE_LENGTH, missing);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "00000000 00, KIND",
    "00000000 04, KIND",
    "00000000 07, FOOTER",
    "00000000 81 00 00 00 00, FLAGS",
    "00000000 09 00 00 00 00 00, KEYSPACE",
    "00000000 09 8080808008 00 00 00 00, KEYSPACE",
    "00000000 01 818004 00 00 00, KEY_LENGTH",
    "00000000 01 8000 00 00 00, NUMBER",
    "00000000 01 00 8180808002 00 00, VALUE_LENGTH",
    "00000000 01 00 00 98f8ffffffffffffff01 00, SEQUENCE",
    "00000000 01 00 00 ffffffffffffffff7f 00, SEQUENCE",
    "00000000 12 00 00 00 00, EXPIRY",
    "00000000 11 00 00 00 00 ffffffffffffffffff01, EXPIRY",
    "00000000 21 00 00 00 00 c01f, WATERMARK",
    "00000000 21 00 00 00 00 8120, WATERMARK",
    "00000000 01 00 00 00 00, CHECKSUM",
    "00000000 21 00 00 00 00 bf1f, CHECKSUM",
  })
  @DisplayName("names the first field that is out of range")
  void faults(String hex, Fault expected) {
    byte[] image = HexFormat.of().parseHex(hex.replace(" ", ""));
    assertEquals(expected, fault(decode(image)));
  }

  @Test
  @DisplayName("is a fault where a segment's footer stands")
  void footer() {
    byte[] footer = new SegmentTally(SEGMENT).footer(OFFSET).encode();
    assertEquals(Fault.FOOTER, fault(decode(footer)));
  }

  @Test
  @DisplayName("has no sequence number below 1")
  void sequenceZero() {
    EntryCodec fromZero = new EntryCodec(new SegmentHeader(1, 1, 0, 0, SegmentHeader.Origin.APPENDED));
    assertEquals(Fault.SEQUENCE, fault(fromZero.decode(64, HexFormat.of().parseHex("000000000100000000"), 0, 9)));
  }

  @Test
  @DisplayName("is not completed by bytes behind the end of the data")
  void behindTheEnd() {
    byte[] key = bytes(16, 1);
    byte[] image = image(put(key, key), key, key);
    EntryHeader header = new EntryHeader();
    for (int length = 0; length < image.length; length++) {
      header.at(OFFSET, OFFSET + length);
      assertEquals(EntryHeader.Status.TORN, CODEC.parse(header, image, 0, image.length));
      byte[] otherBehind = image.clone();
      Arrays.fill(otherBehind, length, image.length, (byte) 0xFF);
      assertEquals(EntryHeader.Status.TORN, CODEC.parse(header, otherBehind, 0, image.length));
    }
    assertEquals(EntryHeader.Status.WHOLE, CODEC.parse(header.at(OFFSET, OFFSET + image.length), image, 0, image.length));
  }

  @ParameterizedTest
  @MethodSource("io.bitkv.codec.entry.Samples#everyShape")
  @DisplayName("is found out by a header that was used for a sound one before")
  void reused(byte[] image) {
    EntryHeader header = new EntryHeader().at(OFFSET, OFFSET + image.length);
    assertEquals(EntryHeader.Status.WHOLE, CODEC.parse(header, image, 0, image.length));
    assertTrue(header.verify(image, header.headerLength()));
    byte[] damaged = Arrays.copyOf(image, image.length);
    damaged[0] ^= 1;
    assertEquals(EntryHeader.Status.WHOLE, CODEC.parse(header, damaged, 0, image.length));
    assertFalse(header.verify(damaged, header.headerLength()));
  }

  private static SegmentHeader with(int segmentId, long storeId) {
    return new SegmentHeader(segmentId, storeId, SEGMENT.baseSequence(), SEGMENT.baseTime(), SEGMENT.origin());
  }
}
