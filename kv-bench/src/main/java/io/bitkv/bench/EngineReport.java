package io.bitkv.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.VectorGraphicsEncoder.VectorGraphicsFormat;
import org.knowm.xchart.style.Styler.LegendPosition;

/** Writes the results as one self-contained HTML page with bar charts, and the main chart as a picture of its own. */
final class EngineReport {

  private static final List<String> MAIN_PHASES = List.of("fill-random", "overwrite", "get-hit", "get-miss", "mix-2-threads");
  private static final String RATE = "ops_per_s";
  private static final int WIDTH = 1000;
  private static final int HEIGHT = 420;

  private final Results results;
  private final String title;
  private final List<String> preamble;

  EngineReport(Results results, String title, List<String> preamble) {
    this.results = results;
    this.title = title;
    this.preamble = preamble;
  }

  void write(Path directory) throws IOException {
    StringBuilder page = new StringBuilder();
    page.append("<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>bitkv ").append(title).append("</title>");
    page.append("<style>body{font:15px/1.5 system-ui,sans-serif;max-width:64rem;margin:2rem auto;padding:0 1rem}")
        .append("table{border-collapse:collapse}td,th{padding:.2rem .7rem;border-bottom:1px solid #ddd;text-align:right}")
        .append("td:first-child,th:first-child{text-align:left}svg{max-width:100%;height:auto}</style>");
    page.append("<h1>bitkv beside its peers: ").append(title).append("</h1>");
    preamble.forEach(line -> page.append("<p><code>").append(line.substring(2)).append("</code></p>"));
    appendCharts(page, directory);
    appendTargets(page);
    appendTable(page);
    Files.writeString(directory.resolve(title + ".html"), page.append("</html>\n"));
  }

  private void appendCharts(StringBuilder page, Path directory) throws IOException {
    String main = svg(chart("thousand operations a second", MAIN_PHASES, RATE, 1e-3));
    Files.writeString(directory.resolve(title + ".svg"), main);
    page.append(main.substring(main.indexOf("<svg")));
    List<String> durable = results.phases(RATE).stream().filter(phase -> phase.startsWith("durable")).toList();
    if (!durable.isEmpty()) {
      appendChart(page, "durable puts a second, by writers", durable, RATE, 1);
    }
    appendChart(page, "disk, times the data", List.of("disk-3-overwrites", "disk-compacted"), "times_data", 1);
    appendChart(page, "memory a key, bytes", List.of("memory"), "bytes_per_key", 1);
  }

  private void appendChart(StringBuilder page, String name, List<String> phases, String metric, double scale)
      throws IOException {
    String svg = svg(chart(name, phases, metric, scale));
    page.append(svg.substring(svg.indexOf("<svg")));
  }

  private CategoryChart chart(String name, List<String> phases, String metric, double scale) {
    CategoryChart chart = new CategoryChartBuilder().width(WIDTH).height(HEIGHT).title(name).build();
    chart.getStyler().setLegendPosition(LegendPosition.OutsideE).setChartBackgroundColor(java.awt.Color.WHITE);
    for (String subject : results.subjects()) {
      List<Double> bars = new ArrayList<>();
      for (String phase : phases) {
        bars.add(results.median(subject, phase, metric).orElse(0) * scale);
      }
      if (bars.stream().anyMatch(bar -> bar > 0)) {
        chart.addSeries(subject, phases, bars);
      }
    }
    return chart;
  }

  private static String svg(CategoryChart chart) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    VectorGraphicsEncoder.saveVectorGraphic(chart, bytes, VectorGraphicsFormat.SVG);
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private void appendTargets(StringBuilder page) {
    page.append("<h2>Goals</h2><table><tr><th>figure<th>peer<th>goal<th>reached<th>");
    for (Target target : Target.ENGINE) {
      OptionalDouble ratio = target.ratio(results);
      if (ratio.isPresent()) {
        page.append(
            String.format(
                Locale.ROOT,
                "<tr><td>%s<td>%s<td>%.1f<td>%.2f<td>%s",
                target.phase(),
                target.peer(),
                target.factor(),
                ratio.getAsDouble(),
                ratio.getAsDouble() >= target.factor() ? "&#10003;" : ""));
      }
    }
    page.append("</table>");
  }

  private void appendTable(StringBuilder page) {
    page.append("<h2>Every figure: median (least to greatest)</h2><table><tr><th>subject<th>phase<th>metric<th>median<th>spread");
    for (String metric : results.metrics()) {
      for (String phase : results.phases(metric)) {
        for (String subject : results.subjects()) {
          OptionalDouble median = results.median(subject, phase, metric);
          if (median.isPresent()) {
            page.append(
                String.format(
                    Locale.ROOT,
                    "<tr><td>%s<td>%s<td>%s<td>%,.2f<td>%,.2f to %,.2f",
                    subject,
                    phase,
                    metric,
                    median.getAsDouble(),
                    results.least(subject, phase, metric).orElse(0),
                    results.greatest(subject, phase, metric).orElse(0)));
          }
        }
      }
    }
    page.append("</table>");
  }
}
