package io.bitkv.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/** The measures of all rounds of a run, with their medians and spread. */
final class Results {

  private record Key(String subject, String phase, String metric) {}

  private final Map<Key, List<Double>> values = new LinkedHashMap<>();

  void add(Measure measure) {
    values
        .computeIfAbsent(new Key(measure.subject(), measure.phase(), measure.metric()), key -> new ArrayList<>())
        .add(measure.value());
  }

  /** Lists the phases that have a metric, in the order they were met. */
  Set<String> phases(String metric) {
    Set<String> phases = new LinkedHashSet<>();
    for (Key key : values.keySet()) {
      if (key.metric().equals(metric)) {
        phases.add(key.phase());
      }
    }
    return phases;
  }

  /** Lists the subjects, in the order they were met. */
  Set<String> subjects() {
    Set<String> subjects = new LinkedHashSet<>();
    for (Key key : values.keySet()) {
      subjects.add(key.subject());
    }
    return subjects;
  }

  /** Lists the metrics, in the order they were met. */
  Set<String> metrics() {
    Set<String> metrics = new LinkedHashSet<>();
    for (Key key : values.keySet()) {
      metrics.add(key.metric());
    }
    return metrics;
  }

  /** Takes the median over the rounds; empty when the subject has no such figure. */
  OptionalDouble median(String subject, String phase, String metric) {
    return quantile(new Key(subject, phase, metric), 0.5);
  }

  /** Takes the least over the rounds. */
  OptionalDouble least(String subject, String phase, String metric) {
    return quantile(new Key(subject, phase, metric), 0);
  }

  /** Takes the greatest over the rounds. */
  OptionalDouble greatest(String subject, String phase, String metric) {
    return quantile(new Key(subject, phase, metric), 1);
  }

  private OptionalDouble quantile(Key key, double share) {
    List<Double> all = values.get(key);
    if (all == null) {
      return OptionalDouble.empty();
    }
    List<Double> sorted = new ArrayList<>(all);
    Collections.sort(sorted);
    return OptionalDouble.of(sorted.get((int) Math.round(share * (sorted.size() - 1))));
  }
}
