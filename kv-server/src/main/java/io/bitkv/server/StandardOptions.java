package io.bitkv.server;

import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * What every command of the program has: a name, a version and the options that tell of them.
 *
 * <p>They are given one by one. The library's own mixin reads them from annotations, which takes a
 * tenth of the time that a server needs to start.
 */
final class StandardOptions {

  private StandardOptions() {}

  /** The program itself, which does nothing without a command. */
  static CommandSpec program(String name) {
    return withOptions(CommandSpec.create().name(name));
  }

  /** A command that does what is given, and ends with the exit status that this returns. */
  static CommandSpec command(String name, Callable<Integer> action) {
    return withOptions(CommandSpec.wrapWithoutInspection(action).name(name));
  }

  private static CommandSpec withOptions(CommandSpec spec) {
    return spec.version("bitkv " + Version.number())
        .addOption(
            OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("Show this help message and exit.")
                .build())
        .addOption(
            OptionSpec.builder("-V", "--version")
                .versionHelp(true)
                .description("Print version information and exit.")
                .build());
  }
}
