package io.bitkv.bench.engine;

import io.bitkv.bench.Children;
import io.bitkv.bench.Footprint;
import io.bitkv.bench.Run;
import io.bitkv.bench.RunOptions;
import io.bitkv.bench.Task;
import io.bitkv.bench.Workload;
import io.bitkv.bench.subject.Subjects;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bin/bench engine}: this engine beside its peers, each subject in a JVM of its own, the rounds interleaved. */
@Command(
    name = "engine",
    description = "Measures the embedded engine beside its peers.",
    footer = "Subjects: bitkv, bitkv-heap, bitkv-ordered, rocksdb, rocksdb-tuned, lmdb, mvstore, mapdb, chronicle-map, xodus, je, hashmap.")
public final class EngineSeries implements Callable<Integer> {

  private static final String SERIES = "engine";
  private static final Duration LIMIT = Duration.ofMinutes(25);
  private static final int ROUNDS = 5;
  private static final int QUICK_SHARE = 20;

  /** What a run costs, in seconds: starting up, phases that end by the clock, and each million of puts that must all be made. */
  private static final double OVERHEAD_SECONDS = 6;
  private static final double CLOCKED_PHASES = 5;
  private static final double MILLION_PUTS_SECONDS = 12;

  /** Sizes of keys and values that belong together. */
  enum Size {
    /** Many small values, on every subject. */
    SMALL("100B", 1_000_000, 100, true),
    /** Fewer values of 1 KiB, on every subject. */
    MEDIUM("1KiB", 300_000, 1024, true),
    /** Ten million small values, on this engine only. */
    LARGE("10M", 10_000_000, 100, false);

    final String group;
    final long keys;
    final int valueBytes;
    final boolean isForAll;

    Size(String group, long keys, int valueBytes, boolean isForAll) {
      this.group = group;
      this.keys = keys;
      this.valueBytes = valueBytes;
      this.isForAll = isForAll;
    }
  }

  @Mixin private RunOptions options;

  @Option(
      names = "--sizes",
      split = ",",
      paramLabel = "SIZE",
      description = "Of ${COMPLETION-CANDIDATES}: 1 M x 100 B, 300 k x 1 KiB, 10 M x 100 B (default: all).")
  private List<Size> sizes = List.of(Size.values());

  private Children children;
  private List<String> subjects;
  private long phaseMillis;

  /** Makes the command as it is without options. */
  public EngineSeries() {}

  @Override
  public Integer call() throws Exception {
    subjects = options.subjects(Subjects.names());
    int rounds = options.rounds(ROUNDS);
    children = new Children(options.directory().resolve("child.log"), LIMIT);
    phaseMillis = options.isQuick() ? 600 : 5_000;
    Run run = new Run(options, SERIES, EngineGoals.page(SERIES)::write);
    for (Size size : sizes) {
      run.note("%s: %,d keys of %d bytes, values of %,d bytes".formatted(size.group, keys(size), Workload.KEY_BYTES, size.valueBytes));
    }
    if (options.isQuick()) {
      run.note("quick: there are too few keys, and there is too little time, for a verdict on the goals");
    }
    List<Task> tasks = new ArrayList<>();
    for (int round = 1; round <= rounds; round++) {
      addRound(round, tasks);
    }
    return run.execute(tasks);
  }

  private long keys(Size size) {
    return options.isQuick() ? size.keys / QUICK_SHARE : size.keys;
  }

  private void addRound(int round, List<Task> tasks) {
    Path limits = options.directory().resolve("limits");
    List<String> limitArgs = List.of(limits.toString(), options.isQuick() ? "0.2" : "1");
    tasks.add(
        new Task(
            EngineGoals.MACHINE_GROUP,
            round,
            "the machine's own limits",
            options.isQuick() ? 5 : 15,
            sink -> children.run(RawLimits.class, limitArgs, sink)));
    for (Size size : sizes) {
      if (size.isForAll) {
        subjects.forEach(subject -> tasks.add(task(size, round, subject)));
      } else if (subjects.contains(Subjects.BITKV)) {
        Plan plan = plan(size, round, Subjects.BITKV);
        double seconds = 4 * OVERHEAD_SECONDS + 5 * phaseMillis / 1e3 + 4 * plan.keys() / 1e6;
        tasks.add(new Task(size.group, round, Subjects.BITKV, seconds, new OwnRuns(children).wholeLife(plan)));
      }
    }
  }

  private Plan plan(Size size, int round, String subject) {
    boolean isFirst = round == 1 && (size == Size.SMALL || !options.isQuick());
    boolean isThorough = isFirst || subject.equals(Subjects.BITKV);
    return new Plan(subject, options.directory().resolve(subject), keys(size), size.valueBytes, phaseMillis, isThorough);
  }

  private Task task(Size size, int round, String subject) {
    Plan plan = plan(size, round, subject);
    double fills = (plan.isThorough() ? 5 : 2) * plan.keys() / 1e6;
    double seconds = OVERHEAD_SECONDS + CLOCKED_PHASES * phaseMillis / 1e3 + fills * MILLION_PUTS_SECONDS;
    return new Task(
        size.group,
        round,
        subject,
        seconds,
        sink -> {
          Footprint.delete(plan.directory());
          children.run(EngineWorker.class, plan.arguments(), sink);
          Footprint.delete(plan.directory());
        });
  }
}
