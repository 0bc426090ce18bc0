package io.bitkv.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitkv.api.KvException;
import io.bitkv.api.NotSentException;
import io.bitkv.api.OutcomeUnknownException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.net.ServerSocketFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An address that begins with {@code kvs} is reached by TLS, and only where the certificate is trusted and names the host. */
@Timeout(120)
class TlsTest {

  private static final byte[] KEY = "key".getBytes(UTF_8);

  @TempDir private static Path directory;
  private static KeyStore serverKey;
  private static KeyStore otherHostsKey;
  private static KeyStore clientKey;

  @BeforeAll
  static void makeKeys() throws Exception {
    serverKey = KeyStores.generate(directory, "dns:localhost", "ip:127.0.0.1");
    otherHostsKey = KeyStores.generate(directory, "dns:other.example");
    clientKey = KeyStores.generate(directory, "dns:client.example");
  }

  /** Makes server sockets that encrypt. */
  private static ServerSocketFactory sockets(SSLContext context, Consumer<SSLServerSocket> settings) {
    return new ServerSocketFactory() {
      @Override
      public ServerSocket createServerSocket(int port) throws IOException {
        return createServerSocket(port, 50);
      }

      @Override
      public ServerSocket createServerSocket(int port, int backlog) throws IOException {
        return createServerSocket(port, backlog, InetAddress.getLoopbackAddress());
      }

      @Override
      public ServerSocket createServerSocket(int port, int backlog, InetAddress address) throws IOException {
        SSLServerSocket socket = (SSLServerSocket) context.getServerSocketFactory().createServerSocket(port, backlog, address);
        settings.accept(socket);
        return socket;
      }
    };
  }

  private static FakeServer server(KeyStore key, Consumer<SSLServerSocket> settings, FakeServer.Script script) throws Exception {
    return FakeServer.start(sockets(KeyStores.context(key, clientKey), settings), 0, FakeServer.KV_HELLO, script);
  }

  private static KvClientBuilder builder(FakeServer server, String host) {
    return KvClient.builder("kvs://" + host + ":" + server.port())
        .connections(1)
        .backoff(Duration.ofMillis(1), Duration.ofMillis(10))
        .connectTimeout(Duration.ofSeconds(30))
        .deadline(Duration.ofSeconds(60));
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void callsOfManyThreadsGoBothWays(String protocol) throws Exception {
    try (FakeServer server = server(serverKey, socket -> socket.setEnabledProtocols(new String[] {protocol}), new FakeKv());
        KvClient client = builder(server, "localhost").tls(KeyStores.context(null, serverKey)).connect();
        ExecutorService threads = Executors.newFixedThreadPool(4)) {
      byte[] large = new byte[3_000_000];
      new Random(1).nextBytes(large);
      client.put(KEY, large);
      List<Future<?>> ends = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        byte[] key = ("key" + i).getBytes(UTF_8);
        ends.add(
            threads.submit(
                () -> {
                  for (int n = 0; n < 200; n++) {
                    byte[] value = new byte[n * 100];
                    client.put(key, value);
                    assertEquals(value.length, client.get(key).orElseThrow().length);
                  }
                }));
      }
      assertArrayEquals(large, client.get(KEY).orElseThrow());
      for (Future<?> end : ends) {
        end.get(60, TimeUnit.SECONDS);
      }
      assertEquals(1, server.connections());
    }
  }

  @Test
  void anAddressInNumbersIsCheckedAgainstTheCertificateToo() throws Exception {
    SSLContext trusting = KeyStores.context(null, serverKey, otherHostsKey);
    try (FakeServer server = server(serverKey, socket -> {}, new FakeKv());
        KvClient client = builder(server, "127.0.0.1").tls(trusting).connect()) {
      assertTrue(client.get(KEY).isEmpty());
    }
    try (FakeServer server = server(otherHostsKey, socket -> {}, new FakeKv())) {
      refused("127.0.0.1", builder(server, "127.0.0.1").tls(trusting));
      assertEquals(List.of(), server.asked());
    }
  }

  @Test
  void aTrustedCertificateOfAnotherHostIsRefused() throws Exception {
    try (FakeServer server = server(otherHostsKey, socket -> {}, new FakeKv())) {
      refused("localhost", builder(server, "localhost").tls(KeyStores.context(null, otherHostsKey)));
      assertEquals(List.of(), server.asked());
    }
  }

  @Test
  void aCertificateThatNobodyTrustsIsRefused() throws Exception {
    try (FakeServer server = server(serverKey, socket -> {}, new FakeKv())) {
      refused("PKIX", builder(server, "localhost"));
      refused("PKIX", builder(server, "localhost").tls(KeyStores.context(null, otherHostsKey)));
      assertEquals(List.of(), server.asked());
    }
  }

  private static void refused(String text, KvClientBuilder builder) {
    NotSentException refused = assertThrows(NotSentException.class, builder::connect);
    assertTrue(refused.getMessage().contains(text), refused::getMessage);
  }

  @Test
  void theClientShowsItsCertificateWhereTheServerAsksForIt() throws Exception {
    try (FakeServer server = server(serverKey, socket -> socket.setNeedClientAuth(true), new FakeKv())) {
      try (KvClient client = builder(server, "localhost").tls(KeyStores.context(clientKey, serverKey)).connect()) {
        assertTrue(client.get(KEY).isEmpty());
      }
      assertThrows(NotSentException.class, () -> builder(server, "localhost").tls(KeyStores.context(null, serverKey)).connect());
    }
  }

  @Test
  void aServerThatDoesNotEncryptIsToldFromOneThatDoes() throws Exception {
    try (ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual()
          .start(
              () -> {
                try (Socket socket = listener.accept()) {
                  socket.getInputStream().read();
                  socket.getOutputStream().write("-ERR Protocol error: unbalanced quotes in request\r\n".getBytes(UTF_8));
                } catch (IOException e) {
                  return;
                }
              });
      assertThrows(NotSentException.class, () -> KvClient.connect("kvs://localhost:" + listener.getLocalPort()));
    }
    try (FakeServer server = server(serverKey, socket -> {}, new FakeKv())) {
      assertThrows(NotSentException.class, () -> KvClient.connect("kv://127.0.0.1:" + server.port()));
      assertEquals(List.of(), server.asked());
    }
  }

  @Test
  void anOldVersionOfTlsIsRefused() throws Exception {
    try (FakeServer server = server(serverKey, socket -> socket.setEnabledProtocols(new String[] {"TLSv1.1"}), new FakeKv())) {
      assertThrows(NotSentException.class, () -> builder(server, "localhost").tls(KeyStores.context(null, serverKey)).connect());
    }
  }

  @Test
  void aServerThatEndsTheSessionIsConnectedToAgain() throws Exception {
    FakeKv kv = new FakeKv();
    FakeServer.Script closingAfterWrites =
        (request, peer) -> {
          if (request.name().equals("KV.SET") && peer.number() == 1) {
            peer.socket().close();
          } else {
            kv.answer(request, peer);
          }
        };
    try (FakeServer server = server(serverKey, socket -> {}, closingAfterWrites);
        KvClient client = builder(server, "localhost").tls(KeyStores.context(null, serverKey)).connect()) {
      KvException lost = assertThrows(OutcomeUnknownException.class, () -> client.put(KEY, KEY));
      assertTrue(lost.getMessage().contains("was lost"), lost::getMessage);
      assertTrue(client.get(KEY).isEmpty());
      assertEquals(1, client.put(KEY, KEY));
      assertEquals(2, server.connections());
    }
  }
}
