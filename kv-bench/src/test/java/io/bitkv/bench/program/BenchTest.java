package io.bitkv.bench.program;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** How the benchmarks are called. */
class BenchTest {
  @TempDir Path directory;

  private final StringWriter err = new StringWriter();

  private int run(String... args) {
    return Bench.commandLine().setErr(new PrintWriter(err, true)).setOut(new PrintWriter(err, true)).execute(args);
  }

  @ParameterizedTest
  @ValueSource(strings = {"engine", "growth", "server", "client", "micro"})
  void everySeriesExplainsItself(String series) {
    assertEquals(CommandLine.ExitCode.OK, run(series, "--help"));
    assertTrue(err.toString().contains("--subjects"), err.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"engine", "growth", "server", "client", "micro"})
  void anUnknownSubjectIsRefusedAndTheKnownAreNamed(String series) {
    assertEquals(CommandLine.ExitCode.USAGE, run(series, "--subjects", "nosuchstore", "--out", directory.toString()));
    assertTrue(err.toString().contains("nothing is called 'nosuchstore'; choose of "), err.toString());
  }

  @Test
  void fewerThanOneRoundIsRefused() {
    assertEquals(CommandLine.ExitCode.USAGE, run("engine", "--rounds", "0", "--out", directory.toString()));
    assertTrue(err.toString().contains("--rounds is 1 or more, not 0"), err.toString());
  }

  @Test
  void aPageIsWrittenAnewFromRawLines() throws IOException {
    Path lines = directory.resolve("client.tsv");
    Files.writeString(lines, "# a machine\nclient\t1\tjedis\tone-thread\tcalls_per_s\t5000.000\n");
    assertEquals(CommandLine.ExitCode.OK, run("report", lines.toString()));
    assertTrue(Files.readString(directory.resolve("client.html")).contains("jedis"));
  }

  @Test
  void aFileThatIsNoSeriesIsRefused() {
    assertEquals(CommandLine.ExitCode.USAGE, run("report", directory.resolve("notes.txt").toString()));
    assertTrue(err.toString().contains("is no file of raw lines"), err.toString());
  }
}
