package io.bitkv.engine;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a lock file says of the process that holds it: its number, when it began, and which file it wrote this to, as
 * {@code 4711 since 2026-01-31T09:15:00.120Z by (dev=fe00,ino=815)}.
 *
 * @param pid the number of the process
 * @param began when it began, which tells it from another of the same number; empty where the system does not say
 * @param file the inode of the lock file, which tells it from a copy that was made with the directory; empty where there is none
 */
record LockRecord(long pid, Optional<Instant> began, Optional<String> file) {
  /** The longest text that is read. */
  static final int MAX_LENGTH = 192;

  private static final Pattern TEXT =
      Pattern.compile("([0-9]{1,18})( since ([0-9TZ:.+-]{1,40}))?( by (\\([a-z0-9=,]{1,80}\\)))?\\s*");

  /** The record of this process in a lock file. */
  static LockRecord own(Optional<String> file) {
    ProcessHandle own = ProcessHandle.current();
    return new LockRecord(own.pid(), own.info().startInstant(), file);
  }

  /** Reads a record; empty if the text is none. */
  static Optional<LockRecord> parse(String text) {
    Matcher match = TEXT.matcher(text);
    if (!match.matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new LockRecord(
              Long.parseLong(match.group(1)),
              Optional.ofNullable(match.group(3)).map(Instant::parse),
              Optional.ofNullable(match.group(5))));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** Whether a process holds the lock file in which this was read: it wrote this to that very file, and it runs. */
  boolean holds(Optional<String> readIn) {
    return (file.isEmpty() || file.equals(readIn)) && isAlive();
  }

  /** Whether this very process runs. One that has ended and is only still listed, with no program to it, does not count. */
  private boolean isAlive() {
    return ProcessHandle.of(pid)
        .map(ProcessHandle::info)
        .filter(info -> began.isPresent() && info.startInstant().equals(began) && info.command().isPresent())
        .isPresent();
  }

  /** This process in words. */
  static String describeOwn() {
    return own(Optional.empty()).describe();
  }

  /** The holder in words. */
  String describe() {
    return pid == ProcessHandle.current().pid() ? "this process (" + pid + ")" : "process " + pid;
  }

  @Override
  public String toString() {
    return pid + began.map(instant -> " since " + instant).orElse("") + file.map(key -> " by " + key).orElse("") + "\n";
  }
}
