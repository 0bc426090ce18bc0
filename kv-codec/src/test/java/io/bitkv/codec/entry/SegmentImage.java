package io.bitkv.codec.entry;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A segment file being built in memory entry by entry, and the hint file that goes with it. */
final class SegmentImage {
  private final SegmentHeader segment;
  private final EntryCodec codec;
  private final SegmentTally tally;
  private final ByteArrayOutputStream file = new ByteArrayOutputStream();
  private final List<HintEntry> hints = new ArrayList<>();
  private SegmentFooter footer;

  SegmentImage(SegmentHeader segment) {
    this.segment = segment;
    codec = new EntryCodec(segment);
    tally = new SegmentTally(segment);
    file.writeBytes(segment.encode());
  }

  /** Appends an entry whose data has been hashed from these parts. */
  SegmentImage append(EntryHeader header, byte[]... data) {
    byte[] image = Samples.image(codec, header, file.size(), data);
    file.writeBytes(image);
    tally.add(header);
    byte[] key = data.length > 0 ? data[0] : new byte[0];
    long seed = KeyHash.seed(segment.storeId(), header.keyspace());
    boolean drop = header.kind() == EntryKind.DROP_KEYSPACE;
    hints.add(HintEntry.of(header, drop ? 0 : KeyHash.hash(key, 0, key.length, seed)));
    return this;
  }

  SegmentImage put(String key, String value, long sequence, long timestamp) {
    byte[] keyBytes = key.getBytes(StandardCharsets.UTF_8);
    byte[] valueBytes = value.getBytes(StandardCharsets.UTF_8);
    EntryHeader header = Samples.put(keyBytes, valueBytes).sequence(sequence).timestamp(timestamp);
    return append(header, keyBytes, valueBytes);
  }

  SegmentImage tombstone(String key, long sequence, long timestamp) {
    byte[] keyBytes = key.getBytes(StandardCharsets.UTF_8);
    return append(Samples.tombstone(keyBytes).sequence(sequence).timestamp(timestamp), keyBytes);
  }

  /** Appends the footer and gives the whole file. */
  byte[] seal() {
    footer = tally.footer(file.size());
    file.writeBytes(footer.encode());
    return file.toByteArray();
  }

  SegmentFooter footer() {
    return footer;
  }

  List<HintEntry> hints() {
    return hints;
  }

  /** The hint file of the sealed segment. */
  byte[] hintFile() {
    return hintFile(footer, hints);
  }

  static byte[] hintFile(SegmentFooter footer, Iterable<HintEntry> hints) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    HintWriter writer = new HintWriter(footer);
    out.write(writer.bytes(), 0, writer.begin());
    for (HintEntry hint : hints) {
      out.write(writer.bytes(), 0, writer.add(hint));
    }
    out.write(writer.bytes(), 0, writer.finish());
    return out.toByteArray();
  }
}
