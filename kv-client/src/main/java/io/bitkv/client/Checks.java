package io.bitkv.client;

import io.bitkv.api.InvalidOptionException;
import java.time.Duration;

/** Checks of options: each hands back what can be used, and refuses the rest with a text that says what can. */
final class Checks {

  private Checks() {}

  /** A time that is enough to do anything in, and fits into a count of nanoseconds. */
  static Duration time(String what, Duration time) {
    if (time.compareTo(Duration.ofMillis(1)) < 0 || time.compareTo(Duration.ofDays(365)) > 0) {
      throw new InvalidOptionException("a " + what + " is 1 ms to 365 days, not " + time);
    }
    return time;
  }

  /** How many there are to be of something. */
  static int count(String what, int value, int max) {
    if (value < 1 || value > max) {
      throw new InvalidOptionException("the " + what + " is 1 to " + max + ", not " + value);
    }
    return value;
  }

  /** A name that Redis takes for a client's. */
  static String name(String name) {
    if (name.isEmpty() || !name.chars().allMatch(c -> c > ' ' && c < 0x7F)) {
      throw new InvalidOptionException("a client's name has visible ASCII characters and no blanks");
    }
    return name;
  }
}
