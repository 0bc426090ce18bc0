package io.bitkv.api;

import java.util.Objects;

/**
 * Which keyspace of a store: one of the numbered ones, or one with a name.
 *
 * {@snippet file="io/bitkv/api/SnippetsTest.java" region="keyspaceId"}
 */
public sealed interface KeyspaceId {

  /** The keyspace that a {@link KeyValueStore}'s own methods use. */
  KeyspaceId DEFAULT = new Numbered(0);

  /** How many numbered keyspaces there are: 0 to this, exclusive. */
  int NUMBERED_LIMIT = 1024;

  /** The greatest length of a name, in characters. */
  int NAME_LIMIT = 255;

  /**
   * A numbered keyspace; these are the databases of the wire protocol's {@code SELECT}.
   *
   * @param number 0 to 1023
   */
  record Numbered(int number) implements KeyspaceId {
    /** Checks the number's range. */
    public Numbered {
      if (number < 0 || number >= NUMBERED_LIMIT) {
        throw new InvalidOptionException("a keyspace number is 0 to " + (NUMBERED_LIMIT - 1) + ", not " + number);
      }
    }

    @Override
    public String toString() {
      return Integer.toString(number);
    }
  }

  /**
   * A named keyspace; it comes into being with its first write.
   *
   * @param name 1 to 255 characters
   */
  record Named(String name) implements KeyspaceId {
    /** Checks the name's length. */
    public Named {
      Objects.requireNonNull(name, "name");
      if (name.isEmpty() || name.length() > NAME_LIMIT) {
        throw new InvalidOptionException("a keyspace name has 1 to " + NAME_LIMIT + " characters, not " + name.length());
      }
    }

    @Override
    public String toString() {
      return '"' + name + '"';
    }
  }
}
