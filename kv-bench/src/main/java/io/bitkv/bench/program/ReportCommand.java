package io.bitkv.bench.program;

import io.bitkv.bench.Recorder;
import io.bitkv.bench.client.ClientGoals;
import io.bitkv.bench.engine.EngineGoals;
import io.bitkv.bench.engine.GrowthSeries;
import io.bitkv.bench.micro.MicroSeries;
import io.bitkv.bench.report.Page;
import io.bitkv.bench.server.ServerGoals;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bin/bench report}: the page of a series anew, from the raw lines that a run left. */
@Command(name = "report", description = "Writes the page of a series beside the raw lines that a run left.")
final class ReportCommand implements Callable<Integer> {

  private static final String ENDING = ".tsv";

  private static final Map<String, Function<String, Page>> PAGES =
      Map.of(
          "engine", EngineGoals::page,
          "growth", GrowthSeries::page,
          "server", ServerGoals::page,
          "client", ClientGoals::page,
          "micro", MicroSeries::page);

  @Spec private CommandSpec spec;

  @Option(names = {"-h", "--help"}, usageHelp = true, description = "Shows this help.")
  private boolean isHelp;

  @Parameters(paramLabel = "FILE", description = "Raw lines: engine.tsv, growth.tsv, server.tsv, client.tsv or micro.tsv.")
  private Path file;

  @Override
  public Integer call() throws Exception {
    String series = file.getFileName().toString().replace(ENDING, "");
    Function<String, Page> pages = PAGES.get(series);
    if (pages == null || !Files.isReadable(file)) {
      throw new ParameterException(
          spec.commandLine(), file + " is no file of raw lines; it must exist and be called SERIES.tsv, such as engine.tsv");
    }
    Path directory = file.toAbsolutePath().getParent();
    pages.apply(series).write(Recorder.read(file), directory);
    System.err.println("bench: wrote " + directory.resolve(series + ".html"));
    return 0;
  }
}
