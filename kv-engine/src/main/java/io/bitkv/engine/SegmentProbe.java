package io.bitkv.engine;

import io.bitkv.api.StoreFormatException;
import io.bitkv.codec.entry.Decoded;
import io.bitkv.codec.entry.Fault;
import io.bitkv.codec.entry.SegmentFooter;
import io.bitkv.codec.entry.SegmentHeader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * What the ends of a segment file say.
 *
 * @param header the header
 * @param footer the footer, or null if the segment is not sealed
 * @param bytes the length of the file
 */
record SegmentProbe(SegmentHeader header, SegmentFooter footer, long bytes) {

  /**
   * Reads both ends of a file.
   *
   * @param disk the directory
   * @param id the id that its name says
   * @param damage what to do about damage
   * @return what was found; null if no entry can be in there, because its making was cut off or it is passed over as damaged
   * @throws StoreFormatException if the file has another format version
   */
  static SegmentProbe of(Disk disk, int id, Damage damage) throws IOException {
    String name = FileNames.segment(id);
    try (Store store = disk.openForReading(name)) {
      long bytes = store.size();
      SegmentHeader header = header(disk.path(name), read(store, 0, SegmentHeader.LENGTH), bytes, damage);
      if (header == null) {
        return null;
      }
      if (header.segmentId() != id) {
        damage.found(disk.path(name), 0, "its header is that of segment " + header.segmentId() + ": it was copied or renamed");
        return null;
      }
      return new SegmentProbe(header, footer(store, header, bytes), bytes);
    }
  }

  /** A file that is no longer than its header was made by a store that stopped before it wrote any entry. */
  private static SegmentHeader header(Path path, byte[] first, long bytes, Damage damage) {
    return switch (SegmentHeader.decode(first, 0, first.length)) {
      case Decoded.Whole<SegmentHeader> whole -> whole.value();
      case Decoded.Torn<SegmentHeader> torn -> null;
      case Decoded.Corrupt<SegmentHeader> corrupt -> {
        if (corrupt.fault() == Fault.VERSION) {
          throw new StoreFormatException(path + " has another format version than " + SegmentHeader.FORMAT_VERSION
              + "; open it with the version of bitkv that wrote it, or a later one");
        }
        if (bytes > SegmentHeader.LENGTH) {
          damage.found(path, 0, "its header is bad: " + corrupt.fault());
        }
        yield null;
      }
    };
  }

  /** The footer at the end of a file; null if there is none. */
  static SegmentFooter footer(Store store, SegmentHeader header, long bytes) throws IOException {
    long at = bytes - SegmentFooter.LENGTH;
    if (at < SegmentHeader.LENGTH) {
      return null;
    }
    byte[] last = read(store, at, SegmentFooter.LENGTH);
    return SegmentFooter.decode(header, last, 0, last.length) instanceof Decoded.Whole<SegmentFooter> whole
            && whole.value().dataEnd() == at
        ? whole.value()
        : null;
  }

  /** Reads bytes from a place on, as many as there are. */
  static byte[] read(Store store, long at, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    int count = store.read(bytes, at);
    return Arrays.copyOf(bytes.array(), count);
  }

  boolean isSealed() {
    return footer != null;
  }
}
