package io.bitkv.api;

/**
 * A value in place, readable without a copy of the caller's own while a callback runs.
 *
 * {@snippet file="io/bitkv/api/EmbeddedSnippetsTest.java" region="read"}
 *
 * <p>It is valid only inside the {@link Keyspace#read} call that handed it out, and only on that thread.
 */
public interface ValueView {

  /**
   * Tells the value's length.
   *
   * @return bytes
   */
  int length();

  /**
   * Tells which write stored the value.
   *
   * @return its sequence number
   */
  long version();

  /**
   * Tells when the value expires.
   *
   * @return milliseconds since 1970-01-01T00:00Z, or {@link Expiry#NONE}
   */
  long expiresAtMillis();

  /**
   * Copies the whole value.
   *
   * @param target where to
   * @param offset the first index written
   * @throws IndexOutOfBoundsException if the target has too little room; nothing is copied then
   * @throws StoreCorruptException if the stored bytes do not check out; the target's range is undefined then
   */
  void copyTo(byte[] target, int offset);

  /**
   * Copies the whole value to the beginning of an array, if that has room for it.
   *
   * @param target where to
   * @return the length of the value; nothing is copied when that is more than the target's
   * @throws StoreCorruptException if the stored bytes do not check out; what the target holds is undefined then
   */
  default int copyInto(byte[] target) {
    int length = length();
    if (length <= target.length) {
      copyTo(target, 0);
    }
    return length;
  }

  /**
   * Copies the value into an array of its own.
   *
   * @return the copy
   */
  default byte[] toByteArray() {
    byte[] copy = new byte[length()];
    copyTo(copy, 0);
    return copy;
  }
}
