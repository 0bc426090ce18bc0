package io.bitkv.codec.resp;

import java.util.Arrays;
import java.util.Objects;

/**
 * A region of a byte array that the writers fill from its position on.
 *
 * <p>By itself it grows like a {@link java.io.ByteArrayOutputStream}. To have replies written
 * straight into memory that lies elsewhere, such as the array of a network buffer, {@link #attach}
 * it there, and override {@link #grow} to put it somewhere else when that memory is full.
 *
 * <p>Not thread-safe.
 */
public class ByteArrayOutput {
  /** The largest array every Java virtual machine can allocate. */
  private static final int MAX_CAPACITY = Integer.MAX_VALUE - 8;

  private byte[] array;
  private int position;
  private int limit;

  /**
   * Creates an output on an array of its own.
   *
   * @param capacity the array's first length in bytes
   * @throws NegativeArraySizeException if it is negative
   */
  public ByteArrayOutput(int capacity) {
    this(new byte[capacity], 0, capacity);
  }

  /**
   * Creates an output on a region of an array.
   *
   * @param array the array to write to
   * @param position where to begin
   * @param limit where the region ends
   * @throws IndexOutOfBoundsException if the region is not within the array
   */
  public ByteArrayOutput(byte[] array, int position, int limit) {
    Objects.checkFromToIndex(position, limit, array.length);
    this.array = array;
    this.position = position;
    this.limit = limit;
  }

  /**
   * Continues in another region; what was written so far stays where it is.
   *
   * @param array the array to write to
   * @param position where to go on
   * @param limit where the region ends
   * @throws IndexOutOfBoundsException if the region is not within the array
   */
  public final void attach(byte[] array, int position, int limit) {
    Objects.checkFromToIndex(position, limit, array.length);
    this.array = array;
    this.position = position;
    this.limit = limit;
  }

  /**
   * The array written to, which may change with every write.
   *
   * @return the array itself, not a copy
   */
  public final byte[] array() {
    return array;
  }

  /**
   * The index in {@link #array} of the next byte to be written.
   *
   * @return the index
   */
  public final int position() {
    return position;
  }

  /**
   * Moves the position: forward over bytes that were put into the array directly, or back to take
   * bytes out.
   *
   * @param position the index in {@link #array} of the next byte to be written
   * @throws IndexOutOfBoundsException if it is negative or behind the end of the region
   */
  public final void position(int position) {
    this.position = Objects.checkIndex(position, limit + 1);
  }

  /**
   * Makes room.
   *
   * @param bytes how many bytes will be written from the position on
   * @throws IllegalStateException if an array cannot hold that many
   */
  public final void ensureWritable(int bytes) {
    if (bytes < 0 || bytes > limit - position) {
      grow(bytes);
    }
  }

  /**
   * Makes room when the region has too little.
   *
   * <p>This one moves the bytes from the array's beginning up to the position to an array of at
   * least twice the size. One that overrides it may as well send or set aside what was written and
   * {@link #attach} an empty region.
   *
   * @param bytes how many bytes must be writable from the position on afterwards; negative if more
   *     than an {@code int} can tell
   * @throws IllegalStateException if an array cannot hold that many
   */
  protected void grow(int bytes) {
    long needed = (long) position + bytes;
    if (bytes < 0 || needed > MAX_CAPACITY) {
      throw new IllegalStateException(
          "the output would exceed " + MAX_CAPACITY + " bytes: send what was written before");
    }
    int capacity = (int) Math.min(MAX_CAPACITY, Math.max(needed, 2L * array.length));
    array = Arrays.copyOf(array, capacity);
    limit = capacity;
  }

  /**
   * Writes bytes as they are.
   *
   * @param source the array that holds them
   * @param offset where they begin
   * @param length how many they are
   * @throws IndexOutOfBoundsException if the range is not within the array
   * @throws IllegalStateException if an array cannot hold the output
   */
  public final void write(byte[] source, int offset, int length) {
    ensureWritable(length);
    System.arraycopy(source, offset, array, position, length);
    position += length;
  }
}
