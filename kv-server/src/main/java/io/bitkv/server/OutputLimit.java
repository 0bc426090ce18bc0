package io.bitkv.server;

import io.bitkv.api.InvalidOptionException;

/**
 * How much may wait for a client that reads slowly.
 *
 * @param hardBytes a reply that makes more than this wait closes the connection
 * @param softBytes with more than this waiting, the client's further commands are not read until it
 *     has taken some
 * @param softSeconds a client that takes nothing for this long while more than {@code softBytes}
 *     wait is closed
 */
record OutputLimit(long hardBytes, long softBytes, int softSeconds) {

  /** Checks the bounds. */
  OutputLimit {
    if (hardBytes < 1 || softBytes < 1 || softBytes > hardBytes || softSeconds < 1) {
      throw new InvalidOptionException(
          "an output limit is a hard limit, a soft limit not above it, and a number of seconds, all"
              + " greater than 0");
    }
  }

  /** Reads the three numbers from words, the first of which has an index. */
  static OutputLimit parse(String[] words, int first) {
    try {
      return new OutputLimit(
          Units.parseBytes(words[first]),
          Units.parseBytes(words[first + 1]),
          Integer.parseInt(words[first + 2]));
    } catch (NumberFormatException e) {
      throw new InvalidOptionException(
          "\"" + words[first + 2] + "\" is not a whole number of seconds", e);
    }
  }

  @Override
  public String toString() {
    return hardBytes + " " + softBytes + " " + softSeconds;
  }
}
