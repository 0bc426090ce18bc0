package io.bitkv.server;

import io.bitkv.api.InvalidOptionException;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the server presents to encrypted connections, and whom it trusts: TLS 1.2 and 1.3 by the
 * JDK. It can be put together anew while the server runs; connections that are open keep what they
 * began with.
 *
 * <p>Safe for use by all event loops.
 */
final class TlsIdentity {

  private static final Logger LOG = LoggerFactory.getLogger(TlsIdentity.class);

  private volatile SslContext context;
  private ServerOptions options;
  private List<FileTime> changed;

  private TlsIdentity(ServerOptions options) {
    use(options);
  }

  /**
   * Puts together what the options tell of; empty if there is no TLS port.
   *
   * @throws InvalidOptionException if a file is missing or holds something else; the message names
   *     the setting and the file
   */
  static Optional<TlsIdentity> of(ServerOptions options) {
    return Listeners.isOn(options, TlsSettings.TLS_PORT)
        ? Optional.of(new TlsIdentity(options))
        : Optional.empty();
  }

  /** What new connections are encrypted by. */
  SslContext context() {
    return context;
  }

  /**
   * Uses other settings from now on.
   *
   * @throws InvalidOptionException as {@link #of} does; nothing has changed then
   */
  synchronized void use(ServerOptions next) {
    List<FileTime> times = times(next);
    context = build(next);
    options = next;
    changed = times;
  }

  /**
   * Reads the files again if one of them has changed. If something is wrong with them, that is
   * logged, and what was read before stays in use.
   */
  synchronized void refresh() {
    List<FileTime> times = times(options);
    if (times.equals(changed)) {
      return;
    }
    changed = times;
    try {
      context = build(options);
      LOG.info("The TLS certificates were read again.");
    } catch (InvalidOptionException e) {
      LOG.error("The TLS certificates have changed and are not used: {}", e.getMessage());
    }
  }

  private static List<FileTime> times(ServerOptions options) {
    return Stream.of(TlsSettings.CERT_FILE, TlsSettings.KEY_FILE, TlsSettings.CA_CERT_FILE)
        .map(options::get)
        .map(TlsIdentity::time)
        .toList();
  }

  private static FileTime time(Path file) {
    try {
      return Files.getLastModifiedTime(file);
    } catch (IOException e) {
      return FileTime.fromMillis(0);
    }
  }

  private static SslContext build(ServerOptions options) {
    X509Certificate[] chain =
        Pem.certificates("tls-cert-file", present(options, TlsSettings.CERT_FILE));
    PrivateKey key = Pem.privateKey("tls-key-file", present(options, TlsSettings.KEY_FILE));
    checkPair(key, chain[0].getPublicKey());
    TlsSettings.AuthClients auth = options.get(TlsSettings.AUTH_CLIENTS);
    SslContextBuilder builder =
        SslContextBuilder.forServer(key, chain)
            .sslProvider(SslProvider.JDK)
            .protocols("TLSv1.3", "TLSv1.2")
            .clientAuth(
                switch (auth) {
                  case YES -> ClientAuth.REQUIRE;
                  case OPTIONAL -> ClientAuth.OPTIONAL;
                  case NO -> ClientAuth.NONE;
                });
    if (auth != TlsSettings.AuthClients.NO) {
      if (options.get(TlsSettings.CA_CERT_FILE).toString().isEmpty()) {
        throw new InvalidOptionException(
            "tls-ca-cert-file: it is needed to check clients' certificates; name it, or set"
                + " tls-auth-clients to no");
      }
      builder.trustManager(
          Pem.certificates("tls-ca-cert-file", options.get(TlsSettings.CA_CERT_FILE)));
    }
    try {
      return builder.build();
    } catch (SSLException e) {
      throw new InvalidOptionException("tls-cert-file: it cannot be used: " + e.getMessage(), e);
    }
  }

  private static Path present(ServerOptions options, Setting<Path> setting) {
    Path file = options.get(setting);
    if (file.toString().isEmpty()) {
      throw new InvalidOptionException(setting.name() + ": it is needed for the TLS port");
    }
    return file;
  }

  /** Checks that what a key signs, the certificate's key verifies. */
  private static void checkPair(PrivateKey key, PublicKey certified) {
    String algorithm =
        switch (key.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          default -> "EdDSA";
        };
    byte[] sample = "sample".getBytes(StandardCharsets.US_ASCII);
    boolean isPair;
    try {
      Signature signature = Signature.getInstance(algorithm);
      signature.initSign(key);
      signature.update(sample);
      byte[] signed = signature.sign();
      signature.initVerify(certified);
      signature.update(sample);
      isPair = signature.verify(signed);
    } catch (GeneralSecurityException e) {
      isPair = false;
    }
    if (!isPair) {
      throw new InvalidOptionException(
          "tls-key-file: it is not the key of the certificate in tls-cert-file");
    }
  }
}
