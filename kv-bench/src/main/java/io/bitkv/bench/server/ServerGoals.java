package io.bitkv.bench.server;

import static io.bitkv.bench.report.Goal.Bound.AT_LEAST;
import static io.bitkv.bench.report.Goal.Bound.AT_MOST;

import io.bitkv.bench.Figure;
import io.bitkv.bench.report.Chart;
import io.bitkv.bench.report.Goal;
import io.bitkv.bench.report.Page;
import java.util.ArrayList;
import java.util.List;

/** What the server is to reach, and the charts that show it. */
public final class ServerGoals {

  static final String EVERYSEC = "everysec";
  static final String ALWAYS = "always";
  static final String MEMORY = "memory";
  static final String START = "start";

  static final String RATE = "requests_per_s";
  static final String CPU = "cpu_s_per_million";
  static final String P99 = "p99_ms";

  private static final List<String> LOADS = List.of("set-P1", "get-P1", "set-P16", "get-P16", "set-P64", "get-P64");

  private ServerGoals() {}

  /**
   * Makes the page of a series.
   *
   * @param series the series' name
   * @return the page
   */
  public static Page page(String series) {
    return new Page(
        series,
        "bitkv beside redis-server",
        goals(),
        List.of(
            new Chart("thousand requests a second, appendfsync everysec", EVERYSEC, LOADS, RATE, 1e-3),
            new Chart("server CPU-seconds a million requests", EVERYSEC, LOADS, CPU, 1),
            new Chart("99th percentile of latency, milliseconds", EVERYSEC, LOADS, P99, 1),
            new Chart("99.9th percentile of latency, milliseconds", EVERYSEC, LOADS, "p999_ms", 1),
            new Chart("requests a second, appendfsync always, 64 connections", ALWAYS, List.of("set-P1"), RATE, 1),
            new Chart("memory of 1 M keys, MB", MEMORY, List.of("empty", "filled", "settled"), "mb", 1),
            new Chart("start to first answer, milliseconds", START, List.of("start"), "milliseconds", 1)));
  }

  private static Figure own(String group, String phase, String metric) {
    return new Figure(group, ServerProcess.BITKV, phase, metric);
  }

  private static Goal ofRedis(String name, Figure figure, Goal.Bound bound, double factor) {
    return Goal.ofPeer(name, figure, ServerProcess.REDIS, bound, factor);
  }

  static List<Goal> goals() {
    List<Goal> goals = new ArrayList<>();
    goals.add(ofRedis("CPU a request, -P 1", own(EVERYSEC, "all-P1", CPU), AT_MOST, 0.75));
    goals.add(ofRedis("CPU a request, -P 16", own(EVERYSEC, "all-P16", CPU), AT_MOST, 0.6));
    goals.add(ofRedis("CPU a request, -P 64", own(EVERYSEC, "all-P64", CPU), AT_MOST, 0.5));
    for (String command : List.of("set", "get")) {
      goals.add(ofRedis(command + "/s, -P 16", own(EVERYSEC, command + "-P16", RATE), AT_LEAST, 1.3));
      goals.add(ofRedis(command + "/s, -P 64", own(EVERYSEC, command + "-P64", RATE), AT_LEAST, 1.6));
    }
    for (String load : LOADS) {
      goals.add(ofRedis("p99, " + load, own(EVERYSEC, load, P99), AT_MOST, 1));
    }
    goals.add(ofRedis("set/s, always, 64 connections", own(ALWAYS, "set-P1", RATE), AT_LEAST, 2));
    goals.add(ofRedis("memory of 1 M keys", own(MEMORY, "settled", "mb"), AT_MOST, 0.25));
    Figure start = own(START, START, "milliseconds");
    goals.add(Goal.ofNumber("start to first answer, milliseconds", start, AT_MOST, 300));
    return goals;
  }
}
