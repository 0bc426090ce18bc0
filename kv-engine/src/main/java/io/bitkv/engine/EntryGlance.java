package io.bitkv.engine;

import io.bitkv.codec.entry.EntryCodec;
import io.bitkv.codec.entry.EntryHeader;
import java.io.IOException;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * A look at the header and the key of an entry that recovery knows of. It does not check the checksum unless asked to, so it costs less
 * than {@link EntryReader}; a scan has checked it, or a read will. For one thread.
 */
final class EntryGlance {
  private static final int CHUNK = 64 << 10;
  private static final int WINDOW = EntryCodec.MAX_HEADER_LENGTH + 64;

  private final SegmentTable segments;
  private final EntryHeader header = new EntryHeader();
  private byte[] window = new byte[WINDOW];
  private Segment segment;
  private long offset;

  EntryGlance(SegmentTable segments) {
    this.segments = segments;
  }

  /** Loads the entry at a location; false if the bytes there are no entry. */
  boolean load(long location) throws IOException {
    segment = segments.find(EntryLocation.segmentId(location));
    offset = EntryLocation.offset(location);
    int there = segment.read(offset, window, 0, WINDOW);
    if (segment.codec().parse(header.at(offset, segment.end()), window, 0, there) != EntryHeader.Status.WHOLE) {
      return false;
    }
    int needed = header.headerLength() + header.keyLength();
    if (needed > there) {
      window = needed > window.length ? new byte[EntryCodec.MAX_HEADER_LENGTH + EntryCodec.MAX_KEY_LENGTH] : window;
      return segment.read(offset, window, 0, needed) == needed;
    }
    return true;
  }

  /** Whether all of the entry is as it was written. */
  boolean isIntact() throws IOException {
    CRC32C crc = new CRC32C();
    byte[] chunk = new byte[Math.min(CHUNK, header.keyLength() + header.valueLength())];
    long from = offset + header.headerLength();
    for (int rest = header.keyLength() + header.valueLength(); rest > 0; ) {
      int count = segment.read(from, chunk, 0, Math.min(rest, chunk.length));
      if (count <= 0) {
        return false;
      }
      crc.update(chunk, 0, count);
      from += count;
      rest -= count;
    }
    return header.verify((int) crc.getValue());
  }

  EntryHeader header() {
    return header;
  }

  /** The entry's key, which is borrowed. */
  KeySlice key(KeyspaceState keyspace) {
    return keyspace.slice(window, header.headerLength(), header.keyLength());
  }

  /** Whether this entry and another one have the same key. */
  boolean hasKeyOf(EntryGlance other) {
    int from = header.headerLength();
    int otherFrom = other.header.headerLength();
    return Arrays.equals(
        window, from, from + header.keyLength(), other.window, otherFrom, otherFrom + other.header.keyLength());
  }
}
