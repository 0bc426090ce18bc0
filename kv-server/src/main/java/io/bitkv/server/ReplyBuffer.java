package io.bitkv.server;

import io.bitkv.codec.resp.ByteArrayOutput;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the replies of one batch of requests are written. The first {@value #CHUNK_BYTES} bytes go
 * to an array that is used again and again; what exceeds it is set aside in arrays of its own, so
 * that nothing is ever moved and a large value has its array for itself.
 *
 * <p>An event loop has one, since it answers one batch at a time.
 */
final class ReplyBuffer extends ByteArrayOutput {

  /** How much the reused array holds. */
  static final int CHUNK_BYTES = 64 << 10;

  private record Chunk(byte[] array, int length) {}

  private final byte[] reused;
  private final List<Chunk> chunks = new ArrayList<>();
  private long chunkBytes;
  private long limit = Long.MAX_VALUE;

  ReplyBuffer() {
    this(new byte[CHUNK_BYTES]);
  }

  private ReplyBuffer(byte[] reused) {
    super(reused, 0, reused.length);
    this.reused = reused;
  }

  /** The bytes written and not drained. */
  long size() {
    return chunkBytes + position();
  }

  /**
   * Sets how many bytes may be written before they are drained; one more is a {@link
   * ClientLimitException}.
   */
  void limit(long bytes) {
    limit = bytes;
  }

  /** Takes back everything written since {@link #size} was {@code mark}. */
  void rollback(long mark) {
    while (chunkBytes > mark) {
      Chunk last = chunks.removeLast();
      chunkBytes -= last.length;
      attach(last.array, 0, last.array.length);
    }
    position((int) (mark - chunkBytes));
  }

  /** Hands everything written to an output, and begins anew. */
  void drainTo(Outbound output) {
    for (Chunk chunk : chunks) {
      add(output, chunk.array, chunk.length);
    }
    if (position() > 0) {
      add(output, array(), position());
    }
    clear();
  }

  /** Forgets everything written. */
  void clear() {
    chunks.clear();
    chunkBytes = 0;
    attach(reused, 0, reused.length);
  }

  @Override
  protected void grow(int bytes) {
    if (bytes < 0 || size() + bytes > limit) {
      throw new ClientLimitException(Settings.OUTPUT_LIMIT);
    }
    if (position() > 0) {
      chunks.add(new Chunk(array(), position()));
      chunkBytes += position();
    }
    byte[] next = new byte[Math.max(CHUNK_BYTES, bytes)];
    attach(next, 0, next.length);
  }

  private void add(Outbound output, byte[] array, int length) {
    if (array == reused) {
      output.addCopy(array, length);
    } else {
      output.add(array, length);
    }
  }
}
