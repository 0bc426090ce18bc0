package io.bitkv.server;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * A password as its SHA-256 digest, the form in which Redis keeps, shows and stores passwords. The
 * password itself is nowhere kept. Immutable.
 */
final class PasswordHash {

  private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");

  private final byte[] digest;

  private PasswordHash(byte[] digest) {
    this.digest = digest;
  }

  /** The digest of a password. */
  static PasswordHash of(byte[] password) {
    try {
      return new PasswordHash(MessageDigest.getInstance("SHA-256").digest(password));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }

  /** The digest of a password. */
  static PasswordHash of(String password) {
    return of(password.getBytes(StandardCharsets.UTF_8));
  }

  /** Whether a text is a digest: 64 hexadecimal digits in lower case. */
  static boolean isHex(String text) {
    return HEX.matcher(text).matches();
  }

  /** Takes a digest over, see {@link #isHex}. */
  static PasswordHash ofHex(String digits) {
    return new PasswordHash(HexFormat.of().parseHex(digits));
  }

  /** The digest: 64 hexadecimal digits in lower case. */
  String hex() {
    return HexFormat.of().formatHex(digest);
  }

  /** Whether both are of the same password; takes the same time wherever they differ. */
  @Override
  public boolean equals(Object other) {
    return other instanceof PasswordHash hash && MessageDigest.isEqual(digest, hash.digest);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(digest);
  }

  /** Says nothing, so that no message can show it by accident. */
  @Override
  public String toString() {
    return "(password)";
  }
}
