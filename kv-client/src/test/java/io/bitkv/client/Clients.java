package io.bitkv.client;

import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;

/** How tests connect. */
final class Clients {

  private Clients() {}

  /** A client of one connection that soon connects again, and whose calls have more time than they need. */
  static KvClientBuilder builder(FakeServer server) {
    return builder(server.uri());
  }

  /** The same, by an address. */
  static KvClientBuilder builder(String uri) {
    return KvClient.builder(uri).connections(1).backoff(Duration.ofMillis(1), Duration.ofMillis(10)).deadline(Duration.ofSeconds(30));
  }

  /** A port at which nobody listens. */
  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
