package io.bitkv.server;

/**
 * The checksum that Redis's files have: CRC-64 with the polynomial of Jones, {@code
 * ad93d23594c935a9}, bits reflected, beginning with 0.
 */
final class Crc64 {

  private static final long REFLECTED_POLYNOMIAL = 0x95ac9329ac4bc9b5L;

  private static final long[] TABLE = table();

  private Crc64() {}

  /** The checksum of the first bytes of an array. */
  static long of(byte[] bytes, int length) {
    long crc = 0;
    for (int i = 0; i < length; i++) {
      crc = TABLE[((int) crc ^ bytes[i]) & 0xff] ^ crc >>> Byte.SIZE;
    }
    return crc;
  }

  private static long[] table() {
    long[] table = new long[1 << Byte.SIZE];
    for (int i = 0; i < table.length; i++) {
      long crc = i;
      for (int bit = 0; bit < Byte.SIZE; bit++) {
        crc = (crc & 1) == 0 ? crc >>> 1 : crc >>> 1 ^ REFLECTED_POLYNOMIAL;
      }
      table[i] = crc;
    }
    return table;
  }
}
