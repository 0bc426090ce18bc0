package io.bitkv.server;

import io.bitkv.api.EmbeddedStore;
import io.bitkv.api.KeyValueStore;
import io.bitkv.api.MergeOptions;
import io.bitkv.api.MergePlan;
import io.bitkv.api.MergeReport;
import io.bitkv.api.StoreListener;
import io.bitkv.api.StoreOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * {@code kv merge}: gives back the space that dead entries take in a store which nobody has open,
 * or tells what that would bring and cost.
 */
final class MergeCommand implements Callable<Integer> {

  private static final String EXPLAIN = "--explain";
  private static final String ALL = "--all";

  private final Console console;
  private final CommandSpec spec;

  MergeCommand(Console console) {
    this.console = console;
    spec = StandardOptions.command("merge", this);
    spec.usageMessage()
        .description(
            "Merges the segments of a store, so that the space of overwritten, deleted and expired"
                + " entries comes back. A running server does so by itself.");
    spec.addOption(
        OptionSpec.builder(EXPLAIN)
            .type(boolean.class)
            .arity("0")
            .description("tell which segments would be merged, why, at what cost, and merge nothing")
            .build());
    spec.addOption(
        OptionSpec.builder(ALL)
            .type(boolean.class)
            .arity("0")
            .description("merge whatever gives back any byte, not only what a server would merge")
            .build());
    spec.addPositional(
        PositionalParamSpec.builder()
            .paramLabel("DIR")
            .arity("1")
            .index("0")
            .type(Path.class)
            .description("the directory of the store")
            .build());
  }

  /** The command as the command line knows it. */
  CommandSpec spec() {
    return spec;
  }

  @Override
  public Integer call() {
    ParseResult arguments = spec.commandLine().getParseResult();
    Path directory = arguments.matchedPositionalValue(0, Path.of(""));
    if (!Files.isDirectory(directory)) {
      throw new ParameterException(
          spec.commandLine(), "there is no directory " + directory + "; name that of a store");
    }
    StoreOptions options =
        StoreOptions.defaults()
            .withMerges(MergeOptions.defaults().withEnabled(false))
            .withListener(this::tell);
    boolean isForced = arguments.hasMatchedOption(ALL);
    try (EmbeddedStore store = KeyValueStore.open(directory, options)) {
      if (arguments.hasMatchedOption(EXPLAIN)) {
        explain(store.merges().explain(isForced));
      } else {
        report(store.merges().run(isForced));
      }
    }
    return 0;
  }

  private void explain(MergePlan plan) {
    for (MergePlan.Merge merge : plan.merges()) {
      console
          .out()
          .println(
              "merge "
                  + ids(merge.segments())
                  + ": "
                  + merge.reason()
                  + "; reads "
                  + Units.humanBytes(merge.readBytes())
                  + ", writes "
                  + Units.humanBytes(merge.writeBytes())
                  + ", gives back "
                  + Units.humanBytes(merge.reclaimedBytes()));
    }
    for (MergePlan.Other other : plan.others()) {
      console.out().println("leave " + other.segment() + ": " + other.reason());
    }
    console
        .out()
        .println(
            "in all: "
                + count(plan.merges().size(), "merge")
                + ", "
                + Units.humanBytes(plan.costBytes())
                + " to read and write, "
                + Units.humanBytes(plan.reclaimedBytes())
                + " given back");
  }

  private static String count(long number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }

  private static String ids(List<Long> segments) {
    return segments.stream().map(String::valueOf).collect(Collectors.joining(" "));
  }

  private void report(MergeReport report) {
    console
        .out()
        .println(
            report.merges() == 0
                ? "nothing to merge"
                : count(report.segmentsIn(), "segment")
                    + " became "
                    + report.merges()
                    + "; "
                    + Units.humanBytes(report.reclaimedBytes())
                    + " given back");
  }

  private void tell(StoreListener.Event event) {
    switch (event) {
      case StoreListener.Merged merged when console.isTerminal() ->
          console
              .err()
              .println(
                  "merged "
                      + ids(merged.inputs())
                      + ": "
                      + Units.humanBytes(merged.report().reclaimedBytes())
                      + " given back");
      case StoreListener.Warning warning ->
          console.err().println("kv merge: " + warning.file() + ": " + warning.detail());
      default -> {
        // What else happens to the store is of no interest here.
      }
    }
  }
}
