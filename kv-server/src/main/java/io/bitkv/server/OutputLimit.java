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

  /** Reads {@code normal HARD SOFT SECONDS}, the form that Redis's configuration has. */
  static OutputLimit parse(String text) {
    String[] words = text.trim().split("\\s+");
    if (words.length != 4 || !words[0].equals("normal")) {
      throw new InvalidOptionException(
          "\"" + text + "\" is no output limit; write: normal HARD SOFT SECONDS");
    }
    try {
      return new OutputLimit(
          Units.parseBytes(words[1]), Units.parseBytes(words[2]), Integer.parseInt(words[3]));
    } catch (NumberFormatException e) {
      throw new InvalidOptionException("\"" + words[3] + "\" is not a whole number of seconds", e);
    }
  }

  @Override
  public String toString() {
    return "normal " + hardBytes + " " + softBytes + " " + softSeconds;
  }
}
