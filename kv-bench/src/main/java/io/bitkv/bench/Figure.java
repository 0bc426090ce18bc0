package io.bitkv.bench;

/**
 * The name of what is measured in each round of a run.
 *
 * @param group what belongs together, such as one size of keys and values
 * @param subject what is measured
 * @param phase what it does
 * @param metric what the number is, unit last
 */
public record Figure(String group, String subject, String phase, String metric) {

  /**
   * Names the same figure of another subject.
   *
   * @param other the subject
   * @return its figure
   */
  public Figure of(String other) {
    return new Figure(group, other, phase, metric);
  }
}
