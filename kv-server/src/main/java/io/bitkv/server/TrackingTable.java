package io.bitkv.server;

import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Which clients must be told when which keys change, whatever the database. It holds a bounded
 * number of keys; one too many is told of as if it had changed, and forgotten. Safe for use by all
 * event loops.
 */
final class TrackingTable {

  private final Clients clients;
  private final LiveOptions options;
  private final ConcurrentMap<ByteBuffer, Set<Long>> readers = new ConcurrentHashMap<>();
  private final Map<Long, Connection> trackers = new ConcurrentHashMap<>();

  TrackingTable(Clients clients, LiveOptions options) {
    this.clients = clients;
    this.options = options;
  }

  /** Whether there is anybody to be told. */
  boolean isUsed() {
    return !trackers.isEmpty();
  }

  int clientCount() {
    return trackers.size();
  }

  /** Tells a client of changes from now on, or in another way. */
  void begin(Connection client, Tracking tracking) {
    client.trackingState().asked(tracking);
    trackers.put(client.id(), client);
  }

  /** Tells a client of nothing any more. */
  void end(Connection client) {
    client.trackingState().asked(null);
    trackers.remove(client.id());
  }

  /** Notes that a client reads a key, so that it is told of the next change. */
  void noteRead(byte[] key, Connection client) {
    readers.compute(
        ByteBuffer.wrap(key),
        (same, ids) -> {
          Set<Long> all = ids == null ? ConcurrentHashMap.newKeySet() : ids;
          all.add(client.id());
          return all;
        });
    long limit = options.current().get(DiagnosticSettings.TRACKED_KEYS);
    if (limit > 0 && readers.size() > limit) {
      Iterator<ByteBuffer> any = readers.keySet().iterator();
      if (any.hasNext()) {
        tellReaders(any.next().array(), null);
      }
    }
  }

  /**
   * Tells of a change.
   *
   * @param key the key that changed
   * @param author who changed it; null if nobody did
   */
  void invalidate(byte[] key, Connection author) {
    tellReaders(key, author);
    for (Connection client : trackers.values()) {
      Tracking tracking = client.tracking();
      if (tracking != null && tracking.covers(key)) {
        tell(client, key, author);
      }
    }
  }

  /** Tells that any key may have changed. */
  void invalidateAll() {
    readers.clear();
    trackers.values().forEach(client -> tell(client, null, null));
  }

  private void tellReaders(byte[] key, Connection author) {
    Set<Long> ids = readers.remove(ByteBuffer.wrap(key));
    if (ids != null) {
      for (Long id : ids) {
        Connection client = trackers.get(id);
        if (client != null) {
          tell(client, key, author);
        }
      }
    }
  }

  private void tell(Connection client, byte[] key, Connection author) {
    Tracking tracking = client.tracking();
    if (tracking == null || (client == author && tracking.has(Tracking.Option.NOLOOP))) {
      return;
    }
    boolean isRedirected = tracking.redirect() != 0;
    Connection receiver = isRedirected ? clients.find(tracking.redirect()) : client;
    long limit = options.pushLimit().hardBytes();
    if (receiver == null) {
      client.mailbox().post(new Invalidation.Broken(tracking.redirect()), limit);
    } else {
      receiver.mailbox().post(new Invalidation(key, isRedirected), limit);
    }
  }
}
