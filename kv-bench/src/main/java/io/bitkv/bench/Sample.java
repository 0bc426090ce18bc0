package io.bitkv.bench;

import java.util.Locale;

/**
 * One figure of one round: a raw line of a run.
 *
 * @param group what belongs together, such as one size of keys and values
 * @param round the round, from 1
 * @param measure the figure
 */
public record Sample(String group, int round, Measure measure) {

  /** What the columns of a raw line are. */
  public static final String COLUMNS = "group\tround\tsubject\tphase\tmetric\tvalue";

  private static final int COUNT = COLUMNS.split("\t").length;

  /**
   * Writes the raw line.
   *
   * @return the line, without its end
   */
  public String line() {
    return String.format(
        Locale.ROOT,
        "%s\t%d\t%s\t%s\t%s\t%.3f",
        group,
        round,
        measure.subject(),
        measure.phase(),
        measure.metric(),
        measure.value());
  }

  /**
   * Reads a raw line back.
   *
   * @param line the line
   * @return the sample
   * @throws IllegalArgumentException if it is no raw line
   */
  public static Sample parse(String line) {
    String[] columns = line.split("\t");
    if (columns.length != COUNT) {
      throw new IllegalArgumentException("not a raw line, it has not " + COUNT + " columns: " + line);
    }
    return new Sample(
        columns[0],
        Integer.parseInt(columns[1]),
        new Measure(columns[2], columns[3], columns[4], Double.parseDouble(columns[5])));
  }
}
