package io.bitkv.server;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The password that clients must give, kept as its SHA-256 digest. Immutable. */
final class Password {

  private final byte[] digest;

  /** Makes it of the password's text; an empty one asks for none. */
  Password(String text) {
    digest = text.isEmpty() ? null : sha256(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Whether clients must give a password. */
  boolean isRequired() {
    return digest != null;
  }

  /** Whether this is the password; takes the same time whatever is wrong with it. */
  boolean matches(byte[] given) {
    return digest != null && MessageDigest.isEqual(digest, sha256(given));
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
