package io.bitkv.bench.engine;

import io.bitkv.bench.Workload;
import java.nio.file.Path;
import java.util.List;

/**
 * What a child process is to do; handed over as its arguments.
 *
 * @param subject the store
 * @param directory where it writes
 * @param keys how many keys there are
 * @param valueBytes how long the values are
 * @param phaseMillis after how long a phase ends that need not visit every key
 * @param isThorough whether the phases are run that take long and whose figures hardly vary
 */
record Plan(String subject, Path directory, long keys, int valueBytes, long phaseMillis, boolean isThorough) {

  /** Writes the arguments. */
  List<String> arguments() {
    return List.of(
        subject,
        directory.toString(),
        Long.toString(keys),
        Integer.toString(valueBytes),
        Long.toString(phaseMillis),
        Boolean.toString(isThorough));
  }

  /** Reads the arguments back. */
  static Plan parse(String... args) {
    return new Plan(
        args[0],
        Path.of(args[1]),
        Long.parseLong(args[2]),
        Integer.parseInt(args[3]),
        Long.parseLong(args[4]),
        Boolean.parseBoolean(args[5]));
  }

  Workload workload() {
    return new Workload(keys, valueBytes);
  }
}
