package io.bitkv.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A server on any free port, with the real engine, in a folder that goes with it. */
final class TestServer implements AutoCloseable {

  private final Path directory;
  private final Server server;

  /** Starts a server with settings beside the defaults: names and values in turn. */
  TestServer(String... settings) {
    try {
      directory = Files.createTempDirectory("kv-server-test");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    ServerOptions options =
        ServerOptions.defaults()
            .with("port", "0")
            .with("dir", directory.resolve("data").toString())
            .with("segment-size", "1mb")
            .with("threads", "2");
    for (int i = 0; i < settings.length; i += 2) {
      options = options.with(settings[i], settings[i + 1]);
    }
    server = Server.open(options);
  }

  int port() {
    return server.address().getPort();
  }

  Server server() {
    return server;
  }

  Path data() {
    return directory.resolve("data");
  }

  RespClient connect() {
    return new RespClient(port());
  }

  @Override
  public void close() {
    server.close();
    try (Stream<Path> files = Files.walk(directory)) {
      List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
      for (Path file : deepestFirst) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
