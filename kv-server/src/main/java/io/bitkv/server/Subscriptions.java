package io.bitkv.server;

import java.nio.ByteBuffer;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The channels and patterns that one client is subscribed to, in the order in which it did so. Used
 * by the client's event loop; others may read the counts of a moment ago.
 */
final class Subscriptions {

  private final Set<ByteBuffer> channels = new LinkedHashSet<>(0);
  private final Set<ByteBuffer> patterns = new LinkedHashSet<>(0);

  /** The names of channels, not to be changed. */
  Set<ByteBuffer> channels() {
    return channels;
  }

  /** The patterns, not to be changed. */
  Set<ByteBuffer> patterns() {
    return patterns;
  }

  int count() {
    return channels.size() + patterns.size();
  }
}
