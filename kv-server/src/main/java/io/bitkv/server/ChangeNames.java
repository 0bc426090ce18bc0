package io.bitkv.server;

import io.bitkv.api.Expiry;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;

/** The names that keyspace notifications have for what commands do to keys. */
final class ChangeNames {

  static final String SET = "set";
  static final String EXPIRE = "expire";
  static final String EXPIRED = "expired";

  /** A change that has no name, since it is of a whole database. */
  private static final String NONE = "";

  private static final String DELETE = "del";
  private static final String INCREMENT = "incrby";
  private static final String SET_BIT = "setbit";

  /** What writing a value is called when a command does it; {@link #SET} for the others. */
  private static final Map<String, String> PUTS =
      Map.ofEntries(
          Map.entry("append", "append"),
          Map.entry("setrange", "setrange"),
          Map.entry("incr", INCREMENT),
          Map.entry("decr", INCREMENT),
          Map.entry("incrby", INCREMENT),
          Map.entry("decrby", INCREMENT),
          Map.entry("incrbyfloat", "incrbyfloat"),
          Map.entry("setbit", SET_BIT),
          Map.entry("bitfield", SET_BIT),
          Map.entry("rename", "rename_to"),
          Map.entry("renamenx", "rename_to"),
          Map.entry("copy", "copy_to"),
          Map.entry("move", "move_to"),
          Map.entry("restore", "restore"),
          Map.entry("swapdb", NONE));

  private static final Map<String, String> DELETES =
      Map.of("rename", "rename_from", "renamenx", "rename_from", "move", "move_from");

  private static final Set<String> STRING_EVENTS =
      Set.of(SET, "append", "setrange", INCREMENT, "incrbyfloat", SET_BIT);

  private ChangeNames() {}

  /** What it is called when a command writes a value. */
  static String ofPut(Command command) {
    return PUTS.getOrDefault(command.name(), SET);
  }

  /** What it is called when a command deletes a key. */
  static String ofDelete(Command command) {
    return DELETES.getOrDefault(command.name(), DELETE);
  }

  /** What it is called when a key gets an expiry, or loses it. */
  static String ofExpire(Expiry expiry, InstantSource clock) {
    return switch (expiry) {
      case Expiry.Never never -> "persist";
      case Expiry.At at when at.epochMillis() <= clock.millis() -> DELETE;
      default -> EXPIRE;
    };
  }

  /** Which class of notifications a change belongs to. */
  static NotificationClasses.Kind kindOf(String event) {
    if (event.equals(EXPIRED)) {
      return NotificationClasses.Kind.EXPIRED;
    }
    return STRING_EVENTS.contains(event)
        ? NotificationClasses.Kind.STRING
        : NotificationClasses.Kind.GENERIC;
  }
}
