package io.bitkv.codec.resp;

import java.util.Arrays;
import java.util.Objects;

/**
 * Where the arguments of one request lie: offset and length of each, counted from its beginning.
 */
final class ArgumentTable {
  private static final int FIRST_CAPACITY = 2 * 16;

  /** A table that a request of many arguments has made larger than this is given up after it. */
  private static final int KEPT_CAPACITY = 2 * 1024;

  private int[] spans = new int[FIRST_CAPACITY];
  private int count;

  int count() {
    return count;
  }

  int offset(int index) {
    return spans[2 * Objects.checkIndex(index, count)];
  }

  int length(int index) {
    return spans[2 * Objects.checkIndex(index, count) + 1];
  }

  void add(int offset, int length) {
    int at = 2 * count;
    if (at == spans.length) {
      spans = Arrays.copyOf(spans, 2 * at);
    }
    spans[at] = offset;
    spans[at + 1] = length;
    count++;
  }

  void clear() {
    count = 0;
    if (spans.length > KEPT_CAPACITY) {
      spans = new int[FIRST_CAPACITY];
    }
  }
}
