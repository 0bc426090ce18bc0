package io.bitkv.engine;

import java.io.IOException;
import java.util.zip.CRC32C;

/**
 * The CRC32C of any range of a segment's bytes, for the price of a short range, after one pass over all of them. For one thread.
 *
 * <p>It keeps the checksum of the bytes up to each 512th. The checksum of a range follows from those up to its ends: zeros appended to
 * some bytes change their checksum by a linear map over GF(2), so crc(ab) = zeros(crc(a), length of b) xor crc(b). The maps for powers of
 * two are squares of each other. (The method of {@code crc32_combine} in zlib, by Mark Adler.)
 */
final class RangeChecksums {
  private static final int BLOCK = 512;
  private static final int WINDOW = 1 << 20;
  private static final int POLYNOMIAL = 0x82F6_3B78;
  private static final int BITS_OF_A_BYTE = 3;

  /** The maps for 2^n appended zero bytes: the images of the 32 bits. */
  private static final int[][] ZEROS = new int[Long.SIZE - 1 - BITS_OF_A_BYTE][];

  static {
    int[] map = new int[Integer.SIZE];
    map[0] = POLYNOMIAL;
    for (int bit = 1; bit < Integer.SIZE; bit++) {
      map[bit] = 1 << (bit - 1);
    }
    for (int i = 0; i < BITS_OF_A_BYTE; i++) {
      map = square(map);
    }
    for (int i = 0; i < ZEROS.length; i++) {
      ZEROS[i] = map;
      map = square(map);
    }
  }

  private final Segment segment;
  private final long from;
  private final int[] prefixes;
  private final byte[] bytes = new byte[BLOCK];

  /** Goes once over a segment's bytes, from an offset to its end. */
  RangeChecksums(Segment segment, long from) throws IOException {
    this.segment = segment;
    this.from = from;
    prefixes = new int[Math.toIntExact((segment.end() - from) / BLOCK + 1)];
    CRC32C crc = new CRC32C();
    byte[] window = new byte[WINDOW];
    for (int next = 1; next < prefixes.length; ) {
      int wanted = Math.min(WINDOW / BLOCK, prefixes.length - next) * BLOCK;
      read(from + (next - 1L) * BLOCK, window, wanted);
      for (int at = 0; at < wanted; at += BLOCK) {
        crc.update(window, at, BLOCK);
        prefixes[next++] = (int) crc.getValue();
      }
    }
  }

  private void read(long offset, byte[] target, int length) throws IOException {
    for (int done = 0; done < length; ) {
      int count = segment.read(offset + done, target, done, length - done);
      if (count <= 0) {
        throw new IOException(segment.path() + " ended at offset " + (offset + done));
      }
      done += count;
    }
  }

  /** The checksum of the bytes from one offset to another. */
  int of(long start, long end) throws IOException {
    return upTo(end) ^ appended(upTo(start), end - start);
  }

  private int upTo(long end) throws IOException {
    int blocks = (int) ((end - from) / BLOCK);
    int rest = (int) ((end - from) % BLOCK);
    read(end - rest, bytes, rest);
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, rest);
    return appended(prefixes[blocks], rest) ^ (int) crc.getValue();
  }

  /** What a checksum becomes when zeros are appended to the bytes. */
  private static int appended(int checksum, long zeros) {
    int result = checksum;
    for (int i = 0; zeros >>> i != 0; i++) {
      result = (zeros >>> i & 1) == 0 ? result : apply(ZEROS[i], result);
    }
    return result;
  }

  private static int[] square(int[] map) {
    int[] square = new int[Integer.SIZE];
    for (int bit = 0; bit < Integer.SIZE; bit++) {
      square[bit] = apply(map, map[bit]);
    }
    return square;
  }

  private static int apply(int[] map, int value) {
    int result = 0;
    for (int rest = value; rest != 0; rest &= rest - 1) {
      result ^= map[Integer.numberOfTrailingZeros(rest)];
    }
    return result;
  }
}
