package io.bitkv.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** A run goes on when a measurement fails, and keeps what it has. */
class RunTest {
  private static final Measure MEASURE = new Measure("bitkv", "get-hit", "ops_per_s", 5);
  private static final Figure FIGURE = new Figure("100B", "bitkv", "get-hit", "ops_per_s");

  @TempDir Path directory;

  private final List<Task> tasks = new ArrayList<>();
  private final List<OptionalDouble> pages = new ArrayList<>();

  /** A series whose tasks the test makes. */
  @Command(name = "series")
  private static final class Series implements Callable<Integer> {
    private final RunTest test;

    @Mixin private RunOptions options;

    Series(RunTest test) {
      this.test = test;
    }

    @Override
    public Integer call() throws Exception {
      Run.PageWriter writer = (recorder, out) -> test.pages.add(recorder.results().median(FIGURE));
      return new Run(options, "series", writer).execute(test.tasks);
    }
  }

  private int run() {
    return new CommandLine(new Series(this)).execute("--out", directory.toString());
  }

  private Recorder recorded() throws IOException {
    return Recorder.read(directory.resolve("series.tsv"));
  }

  @Test
  void aFailureIsNamedAndTheOthersGoOn() throws IOException {
    tasks.add(
        new Task(
            "100B",
            1,
            "lmdb",
            1,
            sink -> {
              throw new IOException("no space");
            }));
    tasks.add(new Task("100B", 1, "bitkv", 1, sink -> sink.accept(MEASURE)));
    assertEquals(1, run());
    assertEquals(OptionalDouble.of(5), recorded().results().median(FIGURE));
    assertTrue(recorded().notes().contains("failed in round 1, 100B: lmdb: no space"), recorded().notes().toString());
  }

  @Test
  void figuresThatCameBeforeAFailureStand() throws IOException {
    tasks.add(
        new Task(
            "100B",
            1,
            "bitkv",
            1,
            sink -> {
              sink.accept(MEASURE);
              throw new IOException("hung");
            }));
    assertEquals(1, run());
    assertEquals(OptionalDouble.of(5), recorded().results().median(FIGURE));
  }

  @Test
  void thePageIsWrittenAfterEachRound() {
    tasks.add(new Task("100B", 1, "bitkv", 1, sink -> sink.accept(MEASURE)));
    tasks.add(new Task("100B", 2, "bitkv", 1, sink -> sink.accept(new Measure("bitkv", "get-hit", "ops_per_s", 7))));
    assertEquals(0, run());
    assertEquals(List.of(OptionalDouble.of(5), OptionalDouble.of(6)), pages);
  }
}
