package io.bitkv.bench.engine;

import io.bitkv.bench.Children;
import io.bitkv.bench.Machine;
import io.bitkv.bench.Run;
import io.bitkv.bench.RunOptions;
import io.bitkv.bench.Task;
import io.bitkv.bench.Task.Job;
import io.bitkv.bench.report.Chart;
import io.bitkv.bench.report.Page;
import io.bitkv.bench.subject.Subjects;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bin/bench growth}: this engine alone, as keys, threads and values grow, and with data larger than memory. */
@Command(
    name = "growth",
    description = "Measures the engine as keys, threads, values and data grow.",
    footer = "Subjects: bitkv, bitkv-heap, bitkv-ordered; one a run, bitkv by default.")
public final class GrowthSeries implements Callable<Integer> {

  private static final String SERIES = "growth";
  private static final Duration LIMIT = Duration.ofMinutes(40);
  private static final int ROUNDS = 3;
  private static final int VALUE_BYTES = 100;
  private static final long[] KEYS = {100_000, 1_000_000, 10_000_000};
  private static final long HUGE_KEYS = 50_000_000;
  private static final int[] THREADS = {1, 2, 4, 8};
  private static final int[] VALUES = {16, 128, 1 << 10, 8 << 10, 64 << 10, 1 << 20};
  private static final long MOST_DATA = 1L << 30;
  private static final int COLD_VALUE_BYTES = 4 << 10;
  private static final double COLD_SHARE = 1.5;

  /** What grows. */
  private enum Part {
    /** The number of keys, up to ten million. */
    KEYS,
    /** The number of threads. */
    THREADS,
    /** The length of values. */
    VALUES,
    /** Fifty million keys. */
    HUGE,
    /** Data of 1.5 times the memory that there is, or that a control group leaves to the run. */
    COLD
  }

  @Mixin private RunOptions options;

  @Option(
      names = "--parts",
      split = ",",
      paramLabel = "PART",
      description = {
        "KEYS (to 10 million), THREADS, VALUES (to 1 MiB), HUGE (50 million keys), COLD (data of 1.5 times the",
        "memory, or of a control group's limit). Default: the first three."
      })
  private Set<Part> parts = EnumSet.of(Part.KEYS, Part.THREADS, Part.VALUES);

  private OwnRuns runs;
  private String subject;
  private long phaseMillis;
  private Run run;

  /** Makes the command as it is without options. */
  public GrowthSeries() {}

  @Override
  public Integer call() throws Exception {
    List<String> kinds = Subjects.names().stream().filter(name -> name.startsWith(Subjects.BITKV)).toList();
    subject = options.subjects(kinds).getFirst();
    runs = new OwnRuns(new Children(options.directory().resolve("child.log"), LIMIT));
    phaseMillis = options.isQuick() ? 1_000 : 10_000;
    int rounds = options.rounds(ROUNDS);
    run = new Run(options, SERIES, page(SERIES)::write);
    List<Task> tasks = new ArrayList<>();
    for (int round = 1; round <= rounds; round++) {
      for (Part part : parts) {
        add(part, round, tasks);
      }
    }
    return run.execute(tasks);
  }

  private void add(Part part, int round, List<Task> tasks) throws IOException {
    switch (part) {
      case KEYS -> addKeys(round, tasks, KEYS);
      case THREADS -> addThreads(round, tasks);
      case VALUES -> addValues(round, tasks);
      case HUGE -> addKeys(round, tasks, HUGE_KEYS);
      case COLD -> addCold(round, tasks);
    }
  }

  private Plan plan(long keys, int valueBytes) {
    long fewer = options.isQuick() ? Math.max(1, keys / 10) : keys;
    return new Plan(subject, options.directory().resolve(SERIES), fewer, valueBytes, phaseMillis, false);
  }

  private Task task(String group, int round, String name, Plan plan, Job job) {
    double seconds = 4 + 5 * phaseMillis / 1e3 + 2 * plan.keys() / 1e6 + plan.keys() * (double) plan.valueBytes() / 300e6;
    return new Task(group, round, name, seconds, sink -> job.run(measure -> sink.accept(measure.of(name))));
  }

  private void addKeys(int round, List<Task> tasks, long... counts) {
    for (long keys : counts) {
      Plan plan = plan(keys, VALUE_BYTES);
      tasks.add(task("keys", round, "%,d keys".formatted(plan.keys()), plan, runs.wholeLife(plan)));
    }
  }

  private void addThreads(int round, List<Task> tasks) {
    for (int threads : THREADS) {
      Plan plan = plan(KEYS[1], VALUE_BYTES);
      Job job = runs.share(plan, threads);
      tasks.add(task("threads", round, threads + " threads", plan, job));
    }
  }

  private void addValues(int round, List<Task> tasks) {
    for (int bytes : VALUES) {
      Plan plan = plan(Math.min(KEYS[1], MOST_DATA / bytes), bytes);
      tasks.add(task("values", round, "%,d B".formatted(bytes), plan, runs.use(plan)));
    }
  }

  private void addCold(int round, List<Task> tasks) throws IOException {
    Plan cold = plan((long) (COLD_SHARE * Machine.memoryBytes() / COLD_VALUE_BYTES), COLD_VALUE_BYTES);
    Files.createDirectories(options.directory());
    long needed = 2 * cold.keys() * COLD_VALUE_BYTES;
    long there = Files.getFileStore(options.directory()).getUsableSpace();
    if (there < needed) {
      run.note("left out: data larger than memory needs %,d MB on disk, and there are %,d".formatted(needed >> 20, there >> 20));
    } else {
      String name = "%,d MB of data".formatted(cold.keys() * COLD_VALUE_BYTES >> 20);
      tasks.add(task("larger than memory", round, name, cold, runs.use(cold)));
    }
  }

  /**
   * Makes the page of a series.
   *
   * @param series the series' name
   * @return the page
   */
  public static Page page(String series) {
    String rate = "ops_per_s";
    List<String> main = List.of("fill-random", "overwrite", "get-hit", "get-miss");
    List<String> mixes = List.of("mix-1-threads", "mix-2-threads", "mix-4-threads", "mix-8-threads");
    List<String> restarts = List.of("restart-clean", "restart-killed");
    return new Page(
        series,
        "bitkv as it grows",
        List.of(),
        List.of(
            new Chart("thousand operations a second, by keys", "keys", main, rate, 1e-3),
            new Chart("memory a key, bytes", "keys", List.of("memory"), "bytes_per_key", 1),
            new Chart("restart, seconds", "keys", restarts, "seconds", 1),
            new Chart("thousand operations a second, half gets half puts, by threads", "threads", mixes, rate, 1e-3),
            new Chart("thousand operations a second, by length of values", "values", main, rate, 1e-3),
            new Chart("thousand operations a second, data larger than memory", "larger than memory", main, rate, 1e-3)));
  }
}
