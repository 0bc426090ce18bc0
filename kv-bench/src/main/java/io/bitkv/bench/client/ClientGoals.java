package io.bitkv.bench.client;

import static io.bitkv.bench.report.Goal.Bound.AT_LEAST;

import io.bitkv.bench.Figure;
import io.bitkv.bench.report.Chart;
import io.bitkv.bench.report.Goal;
import io.bitkv.bench.report.Page;
import java.util.List;

/** What the client is to reach, and the charts that show it. */
public final class ClientGoals {

  static final String GROUP = "client";
  static final String ONE_THREAD = "one-thread";
  static final String VIRTUAL = "virtual-threads-";
  static final String BATCH = "batch-1000";
  static final String RATE = "calls_per_s";
  static final String ALLOCATED = "allocated_bytes_per_call";

  private ClientGoals() {}

  /**
   * Makes the page of a series.
   *
   * @param series the series' name
   * @return the page
   */
  public static Page page(String series) {
    List<String> single = List.of(ONE_THREAD, VIRTUAL + 64, VIRTUAL + 1000);
    List<String> all = List.of(ONE_THREAD, VIRTUAL + 64, VIRTUAL + 1000, BATCH);
    return new Page(
        series,
        "the bitkv client beside Jedis and Lettuce, on one bitkv server",
        goals(),
        List.of(
            new Chart("thousand calls a second, half gets half sets", GROUP, single, RATE, 1e-3),
            new Chart("thousand calls a second, in batches of 1,000", GROUP, List.of(BATCH), RATE, 1e-3),
            new Chart("99th percentile of latency, microseconds", GROUP, single, "call_p99_us", 1),
            new Chart("bytes allocated a call", GROUP, all, ALLOCATED, 1)));
  }

  static List<Goal> goals() {
    return List.of(
        goal("one thread, one call at a time", ONE_THREAD, ClientSubjects.JEDIS_CONNECTION, 1),
        goal("64 virtual threads sharing one client", VIRTUAL + 64, ClientSubjects.JEDIS, 2),
        goal("64 virtual threads sharing one client", VIRTUAL + 64, ClientSubjects.LETTUCE, 1.2),
        goal("batch of 1,000", BATCH, ClientSubjects.JEDIS_CONNECTION, 1.2));
  }

  private static Goal goal(String name, String phase, String peer, double factor) {
    Figure figure = new Figure(GROUP, ClientSubjects.BITKV, phase, RATE);
    return Goal.ofPeer(name, figure, peer, AT_LEAST, factor);
  }
}
