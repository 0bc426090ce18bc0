package io.bitkv.engine;

import io.bitkv.codec.entry.SegmentHeader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.OptionalLong;

/**
 * Makes and opens the files of segments, and adds these to a log.
 *
 * @param disk where they are
 * @param table the log
 */
record SegmentFiles(Disk disk, SegmentTable table) {
  /**
   * A segment that was not sealed, with what is staged for it.
   *
   * @param segment the segment
   * @param bytes how many bytes there are: those behind the segment's end are torn, or zeros
   * @param visited as {@link TailRule#visited} tells
   */
  record Unsealed(Segment segment, long bytes, OptionalLong visited) {
    /** The bytes behind the end, in a file that is open for reading. */
    TornTail tail(Store store) {
      return new TornTail(store, segment.end(), bytes);
    }
  }

  /** Makes a file and its header, and has both on stable storage when it returns. */
  Segment create(SegmentHeader header) throws IOException {
    String name = FileNames.segment(header.segmentId());
    Store store = disk.create(name);
    try {
      store.write(ByteBuffer.wrap(header.encode()), 0);
      SyncFailure.sync(store, disk.path(name));
      try {
        disk.sync();
      } catch (IOException e) {
        throw new SyncFailure(disk.directory(), e);
      }
      return add(header, store, SegmentHeader.LENGTH);
    } catch (Throwable e) {
      try (store) {
        disk.delete(name);
      } catch (IOException suppressed) {
        e.addSuppressed(suppressed);
      }
      throw e;
    }
  }

  /** Adds an open file whose entries, as far as is known, end at an offset. */
  Segment add(SegmentHeader header, Store store, long end) {
    Segment segment = new Segment(disk.path(FileNames.segment(header.segmentId())), store, header, end);
    table.add(segment);
    return segment;
  }
}
