package io.bitkv.server;

import java.util.List;

/** The settings about what operators are shown. */
final class DiagnosticSettings {

  static final Setting<Integer> SLOWLOG_MICROS =
      Setting.changeable(
          "slowlog-log-slower-than",
          "MICROSECONDS",
          "notes requests that take this long in the slow log; -1 notes none",
          10_000,
          Setting.number(-1, Integer.MAX_VALUE));

  static final Setting<Integer> SLOWLOG_LENGTH =
      Setting.changeable(
          "slowlog-max-len",
          "NUMBER",
          "how many entries the slow log keeps",
          128,
          Setting.number(0, 1 << 20));

  /** All of them, in the order of the help text. */
  static final List<Setting<?>> ALL = List.of(SLOWLOG_MICROS, SLOWLOG_LENGTH);

  private DiagnosticSettings() {}
}
