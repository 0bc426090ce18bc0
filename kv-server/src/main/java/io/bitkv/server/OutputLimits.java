package io.bitkv.server;

import io.bitkv.api.InvalidOptionException;
import java.util.Locale;

/**
 * How much may wait for each class of clients.
 *
 * @param normal for clients that are sent what they ask for
 * @param pubsub for clients that are sent what others do: subscribers, monitors
 */
record OutputLimits(OutputLimit normal, OutputLimit pubsub) {

  static final OutputLimits DEFAULT =
      new OutputLimits(
          new OutputLimit(1L << 30, 256 << 10, 30), new OutputLimit(32L << 20, 8 << 20, 60));

  /** Each class has its name and three numbers. */
  private static final int WORDS = 4;

  /**
   * Reads classes, each {@code CLASS HARD SOFT SECONDS}, the form that Redis's configuration has.
   *
   * @param text the classes; those not named keep their limits
   * @param present the present limits
   */
  static OutputLimits parse(String text, OutputLimits present) {
    String[] words = text.trim().split("\\s+");
    if (words.length % WORDS != 0) {
      throw unknown(text);
    }
    OutputLimits limits = present;
    for (int i = 0; i < words.length; i += WORDS) {
      OutputLimit limit = OutputLimit.parse(words, i + 1);
      limits =
          switch (words[i].toLowerCase(Locale.ROOT)) {
            case "normal" -> new OutputLimits(limit, limits.pubsub);
            case "pubsub" -> new OutputLimits(limits.normal, limit);
            default -> throw unknown(text);
          };
    }
    return limits;
  }

  private static InvalidOptionException unknown(String text) {
    return new InvalidOptionException(
        "\"" + text + "\" is no output limit; write: normal HARD SOFT SECONDS, or pubsub, or both");
  }

  @Override
  public String toString() {
    return "normal " + normal + " pubsub " + pubsub;
  }
}
