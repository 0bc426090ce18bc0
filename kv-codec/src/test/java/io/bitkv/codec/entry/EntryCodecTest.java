package io.bitkv.codec.entry;

import static io.bitkv.codec.entry.Samples.CODEC;
import static io.bitkv.codec.entry.Samples.OFFSET;
import static io.bitkv.codec.entry.Samples.SEGMENT;
import static io.bitkv.codec.entry.Samples.bytes;
import static io.bitkv.codec.entry.Samples.decode;
import static io.bitkv.codec.entry.Samples.drop;
import static io.bitkv.codec.entry.Samples.image;
import static io.bitkv.codec.entry.Samples.put;
import static io.bitkv.codec.entry.Samples.tombstone;
import static io.bitkv.codec.entry.Samples.whole;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitkv.codec.entry.EntryHeader.Status;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The entry codec")
class EntryCodecTest {
  private static final byte[] KEY = bytes(16, 1);
  private static final byte[] VALUE = bytes(100, 2);

  @ParameterizedTest
  @CsvSource({
    "0, 0", "1, 0", "0, 1", "16, 100", "127, 127", "128, 128", "16383, 16383", "16384, 16384", "65535, 65536",
    "65536, 2097151", "65536, 2097152"
  })
  @DisplayName("gives back keys and values of every size at which a length takes one byte more")
  void boundarySizes(int keyLength, int valueLength) {
    byte[] key = bytes(keyLength, 1);
    byte[] value = bytes(valueLength, 2);
    byte[] image = image(put(key, value), key, value);
    Entry entry = whole(decode(image));
    assertArrayEquals(key, entry.key());
    assertArrayEquals(value, entry.value());
    assertEquals(image.length, entry.length());
    assertEquals(OFFSET, entry.offset());
  }

  @Test
  @DisplayName("gives back every field of a put")
  void everyField() {
    EntryHeader header = new EntryHeader().begin(EntryKind.PUT, 5).key(KEY, 0, 16).value(VALUE, 0, 100);
    header.sequence(1234).timestamp(1_700_000_000_500L).expiry(1_700_000_060_500L).watermark(2048);
    byte[] image = image(header.batchContinues(true), KEY, VALUE);
    Entry expected = new Entry(EntryKind.PUT, 5, KEY, VALUE, 1234, 1_700_000_000_500L, 1_700_000_060_500L, 2048, true,
        OFFSET, image.length);
    assertEquals(expected, whole(decode(image)));
    assertEquals(expected.hashCode(), whole(decode(image)).hashCode());
    EntryHeader parsed = new EntryHeader().at(OFFSET, OFFSET + image.length);
    CODEC.parse(parsed, image, 0, image.length);
    assertEquals(expected, new Entry(parsed.kind(), parsed.keyspace(), KEY, VALUE, parsed.sequence(),
        parsed.timestamp(), parsed.expiry(), parsed.watermark(), parsed.batchContinues(), parsed.offset(),
        parsed.length()));
    assertEquals("PUT at 4096: sequence 1234, keyspace 5, key of 16 bytes, value of 100 bytes", expected.toString());
  }

  @Test
  @DisplayName("gives back tombstones and drops, which have no value")
  void otherKinds() {
    Entry dead = whole(decode(image(tombstone(KEY), KEY)));
    assertEquals(EntryKind.TOMBSTONE, dead.kind());
    assertArrayEquals(KEY, dead.key());
    assertEquals(0, dead.value().length);
    for (int keyspace : new int[] {0, 1, 127, 128, Integer.MAX_VALUE}) {
      Entry dropped = whole(decode(image(drop(keyspace))));
      assertEquals(EntryKind.DROP_KEYSPACE, dropped.kind());
      assertEquals(keyspace, dropped.keyspace());
      assertEquals(0, dropped.key().length);
    }
  }

  @Test
  @DisplayName("gives back the extremes of time, expiry, sequence and watermark, in no more than the longest header")
  void extremes() {
    long[] times = {Long.MIN_VALUE, -1, 0, 1, SEGMENT.baseTime(), Long.MAX_VALUE};
    for (long time : times) {
      for (long expiry : new long[] {EntryHeader.NO_EXPIRY, 1, SEGMENT.baseTime(), Long.MAX_VALUE}) {
        for (long sequence : new long[] {SEGMENT.baseSequence(), Long.MAX_VALUE}) {
          for (long watermark : new long[] {EntryHeader.NO_WATERMARK, EntryHeader.NO_WATERMARK + 1, OFFSET}) {
            EntryHeader header = put(KEY, VALUE).timestamp(time).expiry(expiry).sequence(sequence).watermark(watermark);
            byte[] image = image(header, KEY, VALUE);
            assertTrue(header.headerLength() <= EntryCodec.MAX_HEADER_LENGTH);
            Entry entry = whole(decode(image));
            assertEquals(time, entry.timestamp());
            assertEquals(expiry, entry.expiry());
            assertEquals(sequence, entry.sequence());
            assertEquals(watermark, entry.watermark());
          }
        }
      }
    }
  }

  @Test
  @DisplayName("adds 13 bytes to a key of 16 and a value of 100 in a segment of a million entries")
  void overhead() {
    EntryHeader header = put(KEY, VALUE).sequence(1_001_000).timestamp(SEGMENT.baseTime() + 500_000);
    assertEquals(13, image(header, KEY, VALUE).length - 116);
    assertTrue(EntryCodec.maxLength(16, 100) >= 116 + EntryCodec.MAX_HEADER_LENGTH);
  }

  @Test
  @DisplayName("encodes one header for one place and then for another")
  void encodesAgain() {
    EntryHeader header = put(KEY, VALUE);
    byte[] first = image(header, KEY, VALUE);
    byte[] second = image(CODEC, header, OFFSET + 1, KEY, VALUE);
    assertEquals(OFFSET + 1, whole(CODEC.decode(OFFSET + 1, second, 0, second.length)).offset());
    assertArrayEquals(first, image(header, KEY, VALUE));
  }

  @Test
  @DisplayName("hashes slices, and verifies key and value in one array, in two, or by a checksum taken elsewhere")
  void slices() {
    byte[] data = bytes(200, 3);
    EntryHeader header = new EntryHeader().begin(EntryKind.PUT, 0).key(data, 3, 16).value(data, 50, 100).sequence(1001);
    byte[] key = Arrays.copyOfRange(data, 3, 19);
    byte[] value = Arrays.copyOfRange(data, 50, 150);
    byte[] image = image(header, key, value);
    EntryHeader parsed = new EntryHeader().at(OFFSET, OFFSET + image.length);
    assertEquals(Status.WHOLE, CODEC.parse(parsed, image, 0, image.length));
    assertTrue(parsed.verify(image, parsed.headerLength()));
    assertTrue(parsed.verify(data, 3, data, 50));
    assertFalse(parsed.verify(data, 3, data, 51));
    CRC32C crc = new CRC32C();
    crc.update(image, parsed.headerLength(), 116);
    assertTrue(parsed.verify((int) crc.getValue()));
    assertFalse(parsed.verify((int) crc.getValue() + 1));
  }

  @Test
  @DisplayName("needs of a window only the longest header, whatever the length of the data")
  void smallWindow() {
    byte[] value = bytes(5000, 3);
    byte[] image = image(put(KEY, value), KEY, value);
    EntryHeader header = new EntryHeader().at(OFFSET, OFFSET + image.length);
    assertEquals(Status.WHOLE, CODEC.parse(header, image, 0, EntryCodec.MAX_HEADER_LENGTH));
    assertEquals(image.length, header.length());
    assertTrue(header.verify(image, header.headerLength(), image, header.headerLength() + header.keyLength()));
  }

  @Test
  @DisplayName("moves a verified entry to another segment without hashing its data anew, so later damage shows")
  void moves() {
    byte[] image = image(put(KEY, VALUE).watermark(2048).batchContinues(true), KEY, VALUE);
    EntryHeader header = new EntryHeader().at(OFFSET, OFFSET + image.length);
    CODEC.parse(header, image, 0, image.length);
    assertThrows(IllegalStateException.class, () -> CODEC.encode(header, OFFSET, new byte[100], 0));
    assertTrue(header.verify(image, header.headerLength()));

    EntryCodec merged = new EntryCodec(new SegmentHeader(8, SEGMENT.storeId(), 1, 0, SegmentHeader.Origin.MERGED));
    header.watermark(EntryHeader.NO_WATERMARK).batchContinues(false);
    byte[] moved = image(merged, header, 64, KEY, VALUE);
    assertEquals(1005, whole(merged.decode(64, moved, 0, moved.length)).sequence());

    byte[] damagedOnTheWay = VALUE.clone();
    damagedOnTheWay[7] ^= 1;
    byte[] wrong = image(merged, header, 64, KEY, damagedOnTheWay);
    assertEquals(Fault.CHECKSUM, Samples.fault(merged.decode(64, wrong, 0, wrong.length)));
    assertSame(SEGMENT, CODEC.segment());
  }

  @Test
  @DisplayName("F38 refuses a key or a value of one byte more than the maximum, and says so")
  void tooLong() {
    EntryHeader header = new EntryHeader().begin(EntryKind.PUT, 0);
    byte[] key = new byte[EntryCodec.MAX_KEY_LENGTH + 1];
    Exception refused = assertThrows(IllegalArgumentException.class, () -> header.key(key, 0, key.length));
    assertEquals("the key has 65537 bytes: at most 65536 are allowed", refused.getMessage());
    header.key(key, 0, key.length - 1);
    refused = assertThrows(IllegalArgumentException.class, () -> header.value(key, 0, EntryCodec.MAX_VALUE_LENGTH + 1));
    assertEquals("the value has 536870913 bytes: at most 536870912 are allowed", refused.getMessage());
  }

  @Test
  @DisplayName("refuses to encode an entry that is not wholly described")
  void incomplete() {
    EntryHeader header = new EntryHeader();
    assertThrows(IllegalStateException.class, () -> encode(header.begin(EntryKind.PUT, 0)));
    assertThrows(IllegalStateException.class, () -> encode(header.begin(EntryKind.TOMBSTONE, 0)));
    assertThrows(IllegalStateException.class, () -> encode(header.begin(EntryKind.PUT, 0).key(KEY, 0, 16)));
    assertThrows(IllegalStateException.class, () -> header.begin(EntryKind.PUT, 0).value(VALUE, 0, 100));
    assertThrows(IllegalStateException.class, () -> header.begin(EntryKind.TOMBSTONE, 0).value(VALUE, 0, 100));
    assertThrows(IllegalStateException.class, () -> header.begin(EntryKind.DROP_KEYSPACE, 0).key(KEY, 0, 16));
    assertThrows(IllegalStateException.class, () -> put(KEY, VALUE).key(KEY, 0, 16));
    assertThrows(IllegalStateException.class, () -> put(KEY, VALUE).value(VALUE, 0, 100));
  }

  @Test
  @DisplayName("refuses to encode fields that the format cannot hold")
  void impossibleFields() {
    assertRefused(put(KEY, VALUE).sequence(999), "sequence 999 is below 1 or the segment's base 1000");
    assertRefused(put(KEY, VALUE).expiry(-1), "expiry -1 is not possible for a PUT");
    assertRefused(tombstone(KEY).expiry(5), "expiry 5 is not possible for a TOMBSTONE");
    assertRefused(put(KEY, VALUE).watermark(63), "watermark 63 is outside the segment before 4096");
    assertRefused(put(KEY, VALUE).watermark(4097), "watermark 4097 is outside the segment before 4096");
    assertRefused(drop(-1), "keyspace -1 must not be negative");
    EntryCodec fromZero = new EntryCodec(new SegmentHeader(1, 1, 0, 0, SegmentHeader.Origin.APPENDED));
    assertThrows(
        IllegalArgumentException.class, () -> fromZero.encode(put(KEY, VALUE).sequence(0), 64, new byte[99], 0));
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 0, 63, SegmentHeader.MAX_DATA_END - 100, SegmentHeader.MAX_DATA_END + 1, Long.MAX_VALUE})
  @DisplayName("refuses an offset at which the entry would not lie within a segment")
  void impossibleOffsets(long offset) {
    byte[] target = new byte[EntryCodec.MAX_HEADER_LENGTH];
    assertThrows(IllegalArgumentException.class, () -> CODEC.encode(put(KEY, VALUE), offset, target, 0));
  }

  @Test
  @DisplayName("refuses to look for an entry outside a segment")
  void impossiblePlaces() {
    EntryHeader header = new EntryHeader();
    assertThrows(IllegalArgumentException.class, () -> header.at(63, 100));
    assertThrows(IllegalArgumentException.class, () -> header.at(100, 99));
    assertThrows(IllegalArgumentException.class, () -> header.at(100, SegmentHeader.MAX_DATA_END + 1));
  }

  private static void assertRefused(EntryHeader header, String message) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, () -> encode(header)).getMessage());
  }

  private static int encode(EntryHeader header) {
    return CODEC.encode(header, OFFSET, new byte[EntryCodec.MAX_HEADER_LENGTH], 0);
  }
}
