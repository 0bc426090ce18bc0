package io.bitkv.tests.model;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Certificates that one authority, {@code ca}, has signed, made by the JDK's {@code keytool}, as files in PEM and for clients. */
public final class Certificates {

  private static final char[] PASSWORD = "changeit".toCharArray();
  private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, new byte[] {'\n'});

  private final Path directory;

  /** Makes the authority, in a directory that the caller deletes. */
  public Certificates(Path directory) throws IOException, InterruptedException {
    this.directory = directory;
    keytool("ca", "-ext", "bc:c");
  }

  /** Makes a certificate for this machine, with options of {@code keytool}; signed by the authority. */
  public void sign(String alias, String... options) throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(List.of("-signer", "ca", "-ext", "san=ip:127.0.0.1,dns:localhost"));
    all.addAll(List.of(options));
    keytool(alias, all.toArray(String[]::new));
  }

  /** Makes a certificate that only itself has signed. */
  public void selfSign(String alias) throws IOException, InterruptedException {
    keytool(alias);
  }

  private void keytool(String alias, String... options) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of("-genkeypair", "-alias", alias, "-keyalg", "EC", "-dname", "CN=" + alias));
    command.addAll(List.of("-keystore", store().toString(), "-storepass", new String(PASSWORD), "-storetype", "PKCS12"));
    command.addAll(List.of(options));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
      throw new IOException("keytool failed: " + said);
    }
  }

  /** Writes a certificate, and those that signed it, to a file. */
  public Path certificate(String alias) throws IOException, GeneralSecurityException {
    StringBuilder text = new StringBuilder();
    for (Certificate certificate : load().getCertificateChain(alias)) {
      text.append(pem("CERTIFICATE", certificate.getEncoded()));
    }
    return Files.writeString(directory.resolve(alias + ".crt"), text);
  }

  /** Writes a private key to a file. */
  public Path key(String alias) throws IOException, GeneralSecurityException {
    return Files.writeString(directory.resolve(alias + ".key"), pem("PRIVATE KEY", load().getKey(alias, PASSWORD).getEncoded()));
  }

  private static String pem(String what, byte[] bytes) {
    return "-----BEGIN " + what + "-----\n" + LINES.encodeToString(bytes) + "\n-----END " + what + "-----\n";
  }

  /** What a client that trusts the authority encrypts by, without a certificate of its own. */
  public SSLContext client() throws IOException, GeneralSecurityException {
    return context(null);
  }

  /** What a client that trusts the authority encrypts by, with a certificate of its own. */
  public SSLContext client(String alias) throws IOException, GeneralSecurityException {
    KeyStore own = KeyStore.getInstance("PKCS12");
    own.load(null, PASSWORD);
    own.setKeyEntry(alias, load().getKey(alias, PASSWORD), PASSWORD, load().getCertificateChain(alias));
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(own, PASSWORD);
    return context(keys.getKeyManagers());
  }

  private SSLContext context(KeyManager[] keys) throws IOException, GeneralSecurityException {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, PASSWORD);
    trusted.setCertificateEntry("ca", load().getCertificate("ca"));
    TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys, trust.getTrustManagers(), null);
    return context;
  }

  private KeyStore load() throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream bytes = Files.newInputStream(store())) {
      store.load(bytes, PASSWORD);
    }
    return store;
  }

  private Path store() {
    return directory.resolve("all.p12");
  }
}
