package io.bitkv.server;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Who is subscribed to what. Safe for use by all event loops; a client is subscribed and
 * unsubscribed by its own.
 */
final class Channels {

  /**
   * The subscribers of a pattern.
   *
   * @param glob what it matches
   * @param receivers who wants the messages
   */
  private record PatternEntry(Glob glob, Set<Connection> receivers) {}

  private final LiveOptions options;
  private final Map<ByteBuffer, Set<Connection>> channels = new ConcurrentHashMap<>();
  private final Map<ByteBuffer, PatternEntry> patterns = new ConcurrentHashMap<>();

  Channels(LiveOptions options) {
    this.options = options;
  }

  void subscribe(Connection client, byte[] channel) {
    ByteBuffer name = ByteBuffer.wrap(channel);
    if (client.subscriptions().channels().add(name)) {
      channels.compute(name, (same, receivers) -> with(receivers, client));
    }
  }

  void subscribePattern(Connection client, byte[] pattern) {
    ByteBuffer name = ByteBuffer.wrap(pattern);
    if (client.subscriptions().patterns().add(name)) {
      patterns.compute(
          name,
          (same, entry) ->
              entry == null
                  ? new PatternEntry(Glob.of(pattern), with(null, client))
                  : new PatternEntry(entry.glob, with(entry.receivers, client)));
    }
  }

  void unsubscribe(Connection client, ByteBuffer channel) {
    if (client.subscriptions().channels().remove(channel)) {
      channels.computeIfPresent(
          channel, (same, receivers) -> isLast(receivers, client) ? null : receivers);
    }
  }

  void unsubscribePattern(Connection client, ByteBuffer pattern) {
    if (client.subscriptions().patterns().remove(pattern)) {
      patterns.computeIfPresent(
          pattern, (same, entry) -> isLast(entry.receivers, client) ? null : entry);
    }
  }

  /** Ends every subscription of a client. */
  void leave(Connection client) {
    List.copyOf(client.subscriptions().channels()).forEach(name -> unsubscribe(client, name));
    List.copyOf(client.subscriptions().patterns())
        .forEach(name -> unsubscribePattern(client, name));
  }

  /**
   * Sends a message to everybody who is subscribed to a channel, or to a pattern that matches it.
   *
   * @return how many times it was sent
   */
  int publish(byte[] channel, byte[] payload) {
    int count = post(receivers(channel), new ChannelMessage(null, channel, payload));
    for (Map.Entry<ByteBuffer, PatternEntry> pattern : patterns.entrySet()) {
      if (pattern.getValue().glob.matches(channel)) {
        byte[] text = pattern.getKey().array();
        count += post(pattern.getValue().receivers, new ChannelMessage(text, channel, payload));
      }
    }
    return count;
  }

  /** How many times a message to a channel would be sent. */
  int receiverCount(byte[] channel) {
    int count = receivers(channel).size();
    for (PatternEntry pattern : patterns.values()) {
      if (pattern.glob.matches(channel)) {
        count += pattern.receivers.size();
      }
    }
    return count;
  }

  /** The channels that have subscribers, patterns not counted. */
  List<byte[]> names() {
    List<byte[]> names = new ArrayList<>();
    channels.keySet().forEach(name -> names.add(name.array()));
    return names;
  }

  /** How many are subscribed to a channel, patterns not counted. */
  int subscriberCount(byte[] channel) {
    return receivers(channel).size();
  }

  int channelCount() {
    return channels.size();
  }

  int patternCount() {
    return patterns.size();
  }

  private Set<Connection> receivers(byte[] channel) {
    return channels.getOrDefault(ByteBuffer.wrap(channel), Set.of());
  }

  private int post(Set<Connection> receivers, Push message) {
    long limit = options.pushLimit().hardBytes();
    int count = 0;
    for (Connection receiver : receivers) {
      receiver.mailbox().post(message, limit);
      count++;
    }
    return count;
  }

  private static Set<Connection> with(Set<Connection> receivers, Connection client) {
    Set<Connection> all = receivers == null ? ConcurrentHashMap.newKeySet() : receivers;
    all.add(client);
    return all;
  }

  private static boolean isLast(Set<Connection> receivers, Connection client) {
    receivers.remove(client);
    return receivers.isEmpty();
  }
}
