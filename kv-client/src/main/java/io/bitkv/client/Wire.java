package io.bitkv.client;

import java.io.IOException;

/**
 * The bytes of a connection, in clear or encrypted. Nothing here blocks: what cannot go on now says so, and goes on once the channel is
 * ready. One thread at a time reads, and one at a time writes; both may do so at the same time.
 */
interface Wire {

  /**
   * Reads what has arrived.
   *
   * @return how many bytes; 0 when there are none now, -1 at the end of the stream
   */
  int read(byte[] target, int offset, int length) throws IOException;

  /**
   * Writes.
   *
   * @return how many bytes were taken; fewer than given, or 0, when the channel takes no more now
   */
  int write(byte[] source, int offset, int length) throws IOException;

  /**
   * Sends what was taken and is still held back.
   *
   * @return whether nothing is left
   */
  boolean flush() throws IOException;

  /** Whether bytes that have arrived wait to be read, though the channel shows none. */
  boolean hasUnread();
}
