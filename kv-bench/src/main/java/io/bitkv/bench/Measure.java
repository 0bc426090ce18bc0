package io.bitkv.bench;

import java.util.Locale;

/**
 * One figure of one subject: the line by which a child process tells it.
 *
 * @param subject what was measured
 * @param phase what it did
 * @param metric what the number is, unit last, for example {@code ops_per_s} or {@code get_p999_us}
 * @param value the number
 */
public record Measure(String subject, String phase, String metric, double value) {

  private static final String PREFIX = "measure";
  private static final int COLUMNS = 5;

  /**
   * Writes the line: four tab-separated columns behind a marker.
   *
   * @return the line, without its end
   */
  public String line() {
    return String.format(Locale.ROOT, "%s\t%s\t%s\t%s\t%.3f", PREFIX, subject, phase, metric, value);
  }

  /**
   * Makes the same figure of another subject.
   *
   * @param other the subject
   * @return its figure
   */
  public Measure of(String other) {
    return new Measure(other, phase, metric, value);
  }

  /**
   * Tells whether a line is one of these; anything else is what a store prints of its own.
   *
   * @param line the line
   * @return whether {@link #parse} reads it
   */
  public static boolean isLine(String line) {
    return line.startsWith(PREFIX + "\t") && line.split("\t").length == COLUMNS;
  }

  /**
   * Reads a line back.
   *
   * @param line the line
   * @return the figure
   */
  public static Measure parse(String line) {
    String[] columns = line.split("\t");
    return new Measure(columns[1], columns[2], columns[3], Double.parseDouble(columns[4]));
  }
}
