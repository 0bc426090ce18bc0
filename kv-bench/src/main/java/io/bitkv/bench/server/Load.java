package io.bitkv.bench.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A load by redis-benchmark on processor 1.
 *
 * @param command the command it sends, {@code set} or {@code get}
 * @param requests how many requests
 * @param clients how many connections
 * @param pipeline how many requests each sends at once
 */
record Load(String command, long requests, int clients, int pipeline) {

  private static final int VALUE_BYTES = 64;
  private static final int KEYS = 1_000_000;
  private static final long LIMIT_MINUTES = 10;

  /** Runs it against a port, and reads what it reports. */
  LoadReport run(int port) throws IOException, InterruptedException {
    List<String> line =
        List.of(
            "taskset", "-c", "1", "redis-benchmark", "-h", "127.0.0.1", "-p", Integer.toString(port), "-t", command,
            "-n", Long.toString(requests), "-c", Integer.toString(clients), "-d", Integer.toString(VALUE_BYTES),
            "-r", Integer.toString(KEYS), "-P", Integer.toString(pipeline));
    Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
    try {
      process.onExit().orTimeout(LIMIT_MINUTES, TimeUnit.MINUTES).exceptionally(late -> process.destroyForcibly());
      String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).replace('\r', '\n');
      if (process.waitFor() != 0) {
        throw new IOException("redis-benchmark failed: " + text.strip());
      }
      return LoadReport.parse(text);
    } finally {
      process.destroyForcibly();
    }
  }
}
