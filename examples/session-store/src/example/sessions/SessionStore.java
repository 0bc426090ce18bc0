package example.sessions;

import io.bitkv.api.Expiry;
import io.bitkv.api.KeyValueStore;
import io.bitkv.api.KvMap;
import io.bitkv.api.KvScan;
import io.bitkv.api.Put;
import io.bitkv.api.Versioned;
import io.bitkv.api.WriteBatch;
import io.bitkv.api.codec.Codec;
import io.bitkv.api.codec.KeyRecordCodec;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** Sessions that end by themselves when nobody uses them; on a server, or in a directory of this machine. */
final class SessionStore {

  private static final KeyRecordCodec<SessionOf> INDEX_KEYS = Codec.ofKeyRecord(SessionOf.class);

  private final KeyValueStore store;
  private final KvMap<UUID, Session> sessions;
  private final KvMap<SessionOf, Boolean> index;
  private final Duration idle;
  private final InstantSource clock;

  /**
   * Keeps sessions in a store.
   *
   * @param idle how long a session lasts that nobody uses
   */
  SessionStore(KeyValueStore store, Duration idle, InstantSource clock) {
    this.store = store;
    this.sessions = store.map("sessions", Codec.UUID, Codec.ofRecord(Session.class));
    this.index = store.map("sessions by user", INDEX_KEYS, Codec.BOOLEAN);
    this.idle = idle;
    this.clock = clock;
  }

  /** Begins a session: it and its place in the index come into being together. */
  UUID logIn(String user) {
    UUID id = UUID.randomUUID();
    Session session = new Session(user, clock.instant(), List.of());
    Expiry expiry = Expiry.after(idle);
    store.commit(
        new WriteBatch()
            .put(sessions.ref(id), sessions.encode(session), expiry)
            .put(index.ref(new SessionOf(user, id)), index.encode(true), expiry));
    return id;
  }

  /** Notes that a session looks at a page, and lets it last longer; empty when it has ended. */
  Optional<Session> visit(UUID id, String page) {
    while (true) {
      Optional<Versioned<Session>> found = sessions.getVersioned(id);
      if (found.isEmpty()) {
        return Optional.empty();
      }
      Session session = found.get().value().visiting(page);
      if (sessions.put(id, session, Put.ifVersion(found.get().version()).ttl(idle)).isPresent()) {
        index.expire(new SessionOf(session.user(), id), Expiry.after(idle));
        return Optional.of(session);
      }
    }
  }

  /** Ends a session. */
  void logOut(UUID id) {
    sessions.get(id).ifPresent(session -> store.commit(new WriteBatch().delete(sessions, id).delete(index, new SessionOf(session.user(), id))));
  }

  /** Ends every session of a user, and tells how many there were. */
  int logOutEverywhere(String user) {
    List<UUID> all = sessionsOf(user);
    WriteBatch batch = new WriteBatch();
    for (UUID id : all) {
      batch.delete(sessions, id).delete(index, new SessionOf(user, id));
    }
    store.commit(batch);
    return all.size();
  }

  /** Lists a user's sessions. */
  List<UUID> sessionsOf(String user) {
    try (Stream<SessionOf> keys = index.keys(KvScan.prefix(INDEX_KEYS.prefix(user)))) {
      return keys.map(SessionOf::session).toList();
    }
  }
}
