package io.bitkv.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitkv.bench.Figure;
import io.bitkv.bench.Measure;
import io.bitkv.bench.Recorder;
import io.bitkv.bench.Results;
import io.bitkv.bench.Sample;
import io.bitkv.bench.report.Goal.Bound;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of a run, and its goals. */
class PageTest {
  private static final String RATE = "ops_per_s";
  private static final Figure GET = new Figure("100B", "bitkv", "get-hit", RATE);
  private static final Goal REACHED = Goal.ofPeer("get <fast>", GET, "lmdb", Bound.AT_LEAST, 3);
  private static final Goal MISSED = Goal.ofNumber("get a billion", GET, Bound.AT_LEAST, 1e9);
  private static final Goal UNKNOWN = Goal.ofPeer("get beside halodb", GET, "halodb", Bound.AT_LEAST, 3);

  @TempDir Path directory;

  private Recorder recorder;

  @BeforeEach
  void record() throws IOException {
    recorder = Recorder.begin(directory.resolve("engine.tsv"), List.of("a machine & its <memory>"));
    recorder.add(new Sample("100B", 1, new Measure("bitkv", "get-hit", RATE, 2_000_000)));
    recorder.add(new Sample("100B", 1, new Measure("lmdb", "get-hit", RATE, 500_000)));
  }

  private String page() throws IOException {
    Chart chart = new Chart("gets", "100B", List.of("get-hit", "get-miss"), RATE, 1e-3);
    new Page("engine", "beside peers", List.of(REACHED, MISSED, UNKNOWN), List.of(chart)).write(recorder, directory);
    return Files.readString(directory.resolve("engine.html"));
  }

  @Test
  void aGoalIsARatioToAPeerOrANumber() {
    Results results = recorder.results();
    assertEquals(OptionalDouble.of(4), REACHED.ratio(results));
    assertTrue(REACHED.isReached(results));
    assertEquals(OptionalDouble.of(2_000_000), MISSED.ratio(results));
    assertFalse(MISSED.isReached(results));
    assertTrue(Goal.ofNumber("less is better", GET, Bound.AT_MOST, 1e9).isReached(results));
  }

  @Test
  void aGoalIsNotReachedWhoseFiguresAreMissing() {
    assertTrue(UNKNOWN.ratio(recorder.results()).isEmpty());
    assertFalse(UNKNOWN.isReached(recorder.results()));
  }

  @Test
  void aFigureIsGivenAsAShareOfTheMachinesLimit() {
    Goal limited = REACHED.withLimit(results -> OptionalDouble.of(8_000_000));
    assertEquals(OptionalDouble.of(0.25), limited.shareOfLimit(recorder.results()));
    assertTrue(REACHED.shareOfLimit(recorder.results()).isEmpty());
  }

  @Test
  void thePageNamesEveryGoalAndWhetherItIsReached() throws IOException {
    String page = page();
    assertTrue(page.contains("Goals: 1 of 3 reached"), page);
    assertTrue(page.contains("get &lt;fast&gt;"), page);
    assertTrue(page.contains("a machine &amp; its &lt;memory&gt;"), page);
    assertTrue(page.contains("not measured"), page);
  }

  @Test
  void thePageStandsByItself() throws IOException {
    String page = page();
    assertTrue(page.contains("<svg"), page);
    assertFalse(page.contains("src=") || page.contains("href=\"http"), page);
    assertTrue(Files.readString(directory.resolve("engine.svg")).contains("xmlns="));
  }

  @Test
  void numbersHaveAsManyDigitsAsAreWorthReading() {
    assertEquals("1,234,568", Page.number(1_234_567.8));
    assertEquals("123.5", Page.number(123.45));
    assertEquals("1.23", Page.number(1.234));
    assertEquals("0.0123", Page.number(0.01234));
  }
}
