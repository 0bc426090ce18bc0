package io.bitkv.codec.entry;

import static io.bitkv.codec.entry.Samples.CODEC;
import static io.bitkv.codec.entry.Samples.OFFSET;
import static io.bitkv.codec.entry.Samples.SEGMENT;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

@Label("Entries and hints, whatever is in them")
class EntryProperties {

  /** An entry to be written, wherever that will be. */
  record Draft(EntryKind kind, int keyspace, byte[] key, byte[] value, Times times, boolean batchContinues) {
    EntryHeader header(long watermark) {
      EntryHeader header = new EntryHeader().begin(kind, keyspace);
      if (kind != EntryKind.DROP_KEYSPACE) {
        header.key(key, 0, key.length);
      }
      if (kind == EntryKind.PUT) {
        header.value(value, 0, value.length).expiry(times.expiry);
      }
      return header
          .sequence(times.sequence)
          .timestamp(times.timestamp)
          .watermark(watermark)
          .batchContinues(batchContinues);
    }

    byte[][] data() {
      return switch (kind) {
        case PUT -> new byte[][] {key, value};
        case TOMBSTONE -> new byte[][] {key};
        case DROP_KEYSPACE -> new byte[][] {};
      };
    }
  }

  record Times(long sequence, long timestamp, long expiry) {}

  @Property
  @Label("an entry comes back as it was written, and has one encoding")
  void roundTrip(@ForAll("drafts") Draft draft, @ForAll @LongRange(min = 64, max = 4_000_000_000L) long offset,
      @ForAll @LongRange(min = 0, max = 5_000) long gap) {
    long watermark = Math.max(EntryHeader.NO_WATERMARK, offset - gap);
    byte[] image = Samples.image(CODEC, draft.header(watermark), offset, draft.data());
    Entry entry = Samples.whole(CODEC.decode(offset, image, 0, image.length));
    byte[][] data = draft.data();
    assertEquals(draft.kind, entry.kind());
    assertEquals(draft.keyspace, entry.keyspace());
    assertArrayEquals(data.length > 0 ? draft.key : new byte[0], entry.key());
    assertArrayEquals(data.length > 1 ? draft.value : new byte[0], entry.value());
    assertEquals(draft.times.sequence, entry.sequence());
    assertEquals(draft.times.timestamp, entry.timestamp());
    assertEquals(draft.kind == EntryKind.PUT ? draft.times.expiry : EntryHeader.NO_EXPIRY, entry.expiry());
    assertEquals(watermark, entry.watermark());
    assertEquals(draft.batchContinues, entry.batchContinues());

    EntryHeader again = new EntryHeader().at(offset, offset + image.length);
    CODEC.parse(again, image, 0, image.length);
    assertTrue(again.verify(image, again.headerLength()));
    assertArrayEquals(image, Samples.image(CODEC, again, offset, data));
  }

  @Property
  @Label("F4 an entry with any bits of one byte flipped is never another entry")
  void flipped(@ForAll("drafts") Draft draft, @ForAll @IntRange(min = 1, max = 255) int mask, @ForAll int where) {
    byte[] image = Samples.image(draft.header(EntryHeader.NO_WATERMARK), draft.data());
    image[Math.floorMod(where, image.length)] ^= (byte) mask;
    assertFalse(Samples.decode(image) instanceof Decoded.Whole);
  }

  @Property
  @Label("F8 random bytes are never an entry, and no header claims more than the format and the segment allow")
  void garbage(@ForAll @Size(max = 300) byte[] bytes) {
    assertFalse(Samples.decode(bytes) instanceof Decoded.Whole);
    EntryHeader header = new EntryHeader().at(OFFSET, OFFSET + bytes.length);
    switch (CODEC.parse(header, bytes, 0, bytes.length)) {
      case WHOLE -> {
        assertTrue(header.length() <= bytes.length && header.headerLength() <= EntryCodec.MAX_HEADER_LENGTH);
        assertTrue(header.sequence() >= SEGMENT.baseSequence());
        assertTrue(header.watermark() >= EntryHeader.NO_WATERMARK && header.watermark() <= OFFSET);
      }
      case TORN -> assertTrue(header.missing() >= 1);
      case CORRUPT -> assertFalse(header.fault().toString().isEmpty());
    }
  }

  @Property
  @Label("F8 random bytes behind a sound tag are never an entry either")
  void taggedGarbage(@ForAll("drafts") Draft draft, @ForAll @Size(max = 100) byte[] bytes) {
    byte[] image = Samples.image(draft.header(EntryHeader.NO_WATERMARK), draft.data());
    byte[] mixed = Arrays.copyOf(image, EntryCodec.FIELDS_AT + bytes.length);
    System.arraycopy(bytes, 0, mixed, EntryCodec.FIELDS_AT, bytes.length);
    if (!Arrays.equals(mixed, 0, Math.min(mixed.length, image.length), image, 0, image.length)) {
      assertFalse(Samples.decode(mixed) instanceof Decoded.Whole);
    }
  }

  @Property
  @Label("random bytes are no header, no footer and no hint file")
  void garbageFiles(@ForAll @Size(max = 200) byte[] bytes) {
    assertFalse(SegmentHeader.decode(bytes, 0, bytes.length) instanceof Decoded.Whole);
    assertFalse(SegmentFooter.decode(SEGMENT, bytes, 0, bytes.length) instanceof Decoded.Whole);
    SegmentFooter footer = new SegmentTally(SEGMENT).footer(SegmentHeader.LENGTH);
    assertNotEquals(HintReader.Status.END, HintFiles.read(footer, bytes).last());
    byte[] head = Arrays.copyOf(SegmentImage.hintFile(footer, List.of()), HintFormat.HEADER_LENGTH);
    byte[] behindHead = Arrays.copyOf(head, head.length + bytes.length);
    System.arraycopy(bytes, 0, behindHead, head.length, bytes.length);
    assertNotEquals(HintReader.Status.END, HintFiles.read(footer, behindHead).last());
  }

  @Property(tries = 200)
  @Label("hints come back as they were written")
  void hints(@ForAll @IntRange(max = 2100) int count, @ForAll long seed) {
    SegmentFooter footer =
        new SegmentFooter(7, SEGMENT.storeId(), SegmentHeader.MAX_DATA_END, count, 0, 0, 1, 1, 0, 0);
    var hints = HintFiles.hints(count, seed);
    assertEquals(hints, HintFiles.read(footer, SegmentImage.hintFile(footer, hints)).hints());
  }

  @Provide
  Arbitrary<Draft> drafts() {
    Arbitrary<Integer> keyspaces = Arbitraries.oneOf(Arbitraries.just(0), Arbitraries.integers().greaterOrEqual(0));
    Arbitrary<byte[]> keys = Arbitraries.bytes().array(byte[].class).ofMaxSize(200);
    Arbitrary<byte[]> values = Arbitraries.bytes().array(byte[].class).ofMaxSize(1000);
    Arbitrary<Long> sequences = Arbitraries.longs().greaterOrEqual(SEGMENT.baseSequence());
    Arbitrary<Long> expiries = Arbitraries.longs().greaterOrEqual(0);
    Arbitrary<Times> times = Combinators.combine(sequences, Arbitraries.longs(), expiries).as(Times::new);
    return Combinators.combine(
            Arbitraries.of(EntryKind.class), keyspaces, keys, values, times, Arbitraries.of(true, false))
        .as(Draft::new);
  }
}
