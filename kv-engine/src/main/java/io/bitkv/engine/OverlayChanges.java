package io.bitkv.engine;

import io.bitkv.api.KeyspaceId;
import java.util.ArrayList;
import java.util.List;

/** Turns the writes of a transaction to one keyspace into changes of the store, while the keys' stripes are held. */
final class OverlayChanges {
  /** A change, and what says when it comes among those of all keyspaces: the provisional version, or 0 for before all writes. */
  record Planned(long order, Change change) {}

  private final KVTransaction.Parts parts;
  private final KeyspaceId id;
  private final KeyspaceState state;
  private final long now;

  OverlayChanges(KVTransaction.Parts parts, KeyspaceId id, KeyspaceState state) {
    this.parts = parts;
    this.id = id;
    this.state = state;
    now = parts.clock().millis();
  }

  /** What the writes of an overlay do. */
  List<Planned> of(Overlay overlay) {
    List<Planned> planned = new ArrayList<>();
    if (overlay.isCleared()) {
      planned.add(new Planned(0, new Change(state, null, EntryLocation.NONE, 0, new PendingEntry().drop(state, now))));
    }
    EntryReader reader = parts.readers().borrow();
    try {
      overlay.writes().forEach((key, write) -> add(planned, key, write, overlay.isCleared() ? null : reader));
      if (!planned.isEmpty() && id instanceof KeyspaceId.Named named && !state.isLogged()) {
        addName(planned, named.name(), reader);
      }
    } finally {
      parts.readers().giveBack(reader);
    }
    return planned;
  }

  /** Adds one write; what it replaces is looked up with the reader, unless that is null because everything was dropped before. */
  private void add(List<Planned> planned, KeySlice key, Overlay.Write write, EntryReader reader) {
    long old = reader == null ? EntryLocation.NONE : reader.find(state.directory(), key);
    int oldLength = old == EntryLocation.NONE ? 0 : reader.length();
    if (!write.isDeletion()) {
      PendingEntry put =
          new PendingEntry().put(state, key.bytes(), write.value().value(), now).expiringAt(write.value().expiresAtMillis());
      planned.add(new Planned(write.version(), new Change(state, key, old, oldLength, put)));
    } else if (old != EntryLocation.NONE && !reader.isExpired(now)) {
      PendingEntry tombstone = new PendingEntry().tombstone(state, key.bytes(), now);
      planned.add(new Planned(write.version(), new Change(state, key, old, oldLength, tombstone)));
    }
  }

  /** Has the batch say, before anything else, which number the keyspace's name has; the name's stripe is held too. */
  private void addName(List<Planned> planned, String name, EntryReader reader) {
    KeyspaceState system = parts.keyspaces().system();
    byte[] key = KeyspaceTable.key(name);
    KeySlice slice = system.slice(key);
    if (reader.find(system.directory(), slice) == EntryLocation.NONE) {
      PendingEntry entry = new PendingEntry().put(system, key, KeyspaceTable.value(state.number()), now);
      planned.addFirst(new Planned(0, new Change(system, slice, EntryLocation.NONE, 0, entry)));
    }
  }
}
