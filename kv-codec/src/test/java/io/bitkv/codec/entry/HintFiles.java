package io.bitkv.codec.entry;

import static io.bitkv.codec.entry.Samples.SEGMENT;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bitkv.codec.entry.HintReader.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Hints to be written, and a whole hint file read back, for the tests of hint files. */
final class HintFiles {
  static final SegmentFooter FOOTER = footer(SEGMENT.segmentId(), 200_000_000L);
  static final int HEADER = HintFormat.HEADER_LENGTH;

  private HintFiles() {}

  static HintEntry hint(long offset, int length) {
    return new HintEntry(EntryKind.PUT, 0, 42, 1000, false, offset, length);
  }

  static SegmentFooter footer(int segmentId, long dataEnd) {
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
