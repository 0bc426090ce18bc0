package io.bitkv.engine;

import java.io.IOException;
import java.nio.ByteBuffer;

/** The bytes of a file behind the end of its valid data. */
final class TornTail {
  private static final int CHUNK = 1 << 20;

  private final Store store;
  private final long from;
  private final long to;

  TornTail(Store store, long from, long to) {
    this.store = store;
    this.from = from;
    this.to = to;
  }

  /** Whether any of them is not zero. */
  boolean hasContent() throws IOException {
    byte[] chunk = new byte[CHUNK];
    for (long at = from; at < to; at += CHUNK) {
      int count = store.read(ByteBuffer.wrap(chunk, 0, (int) Math.min(CHUNK, to - at)), at);
      for (int i = 0; i < count; i++) {
        if (chunk[i] != 0) {
          return true;
        }
      }
    }
    return false;
  }

  /** Copies them to the first file beside the segment that is not there yet. */
  void keep(Disk disk, String segment) throws IOException {
    var names = disk.list().stream().map(Disk.Found::name).toList();
    int n = 1;
    while (names.contains(FileNames.torn(segment, n))) {
      n++;
    }
    SideFile.keep(disk, FileNames.torn(segment, n), this::read, from, to);
  }

  private int read(long at, byte[] target, int index, int length) throws IOException {
    return store.read(ByteBuffer.wrap(target, index, length), at);
  }
}
