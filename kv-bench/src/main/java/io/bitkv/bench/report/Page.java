package io.bitkv.bench.report;

import io.bitkv.bench.Figure;
import io.bitkv.bench.Recorder;
import io.bitkv.bench.Results;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a series shows: one self-contained HTML page with its goals, its charts and every figure, and the first chart as a picture of its
 * own.
 *
 * @param series the series' name, which the files get
 * @param title the page's title
 * @param goals what is to be reached
 * @param charts the charts, the main one first
 */
public record Page(String series, String title, List<Goal> goals, List<Chart> charts) {

  private static final String STYLE =
      """
      body{font:15px/1.5 system-ui,sans-serif;max-width:72rem;margin:2rem auto;padding:0 1rem;color:#222}
      table{border-collapse:collapse;margin:1rem 0}
      td,th{padding:.2rem .7rem;border-bottom:1px solid #ddd;text-align:right;font-variant-numeric:tabular-nums}
      td:first-child,th:first-child{text-align:left}
      svg{width:100%;height:auto;margin:1rem 0}
      code{background:#f5f5f5;padding:.1rem .3rem}
      .yes{color:#1a7f37;font-weight:600}.no{color:#cf222e}
      """;
  private static final String MISSING = "&ndash;";

  /**
   * Writes page and picture, in place of those before.
   *
   * @param recorder what was measured
   * @param directory where to
   * @throws IOException if they cannot be written
   */
  public void write(Recorder recorder, Path directory) throws IOException {
    Results results = recorder.results();
    StringBuilder page = new StringBuilder();
    page.append("<!doctype html>\n<html lang=\"en\"><meta charset=\"utf-8\">\n<title>").append(escape(title));
    page.append("</title>\n<style>\n").append(STYLE).append("</style>\n<h1>").append(escape(title)).append("</h1>\n<p>");
    recorder.notes().forEach(note -> page.append("<code>").append(escape(note)).append("</code><br>\n"));
    appendGoals(page, results);
    boolean isFirst = true;
    for (Chart chart : charts) {
      Optional<String> svg = chart.svg(results);
      if (svg.isPresent()) {
        page.append(svg.get()).append('\n');
        if (isFirst) {
          Files.writeString(directory.resolve(series + ".svg"), svg.get());
        }
        isFirst = false;
      }
    }
    appendFigures(page, results);
    Files.writeString(directory.resolve(series + ".html"), page.append("</html>\n"));
  }

  private void appendGoals(StringBuilder page, Results results) {
    if (goals.isEmpty()) {
      return;
    }
    long reached = goals.stream().filter(goal -> goal.isReached(results)).count();
    page.append("<h2>Goals: ").append(reached).append(" of ").append(goals.size()).append(" reached</h2>\n");
    page.append("<table><tr><th>goal<th>median<th>unit<th>divided by<th>ratio<th>to reach<th>reached<th>of the machine's limit\n");
    for (Goal goal : goals) {
      boolean isMeasured = goal.ratio(results).isPresent();
      String sign = goal.bound() == Goal.Bound.AT_LEAST ? "&ge; " : "&le; ";
      page.append("<tr><td>").append(escape(goal.name()));
      page.append("<td>").append(results.median(goal.figure()).isPresent() ? number(results, goal.figure()) : MISSING);
      page.append("<td>").append(escape(goal.figure().metric()));
      page.append("<td>").append(goal.against().isEmpty() ? MISSING : escape(goal.against()));
      page.append("<td>").append(isMeasured ? number(goal.ratio(results).getAsDouble()) : "not measured");
      page.append("<td>").append(sign).append(number(goal.goal()));
      page.append(goal.isReached(results) ? "<td class=\"yes\">yes" : isMeasured ? "<td class=\"no\">no" : "<td>" + MISSING);
      page.append("<td>");
      goal.shareOfLimit(results)
          .ifPresentOrElse(
              share -> page.append(String.format(Locale.ROOT, "%.0f %%", share * 100)), () -> page.append(MISSING));
      page.append('\n');
    }
    page.append("</table>\n");
  }

  private void appendFigures(StringBuilder page, Results results) {
    page.append("<h2>Every figure</h2>\n");
    for (String group : results.groups()) {
      page.append("<details><summary>").append(escape(group)).append("</summary>\n");
      page.append("<table><tr><th>subject<th>phase<th>metric<th>median<th>least<th>greatest\n");
      for (Figure figure : results.figures()) {
        if (figure.group().equals(group)) {
          page.append("<tr><td>").append(escape(figure.subject()));
          page.append("<td>").append(escape(figure.phase())).append("<td>").append(escape(figure.metric()));
          page.append("<td>").append(number(results, figure));
          page.append("<td>").append(number(results.least(figure).orElseThrow()));
          page.append("<td>").append(number(results.greatest(figure).orElseThrow())).append('\n');
        }
      }
      page.append("</table></details>\n");
    }
  }

  private static String number(Results results, Figure figure) {
    return number(results.median(figure).orElseThrow());
  }

  /** Writes a number with as many digits as are worth reading. */
  static String number(double value) {
    double size = Math.abs(value);
    String format = size >= 1000 ? "%,.0f" : size >= 100 ? "%.1f" : size >= 0.1 || size == 0 ? "%.2f" : "%.4f";
    return String.format(Locale.ROOT, format, value);
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
