package io.bitkv.server;

import io.bitkv.api.BackupReport;
import io.bitkv.api.ImportReport;
import io.bitkv.api.KeyValueStore;
import io.bitkv.api.RepairReport;
import io.bitkv.api.StoreTools;
import io.bitkv.api.VerifyReport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/**
 * {@code kv verify}, {@code repair}, {@code import-seed}, {@code backup} and {@code restore}: work on
 * a store's files, without a server.
 */
final class StoreCommands {

  private static final int NOT_SOUND = 1;

  private static final String STRICT = "--strict";

  private final Console console;

  /** What one of the commands does with its directories, and its exit status. */
  @FunctionalInterface
  private interface Action {
    int run(ParseResult options, List<Path> directories, ProgressLine progress);
  }

  StoreCommands(Console console) {
    this.console = console;
  }

  /** The commands as the command line knows them. */
  List<CommandSpec> specs() {
    return List.of(
        spec(
            "verify",
            List.of("DIR"),
            List.of(
                "Checks every byte of a store and names each range that is damaged; exit status 1"
                    + " if there is one. Writes nothing, and needs no lock."),
            this::verify),
        repairSpec(),
        spec(
            "import-seed",
            List.of("DIR", "NEWDIR"),
            List.of(
                "Makes a store from the files of the program that this one descends from"
                    + " (<seconds>_segment.data), by file and then by place; a torn end is left out"
                    + " and named. Exit status 1 if an entry could not be taken over."),
            this::importSeed),
        spec(
            "backup",
            List.of("DIR", "BACKUPS"),
            List.of(
                "Backs up a store, also one that a server is serving, at one moment: into a"
                    + " directory of its own within BACKUPS, by hard links where the file system"
                    + " allows it. What an earlier backup in there has already is not stored"
                    + " again. Everything new is checked."),
            this::backup),
        spec(
            "restore",
            List.of("BACKUP", "NEWDIR"),
            List.of(
                "Makes a store out of a backup, or of the newest in a directory of backups, and"
                    + " checks every byte."),
            this::restore));
  }

  private CommandSpec repairSpec() {
    return spec(
            "repair",
            List.of("DIR", "NEWDIR"),
            List.of(
                "Copies everything that is whole of a damaged store into a new directory, and tells"
                    + " what was lost. The damaged store is not changed.",
                "A deleted key stays deleted. Where an entry is lost of which no hint file tells,"
                    + " older values may have been overwritten or deleted by it: they are kept, or"
                    + " left out with "
                    + STRICT
                    + "."),
            this::repair)
        .addOption(
            OptionSpec.builder(STRICT)
                .description("leave out values that may have been overwritten or deleted")
                .build());
  }

  private CommandSpec spec(
      String name, List<String> labels, List<String> description, Action action) {
    CommandSpec[] self = new CommandSpec[1];
    Callable<Integer> run = () -> run(self[0], labels.size(), action);
    self[0] = StandardOptions.command(name, run);
    self[0].usageMessage().description(description.toArray(String[]::new));
    for (int i = 0; i < labels.size(); i++) {
      self[0].addPositional(
          PositionalParamSpec.builder()
              .paramLabel(labels.get(i))
              .arity("1")
              .required(true)
              .index(Integer.toString(i))
              .type(Path.class)
              .build());
    }
    return self[0];
  }

  private int run(CommandSpec spec, int count, Action action) {
    ParseResult options = spec.commandLine().getParseResult();
    List<Path> directories = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      directories.add(options.matchedPositionalValue(i, null));
    }
    try (ProgressLine progress = new ProgressLine(console)) {
      return action.run(options, directories, progress);
    }
  }

  private int verify(ParseResult options, List<Path> directories, ProgressLine progress) {
    VerifyReport report = KeyValueStore.tools().verify(directories.getFirst(), progress);
    print(progress, StoreReports.of(report));
    return report.isSound() ? 0 : NOT_SOUND;
  }

  private int repair(ParseResult options, List<Path> directories, ProgressLine progress) {
    boolean isStrict = options.hasMatchedOption(STRICT);
    StoreTools.Doubtful doubtful =
        isStrict ? StoreTools.Doubtful.LEAVE_OUT : StoreTools.Doubtful.KEEP;
    RepairReport report =
        KeyValueStore.tools()
            .repair(directories.getFirst(), directories.getLast(), doubtful, progress);
    print(progress, StoreReports.of(report, isStrict, STRICT));
    return 0;
  }

  private int importSeed(ParseResult options, List<Path> directories, ProgressLine progress) {
    ImportReport report =
        KeyValueStore.tools().importSeed(directories.getFirst(), directories.getLast(), progress);
    print(progress, StoreReports.of(report));
    return report.isComplete() ? 0 : NOT_SOUND;
  }

  private int backup(ParseResult options, List<Path> directories, ProgressLine progress) {
    BackupReport report =
        KeyValueStore.tools().backup(directories.getFirst(), directories.getLast(), progress);
    print(progress, StoreReports.of(report));
    return 0;
  }

  private int restore(ParseResult options, List<Path> directories, ProgressLine progress) {
    BackupReport report =
        KeyValueStore.tools().restore(directories.getFirst(), directories.getLast(), progress);
    print(progress, StoreReports.of(report));
    return 0;
  }

  private void print(ProgressLine progress, List<String> lines) {
    progress.close();
    lines.forEach(console.out()::println);
  }
}
