package io.bitkv.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** The options that every series has. */
public final class RunOptions {

  private static final String ROOT = System.getProperty("bench.root", ".");

  @Spec(Target.MIXEE)
  private CommandSpec spec;

  @Option(names = {"-h", "--help"}, usageHelp = true, description = "Shows this help.")
  private boolean isHelp;

  @Option(names = "--quick", description = "Fewer keys, shorter phases, one round: a first impression.")
  private boolean isQuick;

  @Option(names = "--rounds", paramLabel = "N", description = "How many rounds; medians are taken over them.")
  private Integer rounds;

  @Option(names = "--subjects", split = ",", paramLabel = "NAME", description = "Which to measure (default: all).")
  private List<String> subjects = new ArrayList<>();

  @Option(names = "--dir", paramLabel = "DIR", description = "Where stores write (default: target/bench/data).")
  private Path directory = Path.of(ROOT, "target", "bench", "data");

  @Option(names = "--out", paramLabel = "DIR", description = "Where page and raw lines go (default: target/bench/results).")
  private Path out = Path.of(ROOT, "target", "bench", "results");

  /** Makes the options as they are when none is given. */
  public RunOptions() {}

  /**
   * Tells whether a first impression is enough.
   *
   * @return whether it is
   */
  public boolean isQuick() {
    return isQuick;
  }

  /**
   * Tells how many rounds there are.
   *
   * @param usual how many of a full run, unless the caller says otherwise
   * @return at least 1
   */
  public int rounds(int usual) {
    if (rounds != null && rounds < 1) {
      throw new ParameterException(spec.commandLine(), "--rounds is 1 or more, not " + rounds);
    }
    return rounds != null ? rounds : isQuick ? 1 : usual;
  }

  /**
   * Tells which subjects to measure.
   *
   * @param all those there are
   * @return those asked for, in the order of all
   */
  public List<String> subjects(List<String> all) {
    for (String subject : subjects) {
      if (!all.contains(subject)) {
        throw new ParameterException(
            spec.commandLine(), "--subjects: nothing is called '" + subject + "'; choose of " + String.join(", ", all));
      }
    }
    return subjects.isEmpty() ? all : all.stream().filter(subjects::contains).toList();
  }

  /**
   * Tells where stores write.
   *
   * @return a directory, which may be absent
   */
  public Path directory() {
    return directory;
  }

  /**
   * Begins the raw lines of a run.
   *
   * @param series the series' name, which the file gets
   * @return takes the figures
   * @throws IOException if they cannot be written
   */
  public Recorder record(String series) throws IOException {
    List<String> arguments = spec.commandLine().getParseResult().originalArgs();
    return Recorder.begin(
        out.resolve(series + ".tsv"),
        List.of(
            Machine.describe(),
            "bin/bench " + String.join(" ", arguments),
            "commit " + System.getProperty("bench.commit", "unknown") + ", " + OffsetDateTime.now().withNano(0)));
  }

  /**
   * Tells where the page goes.
   *
   * @return a directory
   */
  public Path out() {
    return out.toAbsolutePath().normalize();
  }
}
