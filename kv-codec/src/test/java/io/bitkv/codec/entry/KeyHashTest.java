package io.bitkv.codec.entry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The key hash")
class KeyHashTest {

  @ParameterizedTest
  @CsvSource({
    "0, '', 93228a4de0eec5a2",
    "1, a, c5bac3db178713c4",
    "2, abc, a97f2f7b1d9b3314",
    "3, message digest, 786d1f1df3801df4",
    "4, abcdefghijklmnopqrstuvwxyz, dca5a8138ad37c87",
    "5, ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789, b9e734f117cfaf70",
    "6, 12345678901234567890123456789012345678901234567890123456789012345678901234567890, 6cc5eab49a92d617"
  })
  @DisplayName("gives the published results of wyhash final 4.2")
  void publishedVectors(long seed, String message, String expected) {
    byte[] key = message.getBytes(StandardCharsets.US_ASCII);
    assertEquals(expected, Long.toHexString(KeyHash.hash(key, 0, key.length, seed)));
  }

  @Test
  @DisplayName("gives SMHasher3's verification code of wyhash, which covers every length up to 255")
  void verificationCode() {
    byte[] key = new byte[256];
    byte[] hashes = new byte[256 * Long.BYTES];
    for (int length = 0; length < 256; length++) {
      key[length] = (byte) length;
      LittleEndian.putLong(hashes, length * Long.BYTES, KeyHash.hash(key, 0, length, 256 - length));
    }
    assertEquals(0x9DAE7DD3, (int) KeyHash.hash(hashes, 0, hashes.length, 0));
  }

  @Test
  @DisplayName("depends on the key's bytes alone, not on where they lie")
  void independentOfPlace() {
    for (int length = 0; length <= 130; length++) {
      byte[] key = new byte[length];
      Arrays.fill(key, (byte) length);
      byte[] wider = new byte[length + 7];
      Arrays.fill(wider, (byte) 0x55);
      System.arraycopy(key, 0, wider, 3, length);
      assertEquals(KeyHash.hash(key, 0, length, 9), KeyHash.hash(wider, 3, length, 9));
    }
  }

  @Test
  @DisplayName("differs by store and by keyspace")
  void seeded() {
    byte[] key = {1, 2, 3, 4, 5, 6, 7, 8};
    long hash = KeyHash.hash(key, 0, key.length, KeyHash.seed(42, 0));
    assertNotEquals(hash, KeyHash.hash(key, 0, key.length, KeyHash.seed(43, 0)));
    assertNotEquals(hash, KeyHash.hash(key, 0, key.length, KeyHash.seed(42, 1)));
  }

  @Test
  @DisplayName("spreads counted keys evenly over the top 12 bits, the 32 below them, and the lowest 32")
  void spreads() {
    int keys = 1 << 18;
    int[] stripes = new int[1 << 12];
    int[] tags = new int[1 << 12];
    int[] lows = new int[1 << 12];
    byte[] key = new byte[16];
    long seed = KeyHash.seed(7, 0);
    for (int i = 0; i < keys; i++) {
      LittleEndian.putLong(key, 8, i);
      long hash = KeyHash.hash(key, 0, key.length, seed);
      stripes[(int) (hash >>> 52)]++;
      tags[(int) (hash >>> 40) & 0xFFF]++;
      lows[(int) hash & 0xFFF]++;
    }
    for (int[] counts : new int[][] {stripes, tags, lows}) {
      double expected = keys / (double) counts.length;
      double chiSquare = Arrays.stream(counts).mapToDouble(n -> (n - expected) * (n - expected) / expected).sum();
      assertTrue(chiSquare < 4095 + 6 * Math.sqrt(2 * 4095), "chi square " + chiSquare);
    }
  }

  @Test
  @DisplayName("refuses a key that does not lie within its array")
  void bounds() {
    assertThrows(IndexOutOfBoundsException.class, () -> KeyHash.hash(new byte[8], 1, 8, 0));
    assertThrows(IndexOutOfBoundsException.class, () -> KeyHash.hash(new byte[8], -1, 0, 0));
    assertThrows(IndexOutOfBoundsException.class, () -> KeyHash.hash(new byte[8], 0, -1, 0));
  }
}
