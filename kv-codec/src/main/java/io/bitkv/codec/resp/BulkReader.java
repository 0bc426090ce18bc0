package io.bitkv.codec.resp;

import java.util.Arrays;

/** Collects the bytes of one bulk string of a reply, in an array that grows only as they arrive. */
final class BulkReader {
  /** What is made room for at first, however little has arrived. */
  private static final int FIRST_PIECE = 8 * 1024;

  private byte marker;
  private int length;
  private int filled;
  private byte[] bytes;

  /** Whether a bulk string is being read. */
  boolean open() {
    return bytes != null;
  }

  /** The byte that the line of the bulk string began with. */
  byte marker() {
    return marker;
  }

  /** How many bytes are to come, its line end included. */
  int missing() {
    return length - filled + 2;
  }

  /** Begins a bulk string of a length, of which so many bytes may already be there. */
  void begin(byte marker, int length, int arrived) {
    this.marker = marker;
    this.length = length;
    filled = 0;
    bytes = new byte[Math.min(length, Math.max(arrived, FIRST_PIECE))];
  }

  /** Collects what the window holds of it, and returns the index after that. */
  int collect(byte[] buffer, int from, int to) {
    int piece = Math.min(length - filled, to - from);
    if (filled + piece > bytes.length) {
      long capacity = Math.max(filled + piece, 2L * bytes.length);
      bytes = Arrays.copyOf(bytes, (int) Math.min(length, capacity));
    }
    System.arraycopy(buffer, from, bytes, filled, piece);
    filled += piece;
    return from + piece;
  }

  /** Whether all its bytes have been collected. */
  boolean isFull() {
    return filled == length;
  }

  /** Ends the bulk string, and hands over its bytes. */
  byte[] take() {
    byte[] taken = bytes;
    bytes = null;
    return taken;
  }
}
