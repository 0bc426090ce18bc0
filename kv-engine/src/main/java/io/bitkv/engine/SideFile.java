package io.bitkv.engine;

import java.io.IOException;
import java.nio.ByteBuffer;

/** A copy of some bytes of a segment in a file beside it, for people to look at. */
final class SideFile {
  private static final int CHUNK = 1 << 20;

  private SideFile() {}

  /**
   * Copies bytes to a new file, complete and on stable storage when it returns; does nothing if there is such a file.
   *
   * @param disk the directory
   * @param name the file's name
   * @param source where the bytes are
   * @param from the first
   * @param to the one behind the last
   */
  static void keep(Disk disk, String name, Source source, long from, long to) throws IOException {
    if (disk.list().stream().anyMatch(found -> found.name().equals(name))) {
      return;
    }
    String temporary = FileNames.temporary(name);
    disk.delete(temporary);
    try (Store copy = disk.create(temporary)) {
      byte[] chunk = new byte[CHUNK];
      for (long at = from; at < to; ) {
        int count = source.read(at, chunk, 0, (int) Math.min(CHUNK, to - at));
        if (count <= 0) {
          break;
        }
        copy.write(ByteBuffer.wrap(chunk, 0, count), at - from);
        at += count;
      }
      copy.sync();
    }
    disk.rename(temporary, name);
    disk.sync();
  }

  /** Reads bytes; a {@link Segment} does. */
  interface Source {
    int read(long offset, byte[] target, int at, int length) throws IOException;
  }
}
