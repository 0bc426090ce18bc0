package io.bitkv.server;

import io.bitkv.api.InvalidOptionException;
import java.util.EnumSet;
import java.util.Set;

/**
 * Which changes of keys are published, in the letters that Redis has for them. Immutable.
 *
 * @param kinds the kinds of changes
 * @param isByKey whether they are published on a channel of the key's name
 * @param isByEvent whether they are published on a channel of the change's name
 */
record NotificationClasses(Set<Kind> kinds, boolean isByKey, boolean isByEvent) {

  /** The kinds of changes. Those of types that there are not here may be asked for, and never come. */
  enum Kind {
    GENERIC('g'),
    STRING('$'),
    LIST('l'),
    SET('s'),
    HASH('h'),
    SORTED_SET('z'),
    EXPIRED('x'),
    EVICTED('e'),
    STREAM('t'),
    MODULE('d');

    private final char letter;

    Kind(char letter) {
      this.letter = letter;
    }
  }

  static final NotificationClasses NONE =
      new NotificationClasses(EnumSet.noneOf(Kind.class), false, false);

  /** Reads letters: {@code A} is all kinds, {@code K} and {@code E} are the two channels. */
  static NotificationClasses parse(String letters) {
    Set<Kind> kinds = EnumSet.noneOf(Kind.class);
    for (char letter : letters.toCharArray()) {
      if (letter == 'A') {
        kinds.addAll(EnumSet.allOf(Kind.class));
      } else if (letter != 'K' && letter != 'E') {
        kinds.add(kind(letter));
      }
    }
    return new NotificationClasses(
        kinds, letters.indexOf('K') >= 0, letters.indexOf('E') >= 0);
  }

  private static Kind kind(char letter) {
    for (Kind kind : Kind.values()) {
      if (kind.letter == letter) {
        return kind;
      }
    }
    throw new InvalidOptionException("Invalid event class character. Use 'Ag$lshzxeKEtd'.");
  }

  /** Whether any change is published. */
  boolean isAny() {
    return (isByKey || isByEvent) && !kinds.isEmpty();
  }

  /** Whether a change of a kind is published. */
  boolean has(Kind kind) {
    return (isByKey || isByEvent) && kinds.contains(kind);
  }

  @Override
  public String toString() {
    StringBuilder letters = new StringBuilder();
    if (kinds.size() == Kind.values().length) {
      letters.append('A');
    } else {
      kinds.forEach(kind -> letters.append(kind.letter));
    }
    return letters.append(isByKey ? "K" : "").append(isByEvent ? "E" : "").toString();
  }
}
