package io.bitkv.server;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** The connections there are, and how many there have been. Safe for use by all event loops. */
final class Clients {

  private final Map<Long, Connection> connections = new ConcurrentHashMap<>();
  private final AtomicLong lastId = new AtomicLong();
  private final AtomicLong rejected = new AtomicLong();
  private final AtomicLong lastIdBefore = new AtomicLong();

  /** Gives a new connection its number. */
  long nextId() {
    return lastId.incrementAndGet();
  }

  void add(Connection connection) {
    connections.put(connection.id(), connection);
  }

  /** Finds a connection by its number; null if there is none. */
  Connection find(long id) {
    return connections.get(id);
  }

  void remove(Connection connection) {
    connections.remove(connection.id());
  }

  /** Notes a connection that was turned away. */
  void rejected() {
    rejected.incrementAndGet();
  }

  int count() {
    return connections.size();
  }

  /** The connections, the oldest first. */
  List<Connection> all() {
    return connections.values().stream().sorted(Comparator.comparingLong(Connection::id)).toList();
  }

  /** Begins to count anew. */
  void resetCounts() {
    lastIdBefore.set(lastId.get());
    rejected.set(0);
  }

  /** How many were accepted since the count began. */
  long acceptedCount() {
    return lastId.get() - lastIdBefore.get();
  }

  /** How many were turned away since the count began. */
  long rejectedCount() {
    return rejected.get();
  }
}
