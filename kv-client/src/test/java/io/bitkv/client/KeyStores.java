package io.bitkv.client;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Makes keys and certificates that sign themselves, by the JDK's own {@code keytool}. */
final class KeyStores {

  private static final char[] PASSWORD = "changeit".toCharArray();

  private KeyStores() {}

  /**
   * Makes a key and its certificate.
   *
   * @param names whom the certificate names, like {@code dns:localhost}
   */
  static KeyStore generate(Path directory, String... names) throws Exception {
    Path file = Files.createTempFile(directory, "key", ".p12");
    Files.delete(file);
    List<String> command =
        new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair", "-alias", "key"));
    command.addAll(List.of("-keyalg", "EC", "-groupname", "secp256r1", "-dname", "CN=bitkv test", "-validity", "3650"));
    command.addAll(List.of("-ext", "san=" + String.join(",", names), "-storetype", "PKCS12", "-keystore", file.toString()));
    command.addAll(List.of("-storepass", new String(PASSWORD)));
    Process keytool = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(directory.resolve("keytool.log").toFile()).start();
    if (!keytool.waitFor(60, TimeUnit.SECONDS) || keytool.exitValue() != 0) {
      keytool.destroyForcibly();
      throw new IOException("keytool failed: " + Files.readString(directory.resolve("keytool.log")));
    }
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream input = Files.newInputStream(file)) {
      store.load(input, PASSWORD);
    }
    return store;
  }

  /** What encrypts with a key, or without one if that is null, and trusts the certificates of others. */
  static SSLContext context(KeyStore own, KeyStore... trusted) throws GeneralSecurityException, IOException {
    KeyStore certificates = KeyStore.getInstance("PKCS12");
    certificates.load(null, null);
    for (KeyStore each : trusted) {
      certificates.setCertificateEntry("trusted" + Arrays.asList(trusted).indexOf(each), each.getCertificate("key"));
    }
    TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(certificates);
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(own, own == null ? null : PASSWORD);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }
}
