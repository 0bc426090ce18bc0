package io.bitkv.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Path;

/** A redis-server beside the tests, which says what is right. */
final class RedisOracle implements AutoCloseable {

  private final Process process;
  private final int port;

  RedisOracle() {
    try {
      port = freePort();
      process =
          new ProcessBuilder(
                  "redis-server",
                  "--port",
                  Integer.toString(port),
                  "--bind",
                  "127.0.0.1",
                  "--save",
                  "",
                  "--dir",
                  Path.of("/tmp").toString())
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectErrorStream(true)
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    awaitStart();
  }

  int port() {
    return port;
  }

  RespClient connect() {
    return new RespClient(port);
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }

  private void awaitStart() {
    while (true) {
      try (RespClient client = connect()) {
        client.text("PING");
        return;
      } catch (UncheckedIOException e) {
        if (!process.isAlive()) {
          throw new IllegalStateException(
              "redis-server ended with status " + process.exitValue(), e);
        }
        Thread.onSpinWait();
      }
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
