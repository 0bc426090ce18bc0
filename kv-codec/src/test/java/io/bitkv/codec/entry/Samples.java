package io.bitkv.codec.entry;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Segments and entries that the tests share. */
final class Samples {
  static final SegmentHeader SEGMENT =
      new SegmentHeader(7, 0x1122334455667788L, 1000, 1_700_000_000_000L, SegmentHeader.Origin.APPENDED);
  static final EntryCodec CODEC = new EntryCodec(SEGMENT);
  static final long OFFSET = 4096;

  private Samples() {}

  /** Bytes that look random and are the same in every run. */
  static byte[] bytes(int length, long seed) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  static EntryHeader put(byte[] key, byte[] value) {
    return new EntryHeader()
        .begin(EntryKind.PUT, 0)
        .key(key, 0, key.length)
        .value(value, 0, value.length)
        .timestamp(1_700_000_001_234L)
        .sequence(1005);
  }

  static EntryHeader tombstone(byte[] key) {
    return new EntryHeader()
        .begin(EntryKind.TOMBSTONE, 0)
        .key(key, 0, key.length)
        .timestamp(1_700_000_001_235L)
        .sequence(1006);
  }

  static EntryHeader drop(int keyspace) {
    return new EntryHeader()
        .begin(EntryKind.DROP_KEYSPACE, keyspace)
        .timestamp(1_700_000_001_236L)
        .sequence(1007);
  }

  /** The whole image of an entry: its header, then its key and value. */
  static byte[] image(EntryCodec codec, EntryHeader header, long offset, byte[]... data) {
    byte[] target = new byte[EntryCodec.MAX_HEADER_LENGTH + header.keyLength() + header.valueLength()];
    int at = codec.encode(header, offset, target, 0);
    for (byte[] part : data) {
      System.arraycopy(part, 0, target, at, part.length);
      at += part.length;
    }
    return Arrays.copyOf(target, at);
  }

  static byte[] image(EntryHeader header, byte[]... data) {
    return image(CODEC, header, OFFSET, data);
  }

  static Decoded<Entry> decode(byte[] image) {
    return CODEC.decode(OFFSET, image, 0, image.length);
  }

  static Entry whole(Decoded<Entry> decoded) {
    return (Entry) assertInstanceOf(Decoded.Whole.class, decoded).value();
  }

  static Fault fault(Decoded<?> decoded) {
    return assertInstanceOf(Decoded.Corrupt.class, decoded).fault();
  }

  /** One entry of every shape: each kind, with and without each optional field, small and two-byte lengths. */
  static List<byte[]> everyShape() {
    byte[] key = bytes(16, 1);
    byte[] value = bytes(100, 2);
    byte[] large = bytes(300, 3);
    byte[] none = {};
    List<byte[]> images = new ArrayList<>();
    images.add(image(put(key, value), key, value));
    images.add(image(put(none, none)));
    images.add(image(put(key, large).expiry(1_700_000_061_234L).watermark(2048).batchContinues(true), key, large));
    images.add(image(tombstone(key), key));
    images.add(image(tombstone(large).watermark(OFFSET).batchContinues(true), large));
    images.add(image(drop(0)));
    images.add(image(drop(300)));
    return images;
  }
}
