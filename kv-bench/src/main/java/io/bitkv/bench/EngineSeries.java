package io.bitkv.bench;

import io.bitkv.bench.subject.Subjects;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bin/bench engine}: this engine beside its peers, each subject in a JVM of its own, the rounds interleaved. */
@Command(name = "engine", description = "Measures the embedded engine beside its peers.", mixinStandardHelpOptions = true)
final class EngineSeries implements Callable<Integer> {

  private static final List<String> JVM_FLAGS =
      List.of(
          "-Xms2g",
          "-Xmx6g",
          "-XX:+UseParallelGC",
          "-XX:+UseCompactObjectHeaders",
          "-Dchronicle.analytics.disable=true",
          "-Dchronicle.announcer.disable=true",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow",
          "--add-opens=java.base/java.lang=ALL-UNNAMED",
          "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED",
          "--add-opens=java.base/java.io=ALL-UNNAMED",
          "--add-opens=java.base/java.nio=ALL-UNNAMED",
          "--add-opens=java.base/java.util=ALL-UNNAMED",
          "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
          "--add-opens=jdk.compiler/com.sun.tools.javac=ALL-UNNAMED",
          "--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED",
          "--add-exports=java.base/sun.nio.ch=ALL-UNNAMED",
          "--add-exports=jdk.unsupported/sun.misc=ALL-UNNAMED",
          "--add-exports=jdk.compiler/com.sun.tools.javac.file=ALL-UNNAMED");

  @Option(names = "--keys", description = "How many keys (default: ${DEFAULT-VALUE}).")
  private long keys = 1_000_000;

  @Option(names = "--value-bytes", description = "How long each value is (default: ${DEFAULT-VALUE}).")
  private int valueBytes = 100;

  @Option(names = "--rounds", description = "How many rounds; medians are taken over them (default: ${DEFAULT-VALUE}).")
  private int rounds = 5;

  @Option(names = "--quick", description = "A tenth of the keys and one round: a first impression within five minutes.")
  private boolean isQuick;

  @Option(names = "--subjects", split = ",", description = "Which stores, separated by commas (default: all).")
  private List<String> subjects = Subjects.names();

  @Option(names = "--dir", description = "Where the stores write (default: ${DEFAULT-VALUE}).")
  private Path directory = Path.of("target", "bench");

  @Option(names = "--out", description = "Where raw lines and report go (default: ${DEFAULT-VALUE}).")
  private Path out = Path.of("docs", "benchmarks");

  @Override
  public Integer call() throws Exception {
    if (isQuick) {
      keys /= 10;
      rounds = 1;
    }
    String title = "engine-" + keys + "x" + valueBytes;
    Files.createDirectories(out);
    Results results = new Results();
    List<String> raw = new ArrayList<>();
    raw.add("# " + Machine.describe());
    raw.add("# bin/bench engine --keys " + keys + " --value-bytes " + valueBytes + " --rounds " + rounds);
    for (int round = 1; round <= rounds; round++) {
      child(RawLimits.class, List.of(directory.resolve("limits").toString()), results, raw);
      for (String subject : subjects) {
        System.err.printf("round %d of %d: %s%n", round, rounds, subject);
        Path own = directory.resolve(subject);
        Footprint.delete(own);
        child(Worker.class, List.of(subject, own.toString(), Long.toString(keys), Integer.toString(valueBytes)), results, raw);
        Footprint.delete(own);
      }
      Files.write(out.resolve(title + ".tsv"), raw);
    }
    new EngineReport(results, title, raw.subList(0, 2)).write(out);
    return 0;
  }

  /** Runs a class in a JVM of its own and collects the raw lines it prints. */
  private void child(Class<?> main, List<String> args, Results results, List<String> raw) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(JVM_FLAGS);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(args);
    Path log = directory.resolve("last.log");
    Files.createDirectories(directory);
    Process process = new ProcessBuilder(command).redirectError(log.toFile()).start();
    try (BufferedReader lines = process.inputReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (Measure.isLine(line)) {
          raw.add(line);
          results.add(Measure.parse(line));
        }
      }
    }
    if (process.waitFor() != 0) {
      fail(args, log);
    }
  }

  /** A subject that fails is named, with what it said, and left out: the others' figures stand. */
  private static void fail(List<String> args, Path log) throws IOException {
    PrintStream err = System.err;
    err.println("failed: " + args);
    try (var lines = Files.lines(log)) {
      lines.limit(5).forEach(line -> err.println("  " + line));
    }
  }
}
