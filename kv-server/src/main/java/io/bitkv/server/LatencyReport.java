package io.bitkv.server;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What LATENCY GRAPH and LATENCY DOCTOR show. */
final class LatencyReport {

  private static final int HEIGHT = 4;
  private static final int WIDTH = 80;

  private LatencyReport() {}

  /** The seconds of an event as columns, the newest to the right. */
  static String graph(String name, LatencyMonitor.Event event) {
    List<LatencyMonitor.Sample> all = event.samples();
    List<LatencyMonitor.Sample> shown = all.subList(Math.max(0, all.size() - WIDTH), all.size());
    long high = shown.stream().mapToLong(LatencyMonitor.Sample::millis).max().orElse(0);
    long low = shown.stream().mapToLong(LatencyMonitor.Sample::millis).min().orElse(0);
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "%s - high %d ms, low %d ms (all time high %d ms)%n",
            name,
            high,
            low,
            event.worstMillis()));
    text.append("-".repeat(WIDTH)).append('\n');
    for (int row = HEIGHT; row > 0; row--) {
      for (LatencyMonitor.Sample sample : shown) {
        long height = Math.max(1, Math.ceilDiv(sample.millis() * HEIGHT, Math.max(1, high)));
        text.append(height >= row ? '#' : ' ');
      }
      text.append('\n');
    }
    return text.toString();
  }

  /** What the events say about the server, and what to do. */
  static String doctor(Map<String, LatencyMonitor.Event> events, long thresholdMillis) {
    if (thresholdMillis == 0) {
      return "Latency is not watched. CONFIG SET latency-monitor-threshold <milliseconds> begins to"
          + " note what takes at least so long.\n";
    }
    if (events.isEmpty()) {
      return "Nothing has taken " + thresholdMillis + " ms or longer.\n";
    }
    StringBuilder text = new StringBuilder();
    events.forEach(
        (name, event) ->
            text.append(
                String.format(
                    Locale.ROOT,
                    "%s: %d seconds in which it took long, %.0f ms on average, %d ms at worst.%n",
                    name,
                    event.samples().size(),
                    event.samples().stream()
                        .mapToLong(LatencyMonitor.Sample::millis)
                        .average()
                        .orElse(0),
                    event.worstMillis())));
    text.append("SLOWLOG GET shows which requests were slow. ");
    text.append("KEYS, LCS and SWAPDB take time with the data they go through: prefer SCAN.\n");
    return text.toString();
  }
}
