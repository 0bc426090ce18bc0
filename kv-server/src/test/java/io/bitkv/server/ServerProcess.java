package io.bitkv.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** {@code kv server} as a process of its own, so that it can be sent signals. */
final class ServerProcess implements AutoCloseable {

  private static final long GUARD_SECONDS = 60;

  private final Process process;
  private final BufferedReader out;

  /** The Java options that the program is shipped with. */
  private static final Path JVM_OPTIONS = Path.of("src", "main", "dist", "conf", "jvm.options");

  /** Starts a server on any free port. */
  ServerProcess(Path data, String... options) {
    this(List.of(), List.of(), data, options);
  }

  /** Starts a server on any free port as the program is shipped, with further Java options. */
  static ServerProcess asShipped(List<String> javaOptions, Path data, String... options) {
    List<String> all = new ArrayList<>(List.of("@" + JVM_OPTIONS));
    all.addAll(javaOptions);
    return new ServerProcess(List.of(), all, data, options);
  }

  /** Starts a server on any free port, which can have so many files and connections open. */
  static ServerProcess withFileLimit(int limit, Path data, String... options) {
    String script = "ulimit -n " + limit + "; exec \"$0\" \"$@\"";
    return new ServerProcess(List.of("sh", "-c", script), List.of(), data, options);
  }

  /** Starts a server on any free port with a variable in its environment: {@code NAME=VALUE}. */
  static ServerProcess withVariable(String variable, Path data, String... options) {
    return new ServerProcess(List.of("env", variable), List.of(), data, options);
  }

  private ServerProcess(
      List<String> launcher, List<String> javaOptions, Path data, String... options) {
    List<String> command = new ArrayList<>(launcher);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(javaOptions);
    command.addAll(
        List.of(
            "--enable-native-access=io.netty.common,io.bitkv.engine",
            "--add-modules=ALL-MODULE-PATH",
            "--module-path",
            System.getProperty("jdk.module.path"),
            "--module",
            "io.bitkv.server/io.bitkv.server.Kv",
            "server",
            "--port",
            "0",
            "--dir",
            data.toString()));
    command.addAll(List.of(options));
    try {
      process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    out = new BufferedReader(process.inputReader(StandardCharsets.UTF_8));
  }

  /** Waits for the next line on standard output; null at its end. */
  String nextLine() {
    try {
      return out.readLine();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until it is ready, and tells its port. */
  int awaitReady() {
    String line = nextLine();
    if (line == null || !line.startsWith("Ready on 127.0.0.1:")) {
      throw new AssertionError("instead of being ready it said " + line);
    }
    return Integer.parseInt(line.substring(line.lastIndexOf(':') + 1));
  }

  /** The number of the process. */
  long pid() {
    return process.pid();
  }

  /** How many files, connections and the like it has open. */
  long openHandles() {
    try (Stream<Path> handles = Files.list(Path.of("/proc", Long.toString(pid()), "fd"))) {
      return handles.count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends SIGTERM. */
  void terminate() {
    process.toHandle().destroy();
  }

  /** Sends SIGKILL. */
  void kill() {
    process.destroyForcibly();
  }

  /** Waits for the end, and tells the exit status. */
  int awaitExit() throws InterruptedException {
    if (!process.waitFor(GUARD_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("it does not end");
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
    process.onExit().join();
  }
}
