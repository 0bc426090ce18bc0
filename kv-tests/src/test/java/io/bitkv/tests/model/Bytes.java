package io.bitkv.tests.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** Byte strings for tests. */
public final class Bytes {

  private static final int SHOWN = 40;

  private Bytes() {}

  /** A text's bytes in UTF-8. */
  public static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  /** The bytes with these values, each -128 to 255. */
  public static byte[] raw(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  /** As many bytes as asked, all of one value. */
  public static byte[] filled(int length, int value) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }

  /** Every byte value once, in order. */
  public static byte[] allValues() {
    byte[] bytes = new byte[256];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) i;
    }
    return bytes;
  }

  /** Bytes that look random; the same for the same seed. */
  public static byte[] random(long seed, int length) {
    byte[] bytes = new byte[length];
    new SplittableRandom(seed).nextBytes(bytes);
    return bytes;
  }

  /** Writes byte strings as text, equal for equal ones: hexadecimal, and the long ones by their length and hash code. */
  public static String show(byte[] bytes) {
    return bytes.length <= SHOWN
        ? HexFormat.of().formatHex(bytes)
        : HexFormat.of().formatHex(bytes, 0, 8) + ".. " + bytes.length + " bytes #" + Arrays.hashCode(bytes);
  }

  /** Shows each, sorted, so that two collections can be compared whatever their order. */
  public static List<String> showAll(Stream<byte[]> several) {
    return several.map(Bytes::show).sorted().toList();
  }
}
