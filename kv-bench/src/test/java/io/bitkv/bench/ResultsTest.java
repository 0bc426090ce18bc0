package io.bitkv.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** What becomes of the figures of several rounds. */
class ResultsTest {
  private static final Figure FIGURE = new Figure("100B", "bitkv", "get-hit", "ops_per_s");

  private final Results results = new Results();

  private void add(double... values) {
    int round = 1;
    for (double value : values) {
      results.add(new Sample("100B", round++, new Measure("bitkv", "get-hit", "ops_per_s", value)));
    }
  }

  @Test
  void theMedianOfAnOddNumberIsTheMiddle() {
    add(30, 10, 20);
    assertEquals(OptionalDouble.of(20), results.median(FIGURE));
  }

  @Test
  void theMedianOfAnEvenNumberIsTheMeanOfTheMiddleTwo() {
    add(40, 10, 20, 30);
    assertEquals(OptionalDouble.of(25), results.median(FIGURE));
  }

  @Test
  void theSpreadIsFromTheLeastToTheGreatest() {
    add(30, 10, 20);
    assertEquals(OptionalDouble.of(10), results.least(FIGURE));
    assertEquals(OptionalDouble.of(30), results.greatest(FIGURE));
  }

  @Test
  void whatWasNotMeasuredHasNoFigures() {
    add(1);
    assertTrue(results.median(FIGURE.of("lmdb")).isEmpty());
    assertTrue(results.least(FIGURE.of("lmdb")).isEmpty());
  }

  @Test
  void phasesAreThoseOfOneGroupAndMetric() {
    add(1);
    results.add(new Sample("100B", 1, new Measure("lmdb", "overwrite", "ops_per_s", 1)));
    results.add(new Sample("1KiB", 1, new Measure("lmdb", "delete", "ops_per_s", 1)));
    results.add(new Sample("100B", 1, new Measure("lmdb", "memory", "bytes_per_key", 1)));
    assertEquals(List.of("get-hit", "overwrite"), results.phases("100B", "ops_per_s"));
  }
}
