package io.bitkv.engine;

import java.util.Arrays;

/** The content of a file of a {@link MemoryDisk}. */
final class MemoryFile {
  private final String firstName;
  private byte[] bytes = {};
  private long reserved;

  MemoryFile(String firstName) {
    this.firstName = firstName;
  }

  synchronized void write(long at, byte[] written, int length) {
    if (at + length > bytes.length) {
      bytes = Arrays.copyOf(bytes, (int) at + length);
    }
    System.arraycopy(written, 0, bytes, (int) at, length);
  }

  synchronized void reserve(long length) {
    reserved = length;
  }

  /** The room that the file takes. */
  synchronized long room() {
    return Math.max(reserved, bytes.length);
  }

  synchronized void truncate(long size) {
    reserved = 0;
    if (size < bytes.length) {
      bytes = Arrays.copyOf(bytes, (int) size);
    }
  }

  synchronized byte[] bytes() {
    return bytes.clone();
  }

  synchronized int read(byte[] target, int index, int length, long at) {
    int count = (int) Math.max(0, Math.min(length, bytes.length - at));
    if (count > 0) {
      System.arraycopy(bytes, (int) at, target, index, count);
    }
    return count;
  }

  synchronized int size() {
    return bytes.length;
  }

  @Override
  public String toString() {
    return firstName;
  }
}
