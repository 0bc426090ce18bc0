package io.bitkv.engine;

import java.io.Closeable;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;

/**
 * The bytes of one open file: the seam below a {@link Segment}.
 *
 * <p>Safe for use by any thread, and blind to interrupts. Once closed, every call throws {@link ClosedChannelException}; calls that are
 * under way then are waited for.
 */
interface Store extends Closeable {

  /**
   * Writes all bytes that remain in a buffer; they are in the page cache when it returns.
   *
   * @param bytes what to write; used up when this returns, in part when it throws
   * @param at where in the file, in bytes
   * @throws DiskFullException if there is no room; some of the bytes may have been written
   * @throws IOException if writing fails; some of the bytes may have been written
   */
  void write(ByteBuffer bytes, long at) throws IOException;

  /**
   * Reads until a buffer is full or the file ends.
   *
   * @param target where the bytes go
   * @param at where in the file, in bytes
   * @return how many bytes were read; 0 at the end of the file and behind it
   * @throws IOException if reading fails
   */
  int read(ByteBuffer target, long at) throws IOException;

  /**
   * Makes every write that ended before this call survive a loss of power.
   *
   * @throws IOException if the disk does not confirm that; it must then not be asked again
   */
  void sync() throws IOException;

  /** The file's length, in bytes. */
  long size() throws IOException;

  /** Cuts the file off behind a length that is not above its own. */
  void truncate(long size) throws IOException;

  /**
   * Maps some bytes of the file for reading. The file must never be cut below their end.
   *
   * @param from where they begin
   * @param length how many bytes, which do not reach beyond the file's end
   * @param arena how long the mapping lives; closing the store does not end it
   * @return the mapped bytes, read-only
   * @throws IOException if mapping fails
   */
  MemorySegment map(long from, long length, Arena arena) throws IOException;
}
