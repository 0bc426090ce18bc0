package io.bitkv.bench.micro;

import io.bitkv.bench.Children;
import io.bitkv.bench.Measure;
import io.bitkv.bench.Run;
import io.bitkv.bench.RunOptions;
import io.bitkv.bench.Task;
import io.bitkv.bench.Task.Job;
import io.bitkv.bench.report.Chart;
import io.bitkv.bench.report.Page;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code bin/bench micro}: the hot paths alone, by JMH, with the bytes that they allocate. */
@Command(
    name = "micro",
    description = "Measures the hot paths alone by JMH, with the bytes that they allocate.",
    footer = "Subjects: EntryCodec, KeyDirectory, Store, StoreCalls, Resp.")
public final class MicroSeries implements Callable<Integer> {

  private static final String SERIES = "micro";
  private static final List<String> SUBJECTS = List.of("EntryCodec", "KeyDirectory", "Store", "StoreCalls", "Resp");
  private static final String NANOS = "ns";
  private static final String ALLOCATED = "allocated_bytes";
  private static final String SUFFIX = "Benchmark";
  private static final int ROUNDS = 3;
  private static final int ITERATIONS = 5;
  /** How many benchmarks a class has, with their parameters, about; for the estimate. */
  private static final int USUAL_COUNT = 5;

  @Mixin private RunOptions options;

  /** Makes the command as it is without options. */
  public MicroSeries() {}

  @Override
  public Integer call() throws Exception {
    List<String> subjects = options.subjects(SUBJECTS);
    int rounds = options.rounds(ROUNDS);
    Run run = new Run(options, SERIES, page(SERIES)::write);
    Files.createDirectories(options.directory());
    List<Task> tasks = new ArrayList<>();
    double seconds = USUAL_COUNT * (3 + 2 * ITERATIONS * millis() / 1e3);
    for (int round = 1; round <= rounds; round++) {
      for (String subject : subjects) {
        tasks.add(new Task(subject, round, subject, seconds, measure(subject)));
      }
    }
    return run.execute(tasks);
  }

  private long millis() {
    return options.isQuick() ? 200 : 1_000;
  }

  private Job measure(String subject) {
    Path log = options.directory().resolve("jmh.log");
    List<String> flags = new ArrayList<>(Children.JVM_FLAGS);
    flags.add("-Dbench.dir=" + options.directory());
    Options jmh =
        new OptionsBuilder()
            .include("\\." + subject + SUFFIX + "\\.")
            .forks(1)
            .warmupIterations(ITERATIONS)
            .warmupTime(TimeValue.milliseconds(millis()))
            .measurementIterations(ITERATIONS)
            .measurementTime(TimeValue.milliseconds(millis()))
            .addProfiler(GCProfiler.class)
            .shouldFailOnError(true)
            .jvmArgs(flags.toArray(String[]::new))
            .output(log.toString())
            .build();
    return sink -> tell(new Runner(jmh).run(), sink);
  }

  private static void tell(Collection<RunResult> results, Consumer<Measure> sink) {
    for (RunResult result : results) {
      BenchmarkParams params = result.getParams();
      String name = params.getBenchmark().substring(params.getBenchmark().lastIndexOf('.') + 1);
      String subject = String.join(" ", params.getParamsKeys().stream().map(params::getParam).toList());
      String who = subject.isEmpty() ? "bitkv" : subject;
      sink.accept(new Measure(who, name, NANOS, result.getPrimaryResult().getScore()));
      for (Result<?> secondary : result.getSecondaryResults().values()) {
        if (secondary.getLabel().endsWith("gc.alloc.rate.norm")) {
          sink.accept(new Measure(who, name, ALLOCATED, secondary.getScore()));
        }
      }
    }
  }

  /**
   * Makes the page of a series.
   *
   * @param series the series' name
   * @return the page
   */
  public static Page page(String series) {
    List<Chart> charts = new ArrayList<>();
    for (String subject : SUBJECTS) {
      charts.add(new Chart(subject + ": nanoseconds an operation", subject, List.of(), NANOS, 1));
      charts.add(new Chart(subject + ": bytes allocated an operation", subject, List.of(), ALLOCATED, 1));
    }
    return new Page(series, "bitkv's hot paths", List.of(), charts);
  }
}
