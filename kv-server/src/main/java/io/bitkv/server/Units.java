package io.bitkv.server;

import io.bitkv.api.InvalidOptionException;
import io.bitkv.api.SyncPolicy;
import java.time.Duration;
import java.util.Locale;

/** The text forms of sizes, durations and sync policies in settings. */
final class Units {

  private static final String[] SIZE_SUFFIXES = {"", "kb", "mb", "gb"};

  private static final String HUMAN_UNITS = "BKMGT";

  private Units() {}

  /**
   * Reads a size: a whole number of bytes, or of {@code kb}, {@code mb} or {@code gb}, each 1,024
   * times the one before. As in Redis's configuration, {@code k}, {@code m} and {@code g} stand for
   * powers of 1,000.
   */
  static long parseBytes(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    int end = 0;
    while (end < lower.length() && Character.isDigit(lower.charAt(end))) {
      end++;
    }
    long factor =
        switch (lower.substring(end)) {
          case "", "b" -> 1;
          case "k" -> 1_000;
          case "kb" -> 1 << 10;
          case "m" -> 1_000_000;
          case "mb" -> 1 << 20;
          case "g" -> 1_000_000_000;
          case "gb" -> 1 << 30;
          default -> throw notASize(text);
        };
    try {
      return Math.multiplyExact(Long.parseLong(lower.substring(0, end)), factor);
    } catch (NumberFormatException | ArithmeticException e) {
      throw notASize(text);
    }
  }

  /** Writes a size in the largest unit that divides it. */
  static String formatBytes(long bytes) {
    int unit = 0;
    long rest = bytes;
    while (unit + 1 < SIZE_SUFFIXES.length && rest != 0 && rest % 1024 == 0) {
      rest /= 1024;
      unit++;
    }
    return rest + SIZE_SUFFIXES[unit];
  }

  /** Writes a size for people: two decimals of the largest unit that fits, as Redis does. */
  static String humanBytes(long bytes) {
    double rest = bytes;
    int unit = 0;
    while (rest >= 1024 && unit + 1 < HUMAN_UNITS.length()) {
      rest /= 1024;
      unit++;
    }
    return unit == 0
        ? bytes + "B"
        : String.format(Locale.ROOT, "%.2f%c", rest, HUMAN_UNITS.charAt(unit));
  }

  /**
   * Reads a sync policy: {@code always}, {@code never}, or {@code every:} and a number of {@code
   * ms} or {@code s}.
   */
  static SyncPolicy parseSync(String text) {
    return switch (text) {
      case "always" -> SyncPolicy.always();
      case "never" -> SyncPolicy.never();
      default -> {
        if (!text.startsWith("every:")) {
          throw new InvalidOptionException(
              "\"" + text + "\" is no sync policy; use always, every:1s (any time) or never");
        }
        yield SyncPolicy.every(parseDuration(text.substring("every:".length())));
      }
    };
  }

  /** Writes a sync policy in the form that {@link #parseSync} reads. */
  static String formatSync(SyncPolicy policy) {
    return switch (policy) {
      case SyncPolicy.Always always -> "always";
      case SyncPolicy.Never never -> "never";
      case SyncPolicy.Every every -> "every:" + formatDuration(every.interval());
    };
  }

  private static Duration parseDuration(String text) {
    boolean millis = text.endsWith("ms");
    String digits =
        millis
            ? text.substring(0, text.length() - 2)
            : text.endsWith("s") ? text.substring(0, text.length() - 1) : "";
    try {
      long number = Integer.parseInt(digits);
      return millis ? Duration.ofMillis(number) : Duration.ofSeconds(number);
    } catch (NumberFormatException e) {
      throw new InvalidOptionException(
          "\"" + text + "\" is no time; write a whole number of ms or s, for example 500ms or 1s",
          e);
    }
  }

  private static String formatDuration(Duration duration) {
    long millis = duration.toMillis();
    return millis % 1000 == 0 ? millis / 1000 + "s" : millis + "ms";
  }

  private static InvalidOptionException notASize(String text) {
    return new InvalidOptionException(
        "\"" + text + "\" is no size; write a whole number of bytes, or of kb, mb or gb");
  }
}
