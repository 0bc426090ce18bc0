package io.bitkv.engine;

import io.bitkv.api.StoreFormatException;
import io.bitkv.codec.entry.Decoded;
import io.bitkv.codec.entry.Fault;
import io.bitkv.codec.entry.SegmentHeader;
import java.io.IOException;
import java.util.Set;

/**
 * Makes a {@link SegmentProbe} of whatever has a segment's name, and tells what is wrong with it instead of refusing it.
 *
 * @param disk the directory
 * @param findings takes what is told
 * @param unreadable takes the ids of segments that cannot be read without their headers
 */
record LenientProbe(Disk disk, Findings findings, Set<Integer> unreadable) {

  /** Reads both ends of a file; null if nothing behind its header can be read. */
  SegmentProbe of(Disk.Found found) throws IOException {
    int id = FileNames.segmentId(found.name()).orElseThrow();
    if (!found.isRegular()) {
      findings.damage(disk.path(found.name()), 0, 0, "it has a segment's name but is no regular file; links are not followed");
      return null;
    }
    try (Store store = disk.openForReading(found.name())) {
      long bytes = store.size();
      SegmentHeader header = header(found, SegmentProbe.read(store, 0, SegmentHeader.LENGTH), bytes);
      if (header == null) {
        return null;
      }
      if (header.segmentId() != id) {
        String detail = "its header is that of segment " + header.segmentId() + ": it was copied or renamed";
        findings.damage(disk.path(found.name()), 0, SegmentHeader.LENGTH, detail);
        return null;
      }
      return new SegmentProbe(header, SegmentProbe.footer(store, header, bytes), bytes);
    }
  }

  private SegmentHeader header(Disk.Found found, byte[] first, long bytes) {
    return switch (SegmentHeader.decode(first, 0, first.length)) {
      case Decoded.Whole<SegmentHeader> whole -> whole.value();
      case Decoded.Torn<SegmentHeader> torn -> {
        findings.note(disk.path(found.name()), "empty: its making was cut off");
        yield null;
      }
      case Decoded.Corrupt<SegmentHeader> corrupt -> corruptHeader(found, first, bytes, corrupt.fault());
    };
  }

  private SegmentHeader corruptHeader(Disk.Found found, byte[] first, long bytes, Fault fault) {
    if (fault == Fault.VERSION) {
      throw new StoreFormatException(disk.path(found.name()) + " has another format version than " + SegmentHeader.FORMAT_VERSION
          + "; use the version of bitkv that wrote it, or a later one");
    }
    if (bytes <= SegmentHeader.LENGTH) {
      findings.note(disk.path(found.name()), "empty: its making was cut off");
      return null;
    }
    int id = FileNames.segmentId(found.name()).orElseThrow();
    HeaderRepair repair = HeaderRepair.of(first, id);
    if (repair != null) {
      findings.damage(disk.path(found.name()), repair.at(), repair.at() + 1, "the header: " + fault + "; what stood there is known");
      return repair.header();
    }
    String detail = "the header: " + fault + "; nothing behind it, up to " + bytes + ", can be read";
    findings.damage(disk.path(found.name()), 0, SegmentHeader.LENGTH, detail);
    unreadable.add(id);
    return null;
  }
}
