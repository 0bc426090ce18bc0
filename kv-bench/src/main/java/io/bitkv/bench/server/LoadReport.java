package io.bitkv.bench.server;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What redis-benchmark reports of one command.
 *
 * @param requestsPerSecond the throughput
 * @param p50Millis the median latency
 * @param p99Millis the 99th percentile
 * @param p999Millis the 99.9th percentile
 */
record LoadReport(double requestsPerSecond, double p50Millis, double p99Millis, double p999Millis) {

  private static final Pattern THROUGHPUT = Pattern.compile("throughput summary: ([0-9.]+) requests per second");
  private static final Pattern PERCENTILE = Pattern.compile("([0-9.]+)% <= ([0-9.]+) milliseconds");
  private static final String DISTRIBUTION = "Latency by percentile distribution:";
  private static final String NEXT_SECTION = "Cumulative distribution of latencies:";
  private static final String SUMMARY = "latency summary (msec):";

  /**
   * Reads the report.
   *
   * @param text all that it printed for one command, without {@code --csv} and {@code -q}
   * @return its figures
   * @throws IllegalArgumentException if they are not there; the message holds the text
   */
  static LoadReport parse(String text) {
    Matcher throughput = THROUGHPUT.matcher(text);
    int distribution = text.indexOf(DISTRIBUTION);
    int summary = text.indexOf(SUMMARY);
    if (!throughput.find() || distribution < 0 || summary < 0) {
      throw new IllegalArgumentException("redis-benchmark reported no figures: " + text.strip());
    }
    List<String> lines = text.substring(summary).lines().toList();
    List<String> names = Arrays.asList(lines.get(1).strip().split("\\s+"));
    String[] values = lines.get(2).strip().split("\\s+");
    return new LoadReport(
        Double.parseDouble(throughput.group(1)),
        Double.parseDouble(values[names.indexOf("p50")]),
        Double.parseDouble(values[names.indexOf("p99")]),
        percentile(text.substring(distribution, text.indexOf(NEXT_SECTION, distribution)), 99.9));
  }

  /** Takes the latency of the first percentile listed that is not below the one wanted. */
  private static double percentile(String distribution, double wanted) {
    Matcher line = PERCENTILE.matcher(distribution);
    while (line.find()) {
      if (Double.parseDouble(line.group(1)) >= wanted) {
        return Double.parseDouble(line.group(2));
      }
    }
    throw new IllegalArgumentException("redis-benchmark reported no percentile of " + wanted);
  }
}
