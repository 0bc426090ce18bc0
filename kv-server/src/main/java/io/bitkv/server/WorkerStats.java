package io.bitkv.server;

/**
 * What one event loop has counted. Only its own loop adds; others read without a lock and may see
 * the figures of a moment ago, which is good enough for statistics and costs the loop nothing.
 */
final class WorkerStats {

  /** What is counted for one command. */
  static final class CommandStats {
    private long calls;
    private long nanos;
    private final LatencyHistogram latency = new LatencyHistogram();
    private long rejected;
    private long failed;

    long calls() {
      return calls;
    }

    /** How often it took how long. */
    LatencyHistogram latency() {
      return latency;
    }

    /** How long it took in all, in nanoseconds. */
    long nanos() {
      return nanos;
    }

    /** How often it was refused before it ran. */
    long rejected() {
      return rejected;
    }

    /** How often it ran and ended in an error. */
    long failed() {
      return failed;
    }
  }

  private final CommandStats[] commands;
  private long commandCount;
  private long hits;
  private long misses;
  private long inputBytes;
  private long outputBytes;
  private long errors;
  private long lastSecondCommands;
  private long commandCountBefore;

  WorkerStats(int commandCount) {
    commands = new CommandStats[commandCount];
    for (int i = 0; i < commandCount; i++) {
      commands[i] = new CommandStats();
    }
  }

  void called(Command command, long nanos) {
    CommandStats counted = commands[command.number()];
    counted.calls++;
    counted.nanos += nanos;
    counted.latency.add(nanos);
    commandCount++;
  }

  void rejected(Command command) {
    commands[command.number()].rejected++;
    errors++;
  }

  void failed(Command command) {
    commands[command.number()].failed++;
    errors++;
  }

  /** Counts an error that belongs to no command. */
  void error() {
    errors++;
  }

  /** Counts a read of a key. */
  void read(boolean isHit) {
    if (isHit) {
      hits++;
    } else {
      misses++;
    }
  }

  void received(int bytes) {
    inputBytes += bytes;
  }

  void sent(long bytes) {
    outputBytes += bytes;
  }

  /** Begins to count anew. */
  void reset() {
    for (int i = 0; i < commands.length; i++) {
      commands[i] = new CommandStats();
    }
    commandCount = 0;
    commandCountBefore = 0;
    hits = 0;
    misses = 0;
    inputBytes = 0;
    outputBytes = 0;
    errors = 0;
  }

  /** Ends a second, for {@link #lastSecondCommands}. */
  void secondEnded() {
    lastSecondCommands = commandCount - commandCountBefore;
    commandCountBefore = commandCount;
  }

  CommandStats of(Command command) {
    return commands[command.number()];
  }

  long commandCount() {
    return commandCount;
  }

  long hits() {
    return hits;
  }

  long misses() {
    return misses;
  }

  long inputBytes() {
    return inputBytes;
  }

  long outputBytes() {
    return outputBytes;
  }

  long errors() {
    return errors;
  }

  /** How many commands ran in the last whole second. */
  long lastSecondCommands() {
    return lastSecondCommands;
  }
}
