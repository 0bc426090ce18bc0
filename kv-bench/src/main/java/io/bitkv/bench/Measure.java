package io.bitkv.bench;

import java.util.Locale;

/**
 * One measured figure of one subject in one round: a raw line of the report.
 *
 * @param subject what was measured
 * @param phase what it did
 * @param metric what the number is, unit last, for example {@code ops_per_s} or {@code p999_us}
 * @param value the number
 */
record Measure(String subject, String phase, String metric, double value) {

  private static final String PREFIX = "measure";

  /** Writes the line: four tab-separated columns behind a marker. */
  String line() {
    return String.format(Locale.ROOT, "%s\t%s\t%s\t%s\t%.3f", PREFIX, subject, phase, metric, value);
  }

  /** Tells whether a line is one of these; anything else is what a store prints of its own. */
  static boolean isLine(String line) {
    return line.startsWith(PREFIX + "\t");
  }

  /** Reads a line back. */
  static Measure parse(String line) {
    String[] columns = line.split("\t");
    return new Measure(columns[1], columns[2], columns[3], Double.parseDouble(columns[4]));
  }
}
