package io.bitkv.server;

import io.bitkv.api.KeyRef;
import io.bitkv.api.Keyspace;
import io.bitkv.api.KeyspaceId;
import io.bitkv.api.KeyspaceId.Numbered;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Tells whoever asked for it what becomes of keys: by messages on channels (keyspace notifications),
 * and by invalidations to clients that keep values of their own. Safe for use by all event loops.
 */
final class KeyChanges {

  private final ServerContext server;
  private final TrackingTable tracking;
  private final ExpiryWatch expiries;
  private volatile NotificationClasses classes;

  KeyChanges(ServerContext server) {
    this.server = server;
    tracking = new TrackingTable(server.clients(), server.options());
    expiries = new ExpiryWatch(server, this::tellExpired);
    classes = server.options().current().get(DiagnosticSettings.NOTIFICATIONS);
    watchExpiriesIfAsked();
  }

  /** Publishes other changes from now on. */
  void classes(NotificationClasses asked) {
    classes = asked;
    watchExpiriesIfAsked();
  }

  /** Whether anybody wants to know of what a call changes. */
  boolean isWatched(Call call) {
    boolean isTracked = isTracked(call);
    return isTracked || classes.isAny();
  }

  /** Whether clients keep values. A call that goes on without telling them says so at its end. */
  private boolean isTracked(Call call) {
    boolean isUsed = tracking.isUsed();
    if (!isUsed) {
      call.tellsNobody();
    }
    return isUsed;
  }

  /**
   * Tells the clients that have begun to keep values while a call changed keys without a word: one
   * of them may have read such a key before the change. Which keys those are is not known any more.
   *
   * @param call a call that has ended
   * @param command what it was asked to do
   */
  void tellWhoCameMeanwhile(Call call, Command command) {
    if (call.takeToldNobody() && !command.is(CommandFlag.READONLY) && tracking.isUsed()) {
      tracking.invalidateAll();
    }
  }

  /** The clients that keep values of their own. */
  TrackingTable tracking() {
    return tracking;
  }

  /** When keys expire, so that this is told as well. */
  ExpiryWatch expiries() {
    return expiries;
  }

  /** A keyspace whose changes by a call are told, if anybody wants to know. */
  Keyspace observed(Keyspace keyspace, Call call) {
    boolean isWanted = keyspace.id() instanceof Numbered ? isWatched(call) : isTracked(call);
    return isWanted ? new ObservedKeyspace(keyspace, call) : keyspace;
  }

  /** Notes which keys a request is about to read, if its client is to be told when they change. */
  void noteReads(Call call, Command command, Arguments arguments) {
    Connection client = call.connection();
    Tracking asked = client.tracking();
    if (asked == null
        || !command.is(CommandFlag.READONLY)
        || !asked.isReadNoted(client.trackingState().isCachingGiven())) {
      return;
    }
    command.findKeys(
        arguments,
        (index, isRead, isWritten) -> {
          if (index != KeyFinder.ANY_KEY) {
            byte[] key = arguments.bytes(index);
            tracking.noteRead(key, client);
            KeyRef ref =
                command.name().startsWith("kv.")
                    ? new KeyRef(KvArguments.space(arguments.text(index - 1)), key)
                    : server.databases().ref(client.database(), key);
            call.afterwards(() -> expiries.refresh(ref));
          }
        });
  }

  /**
   * Tells of a change.
   *
   * @param change what became of which key
   * @param author the client that did it; null if its time had come
   */
  void tell(KeyChange change, Connection author) {
    tracking.invalidate(change.ref().key(), author);
    publish(change);
    if (author != null) {
      expiries.refresh(change.ref());
    }
  }

  /** Tells that every key of a keyspace is gone. */
  void tellCleared(KeyspaceId keyspace) {
    tracking.invalidateAll();
    expiries.forget(keyspace);
  }

  private void tellExpired(KeyChange change) {
    tell(change, null);
  }

  /** Publishes a change, unless it is one in a named keyspace: Redis's channels have no names for those. */
  private void publish(KeyChange change) {
    NotificationClasses asked = classes;
    boolean hasChannel = change.ref().keyspace() instanceof Numbered && !change.event().isEmpty();
    if (!hasChannel || !asked.has(change.kind())) {
      return;
    }
    byte[] key = change.ref().key();
    byte[] event = change.event().getBytes(StandardCharsets.US_ASCII);
    if (asked.isByKey()) {
      server.channels().publish(channel("keyspace", change, key), event);
    }
    if (asked.isByEvent()) {
      server.channels().publish(channel("keyevent", change, event), key);
    }
  }

  private static byte[] channel(String kind, KeyChange change, byte[] name) {
    ByteArrayOutputStream channel = new ByteArrayOutputStream();
    String prefix = "__" + kind + "@" + change.ref().keyspace() + "__:";
    channel.writeBytes(prefix.getBytes(StandardCharsets.US_ASCII));
    channel.writeBytes(name);
    return channel.toByteArray();
  }

  private void watchExpiriesIfAsked() {
    if (classes.has(NotificationClasses.Kind.EXPIRED)) {
      expiries.watchAll();
    }
  }
}
