package io.bitkv.server;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;

/**
 * How a client that keeps values of its own is told that they have changed. Immutable.
 *
 * @param options what it asked for
 * @param redirect the number of the client that is told in its place; 0 for itself
 * @param prefixes how the keys begin of whose every change it is told; none if it is told of those
 *     that it has read
 */
record Tracking(Set<Option> options, long redirect, List<ByteBuffer> prefixes) {

  /** What a client may ask for, in the order of {@code CLIENT TRACKINGINFO}. */
  enum Option {
    /** It is told of all changes of keys that begin in some way. */
    BCAST,
    /** What it reads counts only after {@code CLIENT CACHING YES}. */
    OPTIN,
    /** What it reads does not count after {@code CLIENT CACHING NO}. */
    OPTOUT,
    /** It is not told of its own changes. */
    NOLOOP
  }

  boolean has(Option option) {
    return options.contains(option);
  }

  /** Whether the keys that a request reads count, given whether it follows {@code CLIENT CACHING}. */
  boolean isReadNoted(boolean isCachingGiven) {
    return !has(Option.BCAST)
        && (!has(Option.OPTIN) || isCachingGiven)
        && (!has(Option.OPTOUT) || !isCachingGiven);
  }

  /** Whether every change of a key is told. */
  boolean covers(byte[] key) {
    return has(Option.BCAST) && prefixes.stream().anyMatch(prefix -> begins(key, prefix));
  }

  private static boolean begins(byte[] key, ByteBuffer prefix) {
    return key.length >= prefix.remaining()
        && ByteBuffer.wrap(key, 0, prefix.remaining()).equals(prefix);
  }
}
