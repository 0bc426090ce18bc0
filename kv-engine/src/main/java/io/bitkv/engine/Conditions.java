package io.bitkv.engine;

import io.bitkv.api.Condition;
import java.util.Arrays;
import java.util.function.Supplier;

/** Says whether what is stored under a key meets the condition of a write. */
final class Conditions {
  private Conditions() {}

  /** Whether a condition holds of an absent key. */
  static boolean holdsForAbsent(Condition condition) {
    return condition instanceof Condition.Always || condition instanceof Condition.IfAbsent;
  }

  /** Whether a condition holds of a key that exists. */
  static boolean holdsForPresent(Condition condition, long version, Supplier<byte[]> value) {
    return switch (condition) {
      case Condition.Always always -> true;
      case Condition.IfAbsent absent -> false;
      case Condition.IfPresent present -> true;
      case Condition.IfVersion expected -> version == expected.version();
      case Condition.IfEquals expected -> Arrays.equals(value.get(), expected.value());
    };
  }
}
