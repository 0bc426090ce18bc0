package io.bitkv.server;

import java.nio.charset.StandardCharsets;

/**
 * A pattern of keys that a user may read, write or both.
 *
 * @param text the pattern
 * @param glob what it matches
 * @param allowsReads whether values may be read
 * @param allowsWrites whether keys may be written
 */
record AclKeyPattern(String text, Glob glob, boolean allowsReads, boolean allowsWrites) {

  /** Makes one of its text. */
  static AclKeyPattern of(String text, boolean allowsReads, boolean allowsWrites) {
    Glob glob = Glob.of(text.getBytes(StandardCharsets.UTF_8));
    return new AclKeyPattern(text, glob, allowsReads, allowsWrites);
  }

  /** Whether it grants everything on every key. */
  boolean isEverything() {
    return text.equals("*") && allowsReads && allowsWrites;
  }

  /** Whether it allows what is asked for, on whichever keys. */
  boolean allows(boolean isRead, boolean isWritten) {
    return (allowsReads || !isRead) && (allowsWrites || !isWritten);
  }

  /** The rule that makes this pattern. */
  String rule() {
    if (allowsReads && allowsWrites) {
      return "~" + text;
    }
    return (allowsReads ? "%R~" : "%W~") + text;
  }
}
