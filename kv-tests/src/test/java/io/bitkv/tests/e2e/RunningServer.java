package io.bitkv.tests.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitkv.tests.model.ChildJvm;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The {@code kv} program, serving a directory in a process of its own on a free port of this machine. */
final class RunningServer implements AutoCloseable {

  static final String HOST = "127.0.0.1";

  /** How long a client waits for a reply: a guard against hanging, not a measure. */
  static final int TIMEOUT_MILLIS = 60_000;

  private static final String READY = "Ready on " + HOST + ":";

  private final Process process;
  private final int port;

  private RunningServer(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /** Starts the program and returns when it says that it accepts connections. */
  static RunningServer start(Path directory) throws IOException {
    List<String> arguments = List.of("server", "--dir", directory.toString(), "--port", "0", "--segment-size", "64kb");
    Process process = ChildJvm.start("io.bitkv.server/io.bitkv.server.Kv", arguments);
    BufferedReader output = process.inputReader();
    String line = output.readLine();
    assertTrue(line != null && line.startsWith(READY), () -> "the server did not start, but printed " + line + "; see target/child-processes.log");
    return new RunningServer(process, Integer.parseInt(line.substring(READY.length())));
  }

  int port() {
    return port;
  }

  /** Kills the process with SIGKILL. */
  void kill() {
    process.destroyForcibly().onExit().join();
  }

  /** Asks the process to end, with SIGTERM, and checks that it does so in time and reports success. */
  void stop() throws InterruptedException {
    process.destroy();
    assertTrue(process.waitFor(60, TimeUnit.SECONDS), "the server does not stop");
    assertEquals(0, process.exitValue());
  }

  @Override
  public void close() {
    kill();
  }
}
