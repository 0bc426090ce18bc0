package io.bitkv.server;

import io.bitkv.api.Condition;
import io.bitkv.api.Expiry;
import io.bitkv.api.KeyRef;
import io.bitkv.api.KeyspaceId;
import java.time.Duration;

/** Reads the arguments of a KV command one after the other, in the terms of {@code docs/PROTOCOL-KV.md}. */
final class KvArguments {

  private final Arguments arguments;
  private int next = 1;

  KvArguments(Call call) {
    arguments = call.arguments();
  }

  boolean hasMore() {
    return next < arguments.count();
  }

  /** A keyspace: a number, or {@code @} and a name. */
  KeyspaceId space() {
    return space(text());
  }

  /** A keyspace as requests name it. */
  static KeyspaceId space(String text) {
    return text.startsWith("@") ? new KeyspaceId.Named(text.substring(1)) : new KeyspaceId.Numbered(number(text));
  }

  private static int number(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new CommandException("ERR a keyspace is a number, or @ and a name");
    }
  }

  /** A keyspace and a key in it. */
  KeyRef ref() {
    KeyspaceId space = space();
    return new KeyRef(space, arguments.key(index()));
  }

  byte[] bytes() {
    return arguments.bytes(index());
  }

  long integer() {
    return arguments.integer(index());
  }

  /** How many keys are to be looked at: 1 to a bound of the server's own. */
  int count(int max) {
    long count = integer();
    if (count < 1) {
      throw new CommandException("ERR count must be at least 1");
    }
    return (int) Math.min(max, count);
  }

  /** Takes a word, in upper or lower case, if it comes next. */
  boolean takes(String word) {
    if (hasMore() && arguments.is(next, word)) {
      next++;
      return true;
    }
    return false;
  }

  Condition condition() {
    if (takes("IFABSENT")) {
      return Condition.IF_ABSENT;
    }
    if (takes("IFPRESENT")) {
      return Condition.IF_PRESENT;
    }
    if (takes("IFVERSION")) {
      return new Condition.IfVersion(integer());
    }
    return takes("IFEQUALS") ? new Condition.IfEquals(bytes()) : Condition.ALWAYS;
  }

  Expiry expiry() {
    if (takes("KEEPTTL")) {
      return Expiry.KEEP;
    }
    if (takes("PX")) {
      return Expiry.after(Duration.ofMillis(integer()));
    }
    return takes("PXAT") ? new Expiry.At(integer()) : Expiry.NEVER;
  }

  /** Checks that everything was read. */
  void end() {
    if (hasMore()) {
      throw CommandException.SYNTAX;
    }
  }

  private String text() {
    return arguments.text(index());
  }

  private int index() {
    if (!hasMore()) {
      throw CommandException.SYNTAX;
    }
    return next++;
  }
}
