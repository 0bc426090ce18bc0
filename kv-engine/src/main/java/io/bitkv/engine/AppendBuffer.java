package io.bitkv.engine;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Gathers the bytes of an append into few writes. For one thread at a time. */
final class AppendBuffer {
  private static final int CAPACITY = 64 << 10;

  private final ByteBuffer buffer = ByteBuffer.allocateDirect(CAPACITY);
  private Store store;
  private long at;

  /** Starts at a place in a file; what an append before left behind is dropped. */
  void begin(Store target, long from) {
    buffer.clear();
    store = target;
    at = from;
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
    store.write(buffer, at);
    at += count;
    buffer.clear();
  }
}
