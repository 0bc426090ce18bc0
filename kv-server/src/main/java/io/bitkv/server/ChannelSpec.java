package io.bitkv.server;

import java.util.stream.IntStream;

/**
 * Where the channels that a command uses stand among its arguments.
 *
 * @param first the first one's index
 * @param last the last one's index; -1 is the last argument
 * @param isPattern whether they are patterns of channels
 */
record ChannelSpec(int first, int last, boolean isPattern) {

  /** The channels' indexes in a request of so many arguments. */
  IntStream indexes(int count) {
    return IntStream.rangeClosed(first, last < 0 ? count + last : last);
  }
}
