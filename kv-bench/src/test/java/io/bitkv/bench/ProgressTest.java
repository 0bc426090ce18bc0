package io.bitkv.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** How long a run will take. */
class ProgressTest {
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private final Progress progress = new Progress(new PrintStream(said, true, StandardCharsets.UTF_8));

  @Test
  void beforeTheFirstStepItIsTheSumOfTheEstimates() {
    progress.expect(10);
    progress.expect(20);
    assertEquals(30, progress.left());
  }

  @Test
  void whenStepsTakeTwiceAsLongTheRestWillToo() {
    progress.expect(10);
    progress.expect(20);
    progress.expect(30);
    progress.ended(20);
    assertEquals(100, progress.left());
  }

  @Test
  void aStepIsNamedWithItsNumber() {
    progress.expect(10);
    progress.expect(20);
    progress.ended(10);
    progress.begin("lmdb");
    assertEquals("bench: [2/2] lmdb (about 20 s left)", said.toString(StandardCharsets.UTF_8).strip());
  }

  @Test
  void longTimesAreToldInMinutes() {
    assertEquals("119 s", Progress.text(119));
    assertEquals("2 min", Progress.text(120));
    assertEquals("61 min", Progress.text(3_640));
  }
}
