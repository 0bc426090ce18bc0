package io.bitkv.server;

import io.bitkv.api.Keyspace;
import io.bitkv.codec.resp.RequestParser;
import io.bitkv.codec.resp.RespNumbers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

/** A request's arguments, the command's name first, where they lie in a buffer. */
final class Arguments {

  private static final int FIRST_CAPACITY = 16;

  /** What a rare request of many arguments has made longer than this is given up after it. */
  private static final int KEPT_CAPACITY = 4096;

  private byte[] buffer = new byte[0];
  private int[] offsets = new int[FIRST_CAPACITY];
  private int[] lengths = new int[FIRST_CAPACITY];
  private int count;

  /**
   * Takes over where the arguments of a complete request lie.
   *
   * @param parser what just completed the request
   * @param source the buffer that it read
   */
  void load(RequestParser parser, byte[] source) {
    buffer = source;
    reserve(parser.count());
    for (int i = 0; i < count; i++) {
      offsets[i] = parser.offset(i);
      lengths[i] = parser.length(i);
    }
  }

  /** The arguments from an index on, as a request of their own that shares the bytes. */
  Arguments from(int index) {
    Arguments rest = new Arguments();
    rest.reserve(count - index);
    rest.buffer = buffer;
    System.arraycopy(offsets, index, rest.offsets, 0, rest.count);
    System.arraycopy(lengths, index, rest.lengths, 0, rest.count);
    return rest;
  }

  /** Copies the arguments' bytes, so that they outlive the buffer. */
  Arguments copy() {
    Arguments copy = new Arguments();
    copy.reserve(count);
    copy.buffer = new byte[byteCount()];
    int at = 0;
    for (int i = 0; i < count; i++) {
      System.arraycopy(buffer, offsets[i], copy.buffer, at, lengths[i]);
      copy.offsets[i] = at;
      copy.lengths[i] = lengths[i];
      at += lengths[i];
    }
    return copy;
  }

  /** How many arguments there are, the command's name included. */
  int count() {
    return count;
  }

  /** How many bytes all arguments have together. */
  int byteCount() {
    int sum = 0;
    for (int i = 0; i < count; i++) {
      sum = Math.addExact(sum, lengths[i]);
    }
    return sum;
  }

  /** The array that holds the arguments. */
  byte[] buffer() {
    return buffer;
  }

  int offset(int index) {
    return offsets[Objects.checkIndex(index, count)];
  }

  int length(int index) {
    return lengths[Objects.checkIndex(index, count)];
  }

  /** Copies an argument's bytes. */
  byte[] bytes(int index) {
    int offset = offset(index);
    return Arrays.copyOfRange(buffer, offset, offset + lengths[index]);
  }

  /**
   * Copies a key's bytes.
   *
   * @throws CommandException if it is longer than a key can be
   */
  byte[] key(int index) {
    if (length(index) > Keyspace.MAX_KEY_BYTES) {
      throw new CommandException(
          "ERR key exceeds the maximum allowed size of " + Keyspace.MAX_KEY_BYTES + " bytes");
    }
    return bytes(index);
  }

  /** An argument as text. */
  String text(int index) {
    return text(index, Integer.MAX_VALUE);
  }

  /** The beginning of an argument as text, for messages. */
  String text(int index, int limit) {
    return new String(
        buffer, offset(index), Math.min(limit, lengths[index]), StandardCharsets.UTF_8);
  }

  /**
   * Whether an argument is a word, in upper or lower case; the word is to be given in upper case.
   */
  boolean is(int index, String word) {
    int offset = offset(index);
    if (lengths[index] != word.length()) {
      return false;
    }
    for (int i = 0; i < word.length(); i++) {
      byte b = buffer[offset + i];
      if ((b >= 'a' && b <= 'z' ? b - ('a' - 'A') : b) != word.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Reads an argument as an integer.
   *
   * @throws CommandException if it is none
   */
  long integer(int index) {
    if (!RespNumbers.isLong(buffer, offset(index), lengths[index])) {
      throw CommandException.NOT_AN_INTEGER;
    }
    return RespNumbers.parseLong(buffer, offsets[index], lengths[index]);
  }

  private void reserve(int needed) {
    if (needed > offsets.length || offsets.length > KEPT_CAPACITY) {
      int capacity = Math.max(FIRST_CAPACITY, needed);
      offsets = new int[capacity];
      lengths = new int[capacity];
    }
    count = needed;
  }
}
