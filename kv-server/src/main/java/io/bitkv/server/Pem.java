package io.bitkv.server;

import io.bitkv.api.InvalidOptionException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads certificates and private keys from files in PEM (RFC 7468). */
final class Pem {

  private static final Pattern PRIVATE_KEY =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([^-]*)-----END PRIVATE KEY-----");

  private static final List<String> KEY_KINDS = List.of("RSA", "EC", "EdDSA");

  private Pem() {}

  /**
   * Reads all certificates of a file.
   *
   * @param setting names the file in error messages
   * @throws InvalidOptionException if there is none
   */
  static X509Certificate[] certificates(String setting, Path file) {
    try {
      X509Certificate[] all =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(read(setting, file)))
              .toArray(new X509Certificate[0]);
      if (all.length == 0) {
        throw new InvalidOptionException(setting + ": " + file + " holds no certificate in PEM");
      }
      return all;
    } catch (GeneralSecurityException e) {
      throw new InvalidOptionException(
          setting + ": " + file + " holds no certificate in PEM: " + e.getMessage(), e);
    }
  }

  /**
   * Reads the private key of a file.
   *
   * @param setting names the file in error messages
   * @throws InvalidOptionException if there is none
   */
  static PrivateKey privateKey(String setting, Path file) {
    Matcher matcher =
        PRIVATE_KEY.matcher(new String(read(setting, file), StandardCharsets.US_ASCII));
    if (!matcher.find()) {
      throw noKey(setting, file, null);
    }
    byte[] encoded;
    try {
      encoded = Base64.getMimeDecoder().decode(matcher.group(1));
    } catch (IllegalArgumentException e) {
      throw noKey(setting, file, e);
    }
    for (String kind : KEY_KINDS) {
      try {
        return KeyFactory.getInstance(kind).generatePrivate(new PKCS8EncodedKeySpec(encoded));
      } catch (InvalidKeySpecException e) {
        // It is of another kind.
      } catch (GeneralSecurityException e) {
        throw new AssertionError("every Java platform has " + kind, e);
      }
    }
    throw noKey(setting, file, null);
  }

  private static InvalidOptionException noKey(String setting, Path file, Exception cause) {
    return new InvalidOptionException(
        setting
            + ": "
            + file
            + " holds no private key in PKCS#8 (BEGIN PRIVATE KEY); make one of it by openssl pkcs8"
            + " -topk8 -nocrypt",
        cause);
  }

  private static byte[] read(String setting, Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw new InvalidOptionException(setting + ": " + file + " does not exist", e);
    } catch (IOException e) {
      throw new InvalidOptionException(
          setting + ": " + file + " cannot be read: " + e.getMessage(), e);
    }
  }
}
