package io.bitkv.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;

/** A redis-server beside the tests, which says what is right. */
final class RedisOracle implements AutoCloseable {

  private final Process process;
  private final int port;
  private final Path directory;

  RedisOracle() {
    try {
      port = freePort();
      directory = Files.createTempDirectory("redis-oracle");
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
                  directory.toString())
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
    try {
      Files.deleteIfExists(directory.resolve("dump.rdb"));
      Files.deleteIfExists(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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
