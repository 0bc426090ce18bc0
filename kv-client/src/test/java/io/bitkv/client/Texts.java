package io.bitkv.client;

import java.nio.charset.StandardCharsets;

/** Keys and values as text, in UTF-8. */
final class Texts {

  private Texts() {}

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
