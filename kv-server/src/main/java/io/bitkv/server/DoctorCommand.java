package io.bitkv.server;

import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;

/** {@code kv doctor}: tells whether a server would start here and run well. */
final class DoctorCommand implements Callable<Integer> {

  private static final int FAULTY = 1;

  private final Console console;
  private final InstantSource clock;
  private final CommandSpec spec;
  private final OptionFlags flags;

  DoctorCommand(Console console, Map<String, String> environment, InstantSource clock) {
    this.console = console;
    this.clock = clock;
    spec = StandardOptions.command("doctor", this);
    spec.usageMessage()
        .description(
            "Looks for what would keep a server from starting here, or from running well. Takes the"
                + " options of kv server, changes nothing, and need not be run before it.",
            "Exit status 1 if something has failed.");
    flags = new OptionFlags(spec, environment);
  }

  /** The command as the command line knows it. */
  CommandSpec spec() {
    return spec;
  }

  @Override
  public Integer call() {
    List<Checkup.Finding> findings = new Checkup(flags.read(), clock.instant()).run();
    for (Checkup.Finding finding : findings) {
      console
          .out()
          .println(
              String.format(
                  Locale.ROOT,
                  "%-4s  %-11s  %s",
                  finding.grade().name().toLowerCase(Locale.ROOT),
                  finding.what(),
                  finding.detail()));
    }
    boolean hasFailed =
        findings.stream().anyMatch(finding -> finding.grade() == Checkup.Grade.FAIL);
    return hasFailed ? FAULTY : 0;
  }
}
