package io.bitkv.api.codec;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** UTF-8 without silent replacement: what cannot be converted is refused, or two strings could become one key. */
final class Utf8 {

  private static final char REPLACEMENT = '\uFFFD';

  private Utf8() {}

  static byte[] encode(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        if (!Character.isSurrogatePair(text.charAt(i), i + 1 < text.length() ? text.charAt(i + 1) : 0)) {
          throw new CodecException("the string has an unpaired surrogate at index " + i + " and so no UTF-8 form");
        }
        i++;
      }
    }
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static String decode(byte[] bytes, int from, int length) {
    String text = new String(bytes, from, length, StandardCharsets.UTF_8);
    if (text.indexOf(REPLACEMENT) >= 0) {
      byte[] again = text.getBytes(StandardCharsets.UTF_8);
      if (!Arrays.equals(again, 0, again.length, bytes, from, from + length)) {
        throw new CodecException("the bytes are not UTF-8");
      }
    }
    return text;
  }
}
