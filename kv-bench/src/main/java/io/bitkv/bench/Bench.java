package io.bitkv.bench;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The benchmarks' program, called by {@code bin/bench}. */
@Command(
    name = "bench",
    description = "Measures bitkv beside what a Java user would pick instead.",
    mixinStandardHelpOptions = true,
    subcommands = {EngineSeries.class})
public final class Bench {

  private Bench() {}

  /**
   * Runs a series.
   *
   * @param args see {@code bin/bench --help}
   */
  public static void main(String[] args) {
    System.exit(new CommandLine(new Bench()).execute(args));
  }
}
