package io.bitkv.tests.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitkv.api.InvalidOptionException;
import io.bitkv.api.KvException;
import io.bitkv.client.KvClient;
import io.bitkv.server.Server;
import io.bitkv.server.ServerOptions;
import io.bitkv.tests.model.Certificates;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Encrypted connections: whom the server lets in, what it tells whom it does not, and new certificates while it runs. */
class TlsTest {

  private static final int GUARD_MILLIS = 60_000;

  @TempDir static Path folder;

  private static Certificates certificates;

  @BeforeAll
  static void makeCertificates() throws IOException, InterruptedException {
    certificates = new Certificates(folder);
    certificates.sign("server");
    certificates.sign("renewed");
    certificates.sign("client");
    certificates.sign("expired", "-startdate", "-10d", "-validity", "5");
    certificates.selfSign("stranger");
  }

  private static ServerOptions options(Path data) throws IOException, GeneralSecurityException {
    return ServerOptions.defaults()
        .with("dir", data.resolve("data").toString())
        .with("port", "off")
        .with("tls-port", "0")
        .with("tls-cert-file", certificates.certificate("server").toString())
        .with("tls-key-file", certificates.key("server").toString())
        .with("tls-ca-cert-file", certificates.certificate("ca").toString());
  }

  private static int port(Server server) {
    return server.tlsAddress().orElseThrow().getPort();
  }

  private static KvClient connect(Server server, SSLContext context) {
    return KvClient.builder("kvs://127.0.0.1:" + port(server)).tls(context).deadline(Duration.ofMinutes(1)).connect();
  }

  @Test
  void clientWithACertificateIsServed(@TempDir Path data) throws Exception {
    try (Server server = Server.open(options(data));
        KvClient client = connect(server, certificates.client("client"))) {
      byte[] value = new byte[3 << 20];
      value[value.length - 1] = 7;
      client.put("k".getBytes(StandardCharsets.UTF_8), value);
      assertEquals(7, client.get("k".getBytes(StandardCharsets.UTF_8)).orElseThrow()[value.length - 1]);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"expired", "stranger", "none"})
  @DisplayName("F74 an expired, an unknown and no client certificate are refused")
  void badClientCertificateIsRefused(String alias, @TempDir Path data) throws Exception {
    try (Server server = Server.open(options(data))) {
      SSLContext context = alias.equals("none") ? certificates.client() : certificates.client(alias);
      assertThrows(KvException.class, () -> connect(server, context).close());
      try (KvClient client = connect(server, certificates.client("client"))) {
        assertEquals(0, client.size());
      }
    }
  }

  @Test
  void clientsAreNotAskedForCertificatesWhereThatIsSwitchedOff(@TempDir Path data) throws Exception {
    try (Server server = Server.open(options(data).with("tls-auth-clients", "no"));
        KvClient client = connect(server, certificates.client())) {
      assertEquals(0, client.size());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void bothVersionsAreSpokenAndTheEndIsAnnounced(String version, @TempDir Path data) throws Exception {
    try (Server server = Server.open(options(data).with("tls-auth-clients", "no"));
        SSLSocket socket = socket(server, version)) {
      socket.getOutputStream().write("PING\r\nQUIT\r\n".getBytes(StandardCharsets.US_ASCII));
      // A connection that ended without close_notify would be an SSLException here.
      assertEquals("+PONG\r\n+OK\r\n", new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII));
      assertEquals(version, socket.getSession().getProtocol());
    }
  }

  private static SSLSocket socket(Server server, String version) throws IOException, GeneralSecurityException {
    SSLSocket socket = (SSLSocket) certificates.client().getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port(server));
    socket.setEnabledProtocols(new String[] {version});
    socket.setSoTimeout(GUARD_MILLIS);
    return socket;
  }

  @Test
  @DisplayName("F74 TLS 1.1 is refused")
  void olderVersionIsRefused(@TempDir Path data) throws Exception {
    // A ClientHello that offers TLS 1.1 and one cipher suite, TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA.
    byte[] hello = new byte[5 + 4 + 41];
    System.arraycopy(new byte[] {22, 3, 1, 0, 45, 1, 0, 0, 41, 3, 2}, 0, hello, 0, 11);
    System.arraycopy(new byte[] {0, 0, 2, (byte) 0xC0, 0x13, 1, 0}, 0, hello, 43, 7);
    try (Server server = Server.open(options(data).with("tls-auth-clients", "no"))) {
      byte[] answer = answer(server, hello);
      assertEquals(7, answer.length);
      assertEquals(21, answer[0], "an alert");
      assertEquals(70, answer[6], "protocol_version");
    }
  }

  @Test
  @DisplayName("F65 a plain request to the TLS port is closed and not executed")
  void plainRequestToTheTlsPortIsClosed(@TempDir Path data) throws Exception {
    try (Server server = Server.open(options(data))) {
      long start = System.nanoTime();
      byte[] answer = answer(server, "PING\r\nSET k v\r\n".getBytes(StandardCharsets.US_ASCII));
      assertFalse(new String(answer, StandardCharsets.ISO_8859_1).contains("PONG"));
      assertTrue(System.nanoTime() - start < Duration.ofSeconds(20).toNanos(), "not before a deadline");
      try (KvClient client = connect(server, certificates.client("client"))) {
        assertEquals(0, client.size());
      }
    }
  }

  private static byte[] answer(Server server, byte[] bytes) throws IOException {
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port(server))) {
      socket.setSoTimeout(GUARD_MILLIS);
      OutputStream output = socket.getOutputStream();
      output.write(bytes);
      socket.getInputStream().transferTo(answer);
    } catch (SocketException e) {
      // The server may close while bytes that it will not read are under way.
    }
    return answer.toByteArray();
  }

  @Test
  void changedFilesAreUsedForNewConnections(@TempDir Path data) throws Exception {
    Path certificate = Files.copy(certificates.certificate("server"), data.resolve("tls.crt"));
    Path key = Files.copy(certificates.key("server"), data.resolve("tls.key"));
    ServerOptions options =
        options(data).with("tls-auth-clients", "no").with("tls-cert-file", certificate.toString()).with("tls-key-file", key.toString());
    try (Server server = Server.open(options);
        KvClient open = connect(server, certificates.client())) {
      BigInteger first = presented(server).getSerialNumber();
      Files.copy(certificates.certificate("renewed"), certificate, StandardCopyOption.REPLACE_EXISTING);
      Files.copy(certificates.key("renewed"), key, StandardCopyOption.REPLACE_EXISTING);
      for (long end = System.nanoTime() + Duration.ofMinutes(1).toNanos(); presented(server).getSerialNumber().equals(first); ) {
        assertTrue(System.nanoTime() < end, "the changed files are not used");
      }
      assertEquals("CN=renewed", presented(server).getSubjectX500Principal().getName());
      assertEquals(0, open.size());
    }
  }

  private static X509Certificate presented(Server server) throws IOException, GeneralSecurityException {
    try (SSLSocket socket = socket(server, "TLSv1.3")) {
      socket.startHandshake();
      return (X509Certificate) socket.getSession().getPeerCertificates()[0];
    }
  }

  @Test
  void configSetChangesCertificateAndKeyTogether(@TempDir Path data) throws Exception {
    try (Server server = Server.open(options(data).with("tls-auth-clients", "no"));
        SSLSocket socket = socket(server, "TLSv1.3")) {
      String renewed = certificates.certificate("renewed").toString();
      socket.getOutputStream().write(("CONFIG SET tls-cert-file " + renewed + "\r\n").getBytes(StandardCharsets.UTF_8));
      assertTrue(line(socket).startsWith("-ERR CONFIG SET failed"), "a key of another certificate");
      assertEquals("CN=server", presented(server).getSubjectX500Principal().getName());
      String both = "CONFIG SET tls-cert-file " + renewed + " tls-key-file " + certificates.key("renewed") + "\r\n";
      socket.getOutputStream().write(both.getBytes(StandardCharsets.UTF_8));
      assertEquals("+OK", line(socket));
      assertEquals("CN=renewed", presented(server).getSubjectX500Principal().getName());
    }
  }

  private static String line(Socket socket) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int b = socket.getInputStream().read(); b != '\n' && b >= 0; b = socket.getInputStream().read()) {
      line.append((char) b);
    }
    return line.toString().strip();
  }

  @Test
  @DisplayName("F74 a bad certificate or key stops the start with one clear line, and no store is made")
  void badFilesStopTheStart(@TempDir Path data) throws Exception {
    Path none = data.resolve("absent.pem");
    Path text = Files.writeString(data.resolve("text.pem"), "-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----\n");
    ServerOptions good = options(data);
    refused(good.with("tls-cert-file", none.toString()), "tls-cert-file: " + none + " does not exist");
    refused(good.with("tls-cert-file", text.toString()), "tls-cert-file: " + text + " holds no certificate in PEM");
    refused(good.with("tls-key-file", text.toString()), "tls-key-file: " + text + " holds no private key in PKCS#8");
    refused(good.with("tls-key-file", certificates.key("client").toString()), "tls-key-file: it is not the key of the certificate");
    refused(good.with("tls-ca-cert-file", ""), "tls-ca-cert-file: it is needed to check clients' certificates");
    refused(good.with("tls-port", "off"), "port: it cannot be off unless there is a tls-port");
    assertFalse(Files.exists(data.resolve("data")));
  }

  private static void refused(ServerOptions options, String message) {
    String said = assertThrows(InvalidOptionException.class, () -> Server.open(options).close()).getMessage();
    assertTrue(said.startsWith(message) && !said.contains("\n"), said);
  }
}
