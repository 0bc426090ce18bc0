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

  static final Setting<Integer> LATENCY_MILLIS =
      Setting.changeable(
          "latency-monitor-threshold",
          "MILLISECONDS",
          "notes what takes this long for LATENCY; 0 notes nothing",
          0,
          Setting.number(0, Integer.MAX_VALUE));

  static final Setting<NotificationClasses> NOTIFICATIONS =
      Setting.changeable(
          "notify-keyspace-events",
          "LETTERS",
          "which changes of keys are published, by K on the key's channel, by E on the change's",
          NotificationClasses.NONE,
          new Setting.Form<>(NotificationClasses::parse, NotificationClasses::toString));

  static final Setting<Integer> TRACKED_KEYS =
      Setting.changeable(
          "tracking-table-max-keys",
          "NUMBER",
          "how many keys are remembered for clients that keep values of their own; 0 is no limit",
          1_000_000,
          Setting.number(0, Integer.MAX_VALUE));

  /** All of them, in the order of the help text. */
  static final List<Setting<?>> ALL = 
      List.of(SLOWLOG_MICROS, SLOWLOG_LENGTH, LATENCY_MILLIS, NOTIFICATIONS, TRACKED_KEYS);

  private DiagnosticSettings() {}
}
