package io.bitkv.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Function;

/** The figures of all rounds of a run, with their medians and spread, in the order in which they were met. For one thread. */
public final class Results {

  private final Map<Figure, List<Double>> values = new LinkedHashMap<>();

  /** Makes results that hold nothing yet. */
  public Results() {}

  /**
   * Adds what one round gave.
   *
   * @param sample the figure of the round
   */
  public void add(Sample sample) {
    Measure measure = sample.measure();
    values
        .computeIfAbsent(
            new Figure(sample.group(), measure.subject(), measure.phase(), measure.metric()),
            figure -> new ArrayList<>())
        .add(measure.value());
  }

  /**
   * Lists the figures.
   *
   * @return their names
   */
  public Set<Figure> figures() {
    return values.keySet();
  }

  /**
   * Lists the groups.
   *
   * @return their names
   */
  public Set<String> groups() {
    return names(Figure::group);
  }

  /**
   * Lists the subjects.
   *
   * @return their names
   */
  public Set<String> subjects() {
    return names(Figure::subject);
  }

  private Set<String> names(Function<Figure, String> name) {
    Set<String> names = new LinkedHashSet<>();
    for (Figure figure : values.keySet()) {
      names.add(name.apply(figure));
    }
    return names;
  }

  /**
   * Lists the phases of a group that have a metric.
   *
   * @param group the group
   * @param metric the metric
   * @return the phases' names
   */
  public List<String> phases(String group, String metric) {
    return values.keySet().stream()
        .filter(figure -> figure.group().equals(group) && figure.metric().equals(metric))
        .map(Figure::phase)
        .distinct()
        .toList();
  }

  /**
   * Takes the median over the rounds.
   *
   * @param figure of what
   * @return the median: of an even number, the mean of the middle two; empty when it was not measured
   */
  public OptionalDouble median(Figure figure) {
    List<Double> sorted = sorted(figure);
    if (sorted.isEmpty()) {
      return OptionalDouble.empty();
    }
    int middle = sorted.size() / 2;
    return OptionalDouble.of(
        sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2);
  }

  /**
   * Takes the least over the rounds.
   *
   * @param figure of what
   * @return the least; empty when it was not measured
   */
  public OptionalDouble least(Figure figure) {
    List<Double> sorted = sorted(figure);
    return sorted.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(sorted.getFirst());
  }

  /**
   * Takes the greatest over the rounds.
   *
   * @param figure of what
   * @return the greatest; empty when it was not measured
   */
  public OptionalDouble greatest(Figure figure) {
    List<Double> sorted = sorted(figure);
    return sorted.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(sorted.getLast());
  }

  private List<Double> sorted(Figure figure) {
    return values.getOrDefault(figure, List.of()).stream().sorted().toList();
  }
}
