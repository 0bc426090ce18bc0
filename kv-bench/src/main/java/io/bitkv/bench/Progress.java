package io.bitkv.bench;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Tells how far a run is and how long it will take: what its steps were thought to take, corrected by how long those took that are done.
 * For one thread.
 */
final class Progress {

  private static final double NANOS = 1e9;

  private final PrintStream out;
  private final List<Double> estimates = new ArrayList<>();
  private int done;
  private long begun;
  private double expected;
  private double spent;

  /** Makes a progress without steps, which tells where it is told to. */
  Progress(PrintStream out) {
    this.out = out;
  }

  /** Announces a step that may take so many seconds. */
  void expect(double seconds) {
    estimates.add(seconds);
  }

  /** Says something in one line. */
  void say(String text) {
    out.println("bench: " + text);
  }

  /** Begins the next step that was announced, and says its name. */
  void begin(String name) {
    say("[%d/%d] %s (about %s left)".formatted(done + 1, estimates.size(), name, text(left())));
    begun = System.nanoTime();
  }

  /** Ends the step that was begun. */
  void end() {
    ended((System.nanoTime() - begun) / NANOS);
  }

  /** Takes the next step for done that took so many seconds. */
  void ended(double seconds) {
    expected += estimates.get(done);
    done++;
    spent += seconds;
  }

  /** Tells how long the steps that have not ended may still take, in seconds. */
  double left() {
    double sum = 0;
    for (double seconds : estimates.subList(done, estimates.size())) {
      sum += seconds;
    }
    return expected == 0 ? sum : sum * spent / expected;
  }

  /** Writes a time for people: in seconds below two minutes, in minutes from there on. */
  static String text(double seconds) {
    Duration duration = Duration.ofSeconds(Math.round(seconds));
    return duration.toMinutes() < 2 ? duration.toSeconds() + " s" : Math.round(seconds / 60) + " min";
  }
}
