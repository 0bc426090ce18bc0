package io.bitkv.engine;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Zeros that are written ahead of the entries of a segment which grows by small syncs.
 *
 * <p>A sync that follows an append at the end of a file has to write the file's new length too, which takes a disk about as long as the
 * entries do. Entries that take the place of zeros leave the length as it is. Who writes much between two syncs gets none, as all would be
 * written twice. For whoever holds the append lock.
 */
final class Headroom {
  /** The most new bytes of a sync that is worth zeros. */
  private static final int SMALL_SYNC = 16 << 10;

  private static final ByteBuffer ZEROS = ByteBuffer.allocateDirect(256 << 10).asReadOnlyBuffer();

  private final Store store;
  private long end;
  private boolean isGivenUp;

  Headroom(Store store) {
    this.store = store;
  }

  /**
   * Writes zeros behind what has been written, before a sync, if the file grew since the last one, but not by much: as many as there are
   * bytes, within bounds. If the disk is full, they are removed, and there are no more for this file.
   *
   * @param written where the file's entries end
   * @param durable up to where it has been synced
   * @throws IOException if the disk fails; what is behind the entries is unknown then
   */
  void extend(long written, long durable) throws IOException {
    if (isGivenUp || written <= end || written - durable > SMALL_SYNC) {
      return;
    }
    int length = (int) Math.min(written, ZEROS.capacity());
    try {
      store.write(ZEROS.slice(0, length), written);
      end = written + length;
    } catch (DiskFullException e) {
      isGivenUp = true;
      cut(written);
    }
  }

  /** Whether there are zeros behind an offset. */
  boolean isBehind(long offset) {
    return end > offset;
  }

  /** Cuts the file off at an offset, and so all zeros behind it. */
  void cut(long offset) throws IOException {
    store.truncate(offset);
    end = offset;
  }
}
