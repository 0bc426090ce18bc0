package io.bitkv.bench.engine;

import static io.bitkv.bench.report.Goal.Bound.AT_LEAST;
import static io.bitkv.bench.report.Goal.Bound.AT_MOST;

import io.bitkv.bench.Figure;
import io.bitkv.bench.Results;
import io.bitkv.bench.engine.EngineSeries.Size;
import io.bitkv.bench.report.Chart;
import io.bitkv.bench.report.Goal;
import io.bitkv.bench.report.Page;
import io.bitkv.bench.subject.Subjects;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;

/** What the engine is to reach, and the charts that show it. */
public final class EngineGoals {

  static final String MACHINE_GROUP = "machine";

  private static final String RATE = "ops_per_s";
  private static final String SMALL = Size.SMALL.group;
  private static final String MEDIUM = Size.MEDIUM.group;
  private static final String LARGE = Size.LARGE.group;
  /** What an entry of a small value takes in the log, in bytes: key, value and header. */
  private static final double SMALL_ENTRY_BYTES = 136;
  /** What a key takes in the directory's snapshot, in bytes. */
  private static final double SLOT_BYTES = 12;

  private EngineGoals() {}

  /**
   * Makes the page of a series.
   *
   * @param series the series' name
   * @return the page
   */
  public static Page page(String series) {
    List<String> main = List.of("fill-random", "overwrite", "get-hit", "get-miss", "mix-2-threads");
    List<String> durable = List.of("durable-put-1", "durable-put-8", "durable-put-64");
    List<String> latencies = List.of("get-quiet", "get-compacting", "mix-2-threads");
    List<String> disk = List.of("disk-3-overwrites", "disk-compacted");
    return new Page(
        series,
        "bitkv beside its embedded peers",
        goals(),
        List.of(
            new Chart("thousand operations a second, values of 100 bytes", SMALL, main, RATE, 1e-3),
            new Chart("thousand operations a second, values of 1 KiB", MEDIUM, main, RATE, 1e-3),
            new Chart("thousand operations a second: the whole log", SMALL, List.of("fill-ordered", "delete"), RATE, 1e-3),
            new Chart("durable puts a second, by writers", SMALL, durable, RATE, 1),
            new Chart("get latency, 99.9th percentile, microseconds", SMALL, latencies, "get_p999_us", 1),
            new Chart("disk, times the data", SMALL, disk, "times_data", 1),
            new Chart("memory a key, bytes", SMALL, List.of("memory"), "bytes_per_key", 1),
            new Chart("restart after a clean close, milliseconds", SMALL, List.of("restart-clean"), "seconds", 1e3)));
  }

  private static Figure own(String group, String phase, String metric) {
    return new Figure(group, Subjects.BITKV, phase, metric);
  }

  private static Figure machine(String phase, String metric) {
    return new Figure(MACHINE_GROUP, RawLimits.SUBJECT, phase, metric);
  }

  static List<Goal> goals() {
    List<Goal> goals = new ArrayList<>();
    addGets(goals);
    for (String phase : List.of("fill-random", "overwrite")) {
      addPuts(goals, phase);
    }
    addDurable(goals);
    addMix(goals);
    addSpace(goals);
    addRestart(goals);
    return goals;
  }

  private static void addGets(List<Goal> goals) {
    Figure hit = own(SMALL, "get-hit", RATE);
    Function<Results, OptionalDouble> limit = operationsBy("random-mapped-read-136", "crc32c-116");
    goals.add(Goal.ofPeer("random get, hit, 100 B", hit, "rocksdb", AT_LEAST, 20).withLimit(limit));
    goals.add(Goal.ofPeer("random get, hit, 100 B", hit, "rocksdb-tuned", AT_LEAST, 15).withLimit(limit));
    goals.add(Goal.ofPeer("random get, hit, 100 B", hit, "lmdb", AT_LEAST, 3).withLimit(limit));
    goals.add(Goal.ofPeer("random get, hit, 100 B", hit, "halodb", AT_LEAST, 3).withLimit(limit));
    goals.add(Goal.ofPeer("random get, hit, 100 B", hit, "chronicle-map", AT_LEAST, 1.3).withLimit(limit));
    goals.add(
        Goal.ofPeer("random get, hit, 1 KiB", own(MEDIUM, "get-hit", RATE), "chronicle-map", AT_LEAST, 1)
            .withLimit(operationsBy("random-mapped-read-1064", "crc32c-1040")));
    goals.add(
        Goal.ofPeer("random get, miss", own(SMALL, "get-miss", RATE), "chronicle-map", AT_LEAST, 1.2)
            .withLimit(operationsBy("random-memory-read")));
  }

  private static void addPuts(List<Goal> goals, String phase) {
    Figure put = own(SMALL, phase, RATE);
    Function<Results, OptionalDouble> limit = bytesBy("page-cache-write-256k", SMALL_ENTRY_BYTES);
    goals.add(Goal.ofPeer(phase, put, "rocksdb", AT_LEAST, 7).withLimit(limit));
    goals.add(Goal.ofPeer(phase, put, "lmdb", AT_LEAST, 15).withLimit(limit));
    goals.add(Goal.ofPeer(phase, put, "halodb", AT_LEAST, 5).withLimit(limit));
    goals.add(Goal.ofPeer(phase, put, "chronicle-map", AT_LEAST, 1.3).withLimit(limit));
  }

  private static void addDurable(List<Goal> goals) {
    Figure sync = machine("fdatasync-preallocated", RATE);
    Figure one = own(SMALL, "durable-put-1", RATE);
    goals.add(Goal.ofPeer("durable put, 1 writer", one, "rocksdb", AT_LEAST, 1.3).withLimit(results -> results.median(sync)));
    goals.add(Goal.ofFigure("durable put, 1 writer, of raw fdatasync", one, sync, AT_LEAST, 0.8));
    goals.add(Goal.ofPeer("durable put, 64 writers", own(SMALL, "durable-put-64", RATE), "rocksdb", AT_LEAST, 2.5));
  }

  private static void addMix(List<Goal> goals) {
    Figure rate = own(SMALL, "mix-2-threads", RATE);
    goals.add(Goal.ofPeer("two threads, half gets half puts", rate, "chronicle-map", AT_LEAST, 1.2));
    Figure put = own(SMALL, "mix-2-threads", "put_p999_us");
    goals.add(Goal.ofNumber("two threads: put p99.9, microseconds", put, AT_MOST, 100));
    Figure quiet = own(SMALL, "get-quiet", "get_p999_us");
    Figure merging = own(SMALL, "get-compacting", "get_p999_us");
    goals.add(Goal.ofFigure("get p99.9 while merging", merging, quiet, AT_MOST, 2));
    Figure pause = own(LARGE, "fill-random", "put_max_us");
    goals.add(Goal.ofNumber("longest put while the directory grows, microseconds", pause, AT_MOST, 2_000));
  }

  private static void addSpace(List<Goal> goals) {
    goals.add(Goal.ofNumber("memory a key, 10 M keys, bytes", own(LARGE, "memory", "bytes_per_key"), AT_MOST, 18));
    Figure overwritten = own(SMALL, "disk-3-overwrites", "times_data");
    goals.add(Goal.ofNumber("disk after three overwrites, times the data", overwritten, AT_MOST, 1.5));
    Figure compacted = own(SMALL, "disk-compacted", "times_data");
    goals.add(Goal.ofNumber("disk once settled, times the data", compacted, AT_MOST, 1.15));
  }

  private static void addRestart(List<Goal> goals) {
    Function<Results, OptionalDouble> limit = bytesBy("memory-copy", SLOT_BYTES);
    Figure clean = own(LARGE, "restart-clean", "keys_per_s");
    goals.add(Goal.ofNumber("restart after a clean close, keys/s", clean, AT_LEAST, 50e6).withLimit(limit));
    Figure killed = own(LARGE, "restart-killed", "keys_per_s");
    goals.add(Goal.ofNumber("restart after kill -9, keys/s", killed, AT_LEAST, 8e6).withLimit(limit));
    Figure seconds = own(LARGE, "restart-killed", "seconds");
    goals.add(Goal.ofNumber("restart after kill -9, 10 M keys, seconds", seconds, AT_MOST, 2));
  }

  /** How many operations a second the machine could do if each took only these steps, measured in nanoseconds. */
  private static Function<Results, OptionalDouble> operationsBy(String... steps) {
    return results -> {
      double sum = 0;
      for (String step : steps) {
        sum += results.median(machine(step, "ns")).orElse(Double.NaN);
      }
      return Double.isNaN(sum) ? OptionalDouble.empty() : OptionalDouble.of(1e9 / sum);
    };
  }

  /** How many operations a second the machine could do if each only moved some bytes. */
  private static Function<Results, OptionalDouble> bytesBy(String step, double bytes) {
    return results -> {
      OptionalDouble speed = results.median(machine(step, "gb_per_s"));
      return speed.isPresent() ? OptionalDouble.of(speed.getAsDouble() * 1e9 / bytes) : speed;
    };
  }
}
