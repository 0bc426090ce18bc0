package io.bitkv.server;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Where some of a command's keys stand among its arguments, and what is done with them.
 *
 * @param first the first key's index
 * @param last the last key's index; a negative one counts from the end, -1 being the last argument
 * @param step how far apart the keys are
 * @param flags what is done with the keys, in the words of {@code COMMAND INFO}
 */
record KeySpec(int first, int last, int step, List<String> flags) {

  /** Whether something of their values is told or used. */
  boolean isRead() {
    return flags.contains("access");
  }

  /** Whether they may be changed. */
  boolean isWritten() {
    return flags.contains("update") || flags.contains("insert") || flags.contains("delete");
  }

  /** The keys' indexes in a request of so many arguments. */
  IntStream indexes(int count) {
    return IntStream.iterate(
        first, index -> index <= (last < 0 ? count + last : last), index -> index + step);
  }
}
