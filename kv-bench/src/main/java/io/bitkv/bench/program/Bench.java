package io.bitkv.bench.program;

import io.bitkv.bench.client.ClientSeries;
import io.bitkv.bench.engine.EngineSeries;
import io.bitkv.bench.engine.GrowthSeries;
import io.bitkv.bench.micro.MicroSeries;
import io.bitkv.bench.server.ServerSeries;
import java.io.IOException;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The benchmarks' program, called by {@code bin/bench}. */
@Command(
    name = "bench",
    description = "Measures bitkv beside what a Java user would pick instead.",
    mixinStandardHelpOptions = true,
    subcommands = {EngineSeries.class, GrowthSeries.class, ServerSeries.class, ClientSeries.class, MicroSeries.class, ReportCommand.class})
public final class Bench {

  private Bench() {}

  /**
   * Runs a series.
   *
   * @param args see {@code bin/bench --help}
   */
  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  /** Makes the command line with all series. */
  static CommandLine commandLine() {
    return new CommandLine(new Bench())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(
            (failure, line, result) -> {
              line.getErr().println("bench: " + (failure instanceof IOException ? failure.getMessage() : failure));
              return line.getCommandSpec().exitCodeOnExecutionException();
            });
  }
}
