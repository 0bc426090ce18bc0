package io.bitkv.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Raw lines: nothing that was measured is lost. */
class RecorderTest {
  private static final Measure MEASURE = new Measure("bitkv", "get-hit", "ops_per_s", 1234.5);

  @TempDir Path directory;

  @Test
  void aFigureIsInTheFileAsSoonAsItIsAdded() throws IOException {
    Path file = directory.resolve("new").resolve("engine.tsv");
    Recorder recorder = Recorder.begin(file, List.of("a machine"));
    recorder.add(new Sample("100B", 2, MEASURE));
    assertEquals(
        List.of("# a machine", Sample.COLUMNS, "100B\t2\tbitkv\tget-hit\tops_per_s\t1234.500"), Files.readAllLines(file));
  }

  @Test
  void aFileReadBackHoldsTheSameFiguresAndNotes() throws IOException {
    Path file = directory.resolve("engine.tsv");
    Recorder written = Recorder.begin(file, List.of("a machine"));
    written.add(new Sample("100B", 1, MEASURE));
    written.note("failed: lmdb");
    Recorder read = Recorder.read(file);
    assertEquals(written.notes(), read.notes());
    assertEquals(
        OptionalDouble.of(1234.5), read.results().median(new Figure("100B", "bitkv", "get-hit", "ops_per_s")));
  }

  @Test
  void aNewRunReplacesTheLinesOfTheOneBefore() throws IOException {
    Path file = directory.resolve("engine.tsv");
    Recorder.begin(file, List.of("first"));
    Recorder.begin(file, List.of("second"));
    assertEquals(List.of("second"), Recorder.read(file).notes());
  }

  @Test
  void aLineThatIsNoRawLineIsRefused() throws IOException {
    Path file = Files.writeString(directory.resolve("engine.tsv"), "100B\t1\tbitkv\n");
    assertThrows(IllegalArgumentException.class, () -> Recorder.read(file));
  }

  @Test
  void aChildsLineComesBackAndOtherOutputIsNone() {
    assertTrue(Measure.isLine(MEASURE.line()));
    assertEquals(MEASURE, Measure.parse(MEASURE.line()));
    assertFalse(Measure.isLine("measure of all things"));
    assertFalse(Measure.isLine("measure\tcut off"));
  }
}
