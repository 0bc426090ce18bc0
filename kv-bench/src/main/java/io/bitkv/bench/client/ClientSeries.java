package io.bitkv.bench.client;

import io.bitkv.bench.Children;
import io.bitkv.bench.Run;
import io.bitkv.bench.RunOptions;
import io.bitkv.bench.Task;
import io.bitkv.bench.server.ServerProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code bin/bench client}: the Java client beside Jedis and Lettuce, each in a JVM of its own, all on one server. */
@Command(
    name = "client",
    description = "Measures the Java client beside Jedis and Lettuce on one bitkv server.",
    footer = "Subjects: kv-client, jedis, jedis-connection, lettuce.")
public final class ClientSeries implements Callable<Integer> {

  private static final String SERIES = "client";
  private static final Duration LIMIT = Duration.ofMinutes(10);
  private static final int ROUNDS = 5;
  private static final int USES = 4;

  @Mixin private RunOptions options;

  /** Makes the command as it is without options. */
  public ClientSeries() {}

  @Override
  public Integer call() throws Exception {
    List<String> subjects = options.subjects(ClientSubjects.names());
    int rounds = options.rounds(ROUNDS);
    long millis = options.isQuick() ? 1_000 : 5_000;
    Run run = new Run(options, SERIES, ClientGoals.page(SERIES)::write);
    run.note("100,000 keys of 16 bytes, values of 100 bytes; the server syncs every second; nothing is pinned to a processor");
    Children children = new Children(options.directory().resolve("child.log"), LIMIT);
    ServerProcess.Setup setup =
        new ServerProcess.Setup(
            ServerProcess.BITKV, "everysec", false, options.directory().toAbsolutePath().resolve("client-server"));
    try (ServerProcess server = ServerProcess.start(setup)) {
      List<Task> tasks = new ArrayList<>();
      double seconds = 3 + 2 * USES * millis / 1e3;
      for (int round = 1; round <= rounds; round++) {
        for (String subject : subjects) {
          List<String> args = List.of(subject, Integer.toString(server.port()), Long.toString(millis));
          tasks.add(
              new Task(ClientGoals.GROUP, round, subject, seconds, sink -> children.run(ClientWorker.class, args, sink)));
        }
      }
      return run.execute(tasks);
    }
  }
}
