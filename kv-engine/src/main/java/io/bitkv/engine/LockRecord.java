package io.bitkv.engine;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a lock file says of the process that holds it: its number and when it began, as {@code 4711 since 2026-01-31T09:15:00.120Z}.
 *
 * @param pid the number of the process
 * @param began when it began, which tells it from another of the same number; empty where the system does not say
 */
record LockRecord(long pid, Optional<Instant> began) {
  /** The longest text that is read. */
  static final int MAX_LENGTH = 128;

  private static final Pattern TEXT = Pattern.compile("([0-9]{1,18})( since ([0-9TZ:.+-]{1,40}))?\\s*");

  /** The record of this process. */
  static LockRecord own() {
    ProcessHandle own = ProcessHandle.current();
    return new LockRecord(own.pid(), own.info().startInstant());
  }

  /** Reads a record; empty if the text is none. */
  static Optional<LockRecord> parse(String text) {
    Matcher match = TEXT.matcher(text);
    if (!match.matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new LockRecord(Long.parseLong(match.group(1)), Optional.ofNullable(match.group(3)).map(Instant::parse)));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** Whether this very process runs. One that has ended and is only still listed, with no program to it, does not count. */
  boolean isAlive() {
    return ProcessHandle.of(pid)
        .map(ProcessHandle::info)
        .filter(info -> began.isPresent() && info.startInstant().equals(began) && info.command().isPresent())
        .isPresent();
  }

  /** The holder in words. */
  String describe() {
    return pid == ProcessHandle.current().pid() ? "this process (" + pid + ")" : "process " + pid;
  }

  @Override
  public String toString() {
    return pid + began.map(instant -> " since " + instant).orElse("") + "\n";
  }
}
