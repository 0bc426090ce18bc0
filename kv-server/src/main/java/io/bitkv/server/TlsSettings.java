package io.bitkv.server;

import java.nio.file.Path;
import java.util.List;

/** The settings of encrypted connections, see {@link Settings}. */
final class TlsSettings {

  /** Whether clients must show a certificate. */
  enum AuthClients {
    /** They must, and it must be signed by one that is trusted. */
    YES,
    /** They need not, but one that they show must be signed by one that is trusted. */
    OPTIONAL,
    /** They are not asked for one. */
    NO
  }

  static final Setting<Integer> TLS_PORT =
      Setting.fixed(
          "tls-port",
          "NUMBER",
          "the TCP port of encrypted connections; 0 takes any free one",
          Setting.OFF,
          Setting.port());

  static final Setting<Path> CERT_FILE =
      Setting.changeable(
          "tls-cert-file",
          "PATH",
          "the server's certificate, with those between it and the root, in PEM",
          Path.of(""),
          Setting.path());

  static final Setting<Path> KEY_FILE =
      Setting.changeable(
          "tls-key-file",
          "PATH",
          "the private key of the certificate, in PKCS#8 and PEM, not encrypted",
          Path.of(""),
          Setting.path());

  static final Setting<Path> CA_CERT_FILE =
      Setting.changeable(
          "tls-ca-cert-file",
          "PATH",
          "the certificates that clients' certificates must be signed by, in PEM",
          Path.of(""),
          Setting.path());

  static final Setting<AuthClients> AUTH_CLIENTS =
      Setting.changeable(
          "tls-auth-clients",
          "YES|OPTIONAL|NO",
          "whether clients of the TLS port must show a certificate",
          AuthClients.YES,
          Setting.choice(AuthClients.class));

  /** These settings, in the order of the help text. */
  static final List<Setting<?>> ALL =
      List.of(TLS_PORT, CERT_FILE, KEY_FILE, CA_CERT_FILE, AUTH_CLIENTS);

  /** Those that what is presented to clients is made of. */
  static final List<Setting<?>> IDENTITY =
      List.of(CERT_FILE, KEY_FILE, CA_CERT_FILE, AUTH_CLIENTS);

  private TlsSettings() {}
}
