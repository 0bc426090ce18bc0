package io.bitkv.tests.client;

import io.bitkv.api.NotSentException;
import io.bitkv.client.KvClient;
import io.bitkv.client.KvClientBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;

/** A redis-server that keeps nothing on disk, in a process of its own on a free port of this machine. */
final class RedisProcess implements AutoCloseable {

  private final Process process;
  private final int port;

  RedisProcess(Path directory) {
    try {
      port = freePort();
      process =
          new ProcessBuilder("redis-server", "--port", Integer.toString(port), "--bind", "127.0.0.1", "--save", "", "--dir", directory.toString())
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectErrorStream(true)
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A client, once the server accepts connections. */
  KvClient client() {
    return connect(KvClient.builder(uri()).deadline(Duration.ofMinutes(1)));
  }

  /** The server's address. */
  String uri() {
    return "kv://127.0.0.1:" + port;
  }

  /** A client as it is described, once the server accepts connections. */
  KvClient connect(KvClientBuilder builder) {
    while (true) {
      try {
        return builder.connect();
      } catch (NotSentException e) {
        if (!process.isAlive()) {
          throw new IllegalStateException("redis-server ended with status " + process.exitValue(), e);
        }
        Thread.onSpinWait();
      }
    }
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
