package io.bitkv.engine;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Gathers what is written to a new file, from its beginning on, into few writes. For one thread. */
final class WriteBuffer {
  private static final int CAPACITY = 64 << 10;

  private final ByteBuffer buffer = ByteBuffer.allocate(CAPACITY);
  private final Store store;
  private long written;

  WriteBuffer(Store store) {
    this.store = store;
  }

  /** Adds some bytes. */
  void put(byte[] bytes, int length) throws IOException {
    for (int from = 0; from < length; ) {
      if (!buffer.hasRemaining()) {
        flush();
      }
      int count = Math.min(length - from, buffer.remaining());
      buffer.put(bytes, from, count);
      from += count;
    }
  }

  /** Writes what has not been written yet. */
  void flush() throws IOException {
    buffer.flip();
    int count = buffer.remaining();
    store.write(buffer, written);
    written += count;
    buffer.clear();
  }
}
