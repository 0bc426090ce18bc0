package io.bitkv.tests.client;

import io.bitkv.client.KvClient;
import io.bitkv.client.KvClientBuilder;
import io.bitkv.server.Server;
import io.bitkv.server.ServerOptions;
import io.bitkv.tests.model.Directories;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Serves a store over TCP for a test, in a directory of the test's own, and makes clients of it; ends both when the test is over. */
final class Servers implements BeforeEachCallback, AfterEachCallback {

  private final List<KvClient> clients = new ArrayList<>();
  private Path directory;
  private Server server;

  /** The server's options, but for its directory and port. */
  private final ServerOptions options;

  Servers(ServerOptions options) {
    this.options = options;
  }

  @Override
  public void beforeEach(ExtensionContext context) throws IOException {
    directory = Files.createTempDirectory("bitkv-client-");
    start(0);
  }

  private void start(int port) {
    server = Server.open(options.with("dir", directory.toString()).with("port", Integer.toString(port)));
  }

  /** Stops the server, and starts it again with the same data and the same port. */
  void restart() {
    int port = server.address().getPort();
    server.close();
    start(port);
  }

  /** The server's port. */
  int port() {
    return server.address().getPort();
  }

  /** The server's address. */
  String uri() {
    return "kv://127.0.0.1:" + port();
  }

  /** A client with time enough for a slow machine. */
  KvClient client() {
    return connect(KvClient.builder(uri()).deadline(Duration.ofMinutes(2)).connectTimeout(Duration.ofSeconds(30)));
  }

  /** A client as it is described. */
  KvClient connect(KvClientBuilder builder) {
    KvClient client = builder.connect();
    clients.add(client);
    return client;
  }

  @Override
  public void afterEach(ExtensionContext context) throws IOException {
    clients.forEach(KvClient::close);
    server.close();
    Directories.delete(directory);
  }
}
