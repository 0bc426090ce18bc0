package io.bitkv.bench.report;

import io.bitkv.bench.Figure;
import io.bitkv.bench.Results;
import java.awt.Color;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.VectorGraphicsEncoder.VectorGraphicsFormat;
import org.knowm.xchart.style.Styler.LegendPosition;

/**
 * A bar chart of one metric: a cluster of bars for each phase, a bar for each subject.
 *
 * @param title what it shows, with the unit
 * @param group the group of figures
 * @param phases the phases, in their order; those that were not measured are left out; none for all that were
 * @param metric the metric
 * @param scale what the figures are multiplied by
 */
public record Chart(String title, String group, List<String> phases, String metric, double scale) {

  private static final int WIDTH = 1100;
  private static final int HEIGHT = 430;
  /** A number with more than two decimals, which nobody sees. */
  private static final Pattern LONG_FRACTION = Pattern.compile("(\\d\\.\\d{2})\\d+");
  private static final Color INK = new Color(0x33, 0x33, 0x33);
  private static final Color[] COLORS = {
    new Color(0xD6, 0x27, 0x28), new Color(0xF0, 0x8A, 0x8A), new Color(0xF7, 0xC5, 0xC5), new Color(0x1F, 0x77, 0xB4),
    new Color(0x6B, 0xAE, 0xD6), new Color(0x2C, 0xA0, 0x2C), new Color(0x98, 0xDF, 0x8A), new Color(0x94, 0x67, 0xBD),
    new Color(0xFF, 0x7F, 0x0E), new Color(0x8C, 0x56, 0x4B), new Color(0x17, 0xBE, 0xCF), new Color(0x99, 0x99, 0x99)
  };

  /**
   * Draws the chart.
   *
   * @param results what was measured
   * @return the picture as SVG, from its first element on; empty when nothing of it was measured
   * @throws IOException if it cannot be drawn
   */
  public Optional<String> svg(Results results) throws IOException {
    List<String> there = results.phases(group, metric);
    List<String> measured = phases.isEmpty() ? there : phases.stream().filter(there::contains).toList();
    if (measured.isEmpty()) {
      return Optional.empty();
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    VectorGraphicsEncoder.saveVectorGraphic(draw(results, measured), bytes, VectorGraphicsFormat.SVG);
    String svg = bytes.toString(StandardCharsets.UTF_8);
    String shapes = svg.substring(svg.indexOf("<svg") + "<svg".length());
    return Optional.of("<svg role=\"img\" aria-label=\"" + title + "\"" + LONG_FRACTION.matcher(shapes).replaceAll("$1"));
  }

  private CategoryChart draw(Results results, List<String> measured) {
    CategoryChart chart = new CategoryChartBuilder().width(WIDTH).height(HEIGHT).title(title).build();
    chart
        .getStyler()
        .setLegendPosition(LegendPosition.OutsideE)
        .setChartBackgroundColor(Color.WHITE)
        .setChartFontColor(INK)
        .setLegendBorderColor(Color.WHITE)
        .setSeriesColors(COLORS);
    chart.getStyler().setPlotBorderVisible(false);
    chart.getStyler().setPlotGridVerticalLinesVisible(false);
    chart.getStyler().setAvailableSpaceFill(0.85);
    for (String subject : results.subjects()) {
      List<Double> bars = new ArrayList<>();
      for (String phase : measured) {
        bars.add(results.median(new Figure(group, subject, phase, metric)).orElse(0) * scale);
      }
      if (bars.stream().anyMatch(bar -> bar > 0)) {
        chart.addSeries(subject, measured, bars);
      }
    }
    return chart;
  }
}
