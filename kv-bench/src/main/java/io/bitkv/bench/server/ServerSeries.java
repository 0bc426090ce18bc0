package io.bitkv.bench.server;

import io.bitkv.bench.Footprint;
import io.bitkv.bench.Measure;
import io.bitkv.bench.Run;
import io.bitkv.bench.RunOptions;
import io.bitkv.bench.Task;
import io.bitkv.bench.Task.Job;
import io.bitkv.bench.server.ServerProcess.Setup;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code bin/bench server}: this server beside redis-server, on processor 0, the load on processor 1. */
@Command(
    name = "server",
    description = "Measures the server beside redis-server.",
    footer = "Subjects: bitkv, redis. Needs redis-server, redis-benchmark and taskset.")
public final class ServerSeries implements Callable<Integer> {

  private static final String SERIES = "server";
  private static final int ROUNDS = 5;
  private static final int CLIENTS = 50;
  private static final int SYNCED_CLIENTS = 64;
  private static final int[] PIPELINES = {1, 16, 64};
  private static final List<String> COMMANDS = List.of("set", "get");
  private static final int STARTS = 5;
  private static final int MEMORY_KEYS = 1_000_000;
  private static final int MEMORY_VALUE_BYTES = 100;

  @Mixin private RunOptions options;

  private long requests;

  /** Makes the command as it is without options. */
  public ServerSeries() {}

  @Override
  public Integer call() throws Exception {
    List<String> subjects = options.subjects(List.of(ServerProcess.BITKV, ServerProcess.REDIS));
    requests = options.isQuick() ? 200_000 : 1_000_000;
    int rounds = options.rounds(ROUNDS);
    Run run = new Run(options, SERIES, ServerGoals.page(SERIES)::write);
    run.note("redis-benchmark -c 50 -d 64 -r 1000000 -n %d a command; server on processor 0, load on processor 1".formatted(requests));
    List<Task> tasks = new ArrayList<>();
    double scale = requests / 1e6;
    for (int round = 1; round <= rounds; round++) {
      for (String subject : subjects) {
        tasks.add(new Task(ServerGoals.START, round, subject, 5, start(subject)));
      }
      for (String subject : subjects) {
        tasks.add(new Task(ServerGoals.MEMORY, round, subject, 12 * scale, memory(subject)));
      }
      for (String subject : subjects) {
        tasks.add(new Task(ServerGoals.EVERYSEC, round, subject, 5 + 55 * scale, everysec(subject)));
      }
      for (String subject : subjects) {
        tasks.add(new Task(ServerGoals.ALWAYS, round, subject, 3 + 35 * scale, always(subject)));
      }
    }
    return run.execute(tasks);
  }

  private ServerProcess open(String subject, String appendfsync, boolean isPinned) throws IOException {
    Path directory = options.directory().toAbsolutePath().resolve("server-" + subject);
    return ServerProcess.start(new Setup(subject, appendfsync, isPinned, directory));
  }

  private Job start(String subject) {
    return sink -> {
      for (int i = 0; i < STARTS; i++) {
        try (ServerProcess server = open(subject, ServerGoals.EVERYSEC, false)) {
          sink.accept(new Measure(subject, "start", "milliseconds", server.startSeconds() * 1e3));
        }
      }
    };
  }

  private Job memory(String subject) {
    return sink -> {
      try (ServerProcess server = open(subject, ServerGoals.EVERYSEC, false);
          RespSocket socket = new RespSocket(server.port())) {
        int keys = options.isQuick() ? MEMORY_KEYS / 10 : MEMORY_KEYS;
        double empty = Footprint.anonymousBytes(server.pid());
        socket.fill(keys, MEMORY_VALUE_BYTES);
        double full = Footprint.anonymousBytes(server.pid());
        sink.accept(new Measure(subject, "empty", "mb", empty / 1e6));
        sink.accept(new Measure(subject, "filled", "mb", full / 1e6));
        if (subject.equals(ServerProcess.BITKV)) {
          collectGarbage(server.pid());
          full = Footprint.anonymousBytes(server.pid());
        }
        sink.accept(new Measure(subject, "settled", "mb", full / 1e6));
        sink.accept(new Measure(subject, "settled", "bytes_per_key", (full - empty) / keys));
      }
    };
  }

  /** Asks a JVM for a collection, as an operator does with jcmd. */
  private static void collectGarbage(String pid) throws IOException, InterruptedException {
    Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    Process process =
        new ProcessBuilder(jcmd.toString(), pid, "GC.run")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (!process.waitFor(1, TimeUnit.MINUTES) || process.exitValue() != 0) {
      process.destroyForcibly();
      throw new IOException("jcmd could not ask process " + pid + " for a collection");
    }
  }

  private Job everysec(String subject) {
    return sink -> {
      try (ServerProcess server = open(subject, ServerGoals.EVERYSEC, true)) {
        for (String command : COMMANDS) {
          new Load(command, requests, CLIENTS, 16).run(server.port());
          new Load(command, requests / 5, CLIENTS, 1).run(server.port());
        }
        for (int pipeline : PIPELINES) {
          double cpu = 0;
          for (String command : COMMANDS) {
            cpu += measured(server, subject, new Load(command, requests, CLIENTS, pipeline), sink);
          }
          double million = COMMANDS.size() * requests / 1e6;
          sink.accept(new Measure(subject, "all-P" + pipeline, ServerGoals.CPU, cpu / million));
        }
      }
    };
  }

  private Job always(String subject) {
    return sink -> {
      try (ServerProcess server = open(subject, ServerGoals.ALWAYS, true)) {
        new Load("set", requests / 20, SYNCED_CLIENTS, 1).run(server.port());
        measured(server, subject, new Load("set", requests / 5, SYNCED_CLIENTS, 1), sink);
      }
    };
  }

  /** Runs a load, tells its figures, and gives the processor time that the server took. */
  private static double measured(ServerProcess server, String subject, Load load, Consumer<Measure> sink)
      throws IOException, InterruptedException {
    double before = server.cpuSeconds();
    LoadReport report = load.run(server.port());
    double cpu = server.cpuSeconds() - before;
    String phase = load.command() + "-P" + load.pipeline();
    sink.accept(new Measure(subject, phase, ServerGoals.RATE, report.requestsPerSecond()));
    sink.accept(new Measure(subject, phase, "p50_ms", report.p50Millis()));
    sink.accept(new Measure(subject, phase, ServerGoals.P99, report.p99Millis()));
    sink.accept(new Measure(subject, phase, "p999_ms", report.p999Millis()));
    sink.accept(new Measure(subject, phase, ServerGoals.CPU, cpu / (load.requests() / 1e6)));
    return cpu;
  }
}
