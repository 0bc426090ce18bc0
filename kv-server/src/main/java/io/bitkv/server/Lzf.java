package io.bitkv.server;

import java.util.Arrays;
import java.util.Optional;

/**
 * Marc Lehmann's LZF compression, as far as reading it goes. A control byte below 32 has one more
 * literal bytes behind it than it says; another one stands for bytes that came before, its three
 * highest bits and, if these are all set, the next byte telling how many, the rest of it and one
 * more byte how far back.
 */
final class Lzf {

  private static final int LITERALS = 32;
  private static final int LONG_MATCH = 7;
  private static final int LEAST_MATCH = 2;

  private Lzf() {}

  /** Restores bytes that had a length before they were compressed; empty if they cannot be right. */
  static Optional<byte[]> decompress(byte[] input, int length) {
    byte[] output = new byte[0];
    int to = 0;
    int at = 0;
    try {
      while (at < input.length) {
        int control = input[at++] & 0xff;
        int count = control + 1;
        int distance = 0;
        if (control >= LITERALS) {
          int high = control >>> 5;
          count = LEAST_MATCH + (high == LONG_MATCH ? high + (input[at++] & 0xff) : high);
          distance = ((control & LITERALS - 1) << Byte.SIZE | input[at++] & 0xff) + 1;
        }
        if (count > length - to || distance > to) {
          return Optional.empty();
        }
        output = withRoom(output, to + count, length);
        if (distance == 0) {
          System.arraycopy(input, at, output, to, count);
          at += count;
        } else {
          repeat(output, to, distance, count);
        }
        to += count;
      }
    } catch (IndexOutOfBoundsException e) {
      return Optional.empty();
    }
    return to == length ? Optional.of(output) : Optional.empty();
  }

  /** Copies bytes that came before; what is copied may itself be copied again. */
  private static void repeat(byte[] output, int to, int distance, int count) {
    for (int i = to; i < to + count; i++) {
      output[i] = output[i - distance];
    }
  }

  /** Grows with what there really is, so that a length alone takes no memory. */
  private static byte[] withRoom(byte[] output, int needed, int length) {
    return needed <= output.length
        ? output
        : Arrays.copyOf(output, (int) Math.min(length, Math.max(needed, 2L * output.length)));
  }
}
