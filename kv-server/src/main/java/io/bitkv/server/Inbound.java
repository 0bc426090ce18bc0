package io.bitkv.server;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/**
 * The bytes that a connection has received and not yet parsed. While they arrive in whole requests
 * they stay in an array that all connections of an event loop share; only the beginning of an
 * unfinished request moves to one of its own, which grows with the bytes that arrive, never with
 * the length that the client declares.
 *
 * <p>Used by the connection's event loop only.
 */
final class Inbound {

  private static final int LEAST_KEPT_BYTES = 1024;

  /** How many times what has arrived the array may be made larger for what is announced. */
  private static final int GROWTH = 4;

  /** A longest value with its frame fits in this. */
  private static final int GREATEST_BYTES = (1 << 30) + (1 << 20);

  private final byte[] shared;
  private byte[] array;
  private int from;
  private int to;

  /**
   * Makes an empty one.
   *
   * @param shared the event loop's array; what stands there is lost between two batches
   */
  Inbound(byte[] shared) {
    this.shared = shared;
    array = shared;
  }

  byte[] array() {
    return array;
  }

  /** Where the unparsed bytes begin. */
  int from() {
    return from;
  }

  /** Where the unparsed bytes end. */
  int to() {
    return to;
  }

  /** How many bytes are unparsed. */
  int size() {
    return to - from;
  }

  /**
   * Adds bytes that have arrived.
   *
   * @param bytes the bytes; released
   * @param missing how many more the unfinished request is known to need
   */
  void add(ByteBuf bytes, int missing) {
    int length = bytes.readableBytes();
    if (from == to && length <= shared.length) {
      array = shared;
      from = 0;
      to = 0;
    } else {
      reserve(length, missing);
    }
    bytes.readBytes(array, to, length);
    to += length;
    bytes.release();
  }

  /** Says where parsing stopped. */
  void parsedTo(int index) {
    from = index;
  }

  /** Moves what is unparsed out of the shared array. */
  void keep() {
    if (from == to) {
      array = shared;
      from = 0;
      to = 0;
    } else if (array == shared) {
      array = Arrays.copyOfRange(shared, from, from + Math.max(LEAST_KEPT_BYTES, to - from));
      to -= from;
      from = 0;
    }
  }

  private void reserve(int length, int missing) {
    int size = size();
    if (array != shared && array.length - to >= length) {
      return;
    }
    int needed = Math.addExact(size, length);
    byte[] target = array;
    if (array == shared || needed > array.length || from < size) {
      long announced = Math.min(missing, (long) GROWTH * needed);
      target =
          new byte
              [(int)
                  Math.min(needed + Math.max(size, announced), Math.max(needed, GREATEST_BYTES))];
    }
    System.arraycopy(array, from, target, 0, size);
    array = target;
    from = 0;
    to = size;
  }
}
