package io.bitkv.engine;

import static io.bitkv.engine.TestStores.bytes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitkv.api.EmbeddedStore;
import io.bitkv.api.StoreOptions;
import io.bitkv.codec.entry.EntryCodec;
import io.bitkv.codec.entry.EntryHeader;
import io.bitkv.codec.entry.EntryKind;
import io.bitkv.codec.entry.SegmentHeader;
import java.io.IOException;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Looking for entries behind bad bytes takes work in proportion to the bytes, whatever they look like. */
class RangeChecksumsTest {
  private static final StoreOptions OPTIONS = TestStores.options().withSegmentBytes(64 << 20);

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  private static SegmentHeader header(MemoryDisk disk) throws IOException {
    Damage damage = new Damage(OPTIONS.onDamage(), disk, new Events(OPTIONS.listener()));
    return SegmentProbe.of(disk, 1, damage).header();
  }

  @Test
  void rangesHaveTheChecksumsOfTheirBytes() throws IOException {
    MemoryDisk disk = new MemoryDisk();
    try (EmbeddedStore store = KVStore.open(disk.hold(), OPTIONS)) {
      store.put(bytes("key"), random(2_500_000));
    }
    byte[] all = disk.file(FileNames.segment(1)).bytes();
    try (Store store = disk.openForReading(FileNames.segment(1))) {
      Segment segment = new Segment(disk.path(FileNames.segment(1)), store, header(disk), all.length);
      int from = 100;
      RangeChecksums checksums = new RangeChecksums(segment, from);
      Random random = new Random(1);
      for (int i = 0; i < 500; i++) {
        int start = from + random.nextInt(all.length - from + 1);
        int end = start + random.nextInt(Math.min(i * i * 10 + 2, all.length - start + 1));
        CRC32C crc = new CRC32C();
        crc.update(all, start, end - start);
        assertEquals((int) crc.getValue(), checksums.of(start, end), start + " to " + end);
      }
    }
  }

  @Test
  @DisplayName("F8 tornTailFullOfForgedHeadersIsReadAFewTimes: though each claims that its entry reaches to the end")
  void tornTailFullOfForgedHeadersIsReadAFewTimes() throws IOException {
    MemoryDisk disk = new MemoryDisk();
    int size = 3_000_000;
    MemoryFile file;
    int end;
    try (EmbeddedStore store = KVStore.open(disk.hold(), OPTIONS)) {
      store.put(bytes("key"), bytes("value"));
      file = DamageFixture.copy(disk.file(FileNames.segment(1)));
      end = file.size();
    }
    byte[] tail = new byte[size];
    EntryCodec codec = new EntryCodec(header(disk));
    byte[] scratch = new byte[EntryCodec.MAX_HEADER_LENGTH];
    byte[] zeros = new byte[size];
    for (int at = 1; at + 64 < size; at += 2000) {
      int rest = size - at - EntryCodec.MAX_HEADER_LENGTH;
      EntryHeader forged = new EntryHeader().begin(EntryKind.PUT, 0).key(zeros, 0, 0).value(zeros, 0, rest);
      int length = codec.encode(forged.sequence(9).watermark(end + at - 1), end + at, scratch, 0);
      scratch[0] ^= 1;
      System.arraycopy(scratch, 0, tail, at, length);
    }
    file.write(end, tail, size);
    MemoryDisk torn = new MemoryDisk();
    torn.files.put(FileNames.segment(1), file);
    AtomicLong read = new AtomicLong();
    torn.faults = call -> read.addAndGet(call.kind() == Faults.Kind.READ ? call.bytes() : 0);
    assertEquals(Map.of("key", "value"), DamageFixture.open(torn, OPTIONS));
    assertTrue(read.get() < 20L * size, () -> read + " bytes were read");
  }
}
