package io.bitkv.server;

import io.bitkv.api.Expiry;
import io.bitkv.api.KeyRef;
import io.bitkv.api.Keyspace;
import io.bitkv.api.KeyspaceId;
import io.bitkv.api.KvException;
import io.bitkv.api.Scan;
import io.bitkv.api.StoreClosedException;
import io.bitkv.api.ValueView;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows when the keys expire whose expiry somebody wants to be told of, and tells when it has come.
 * The store drops an expired key without a word, so this keeps the times itself, those of changed
 * keys as they change, and all of them once {@link #watchAll} has gone through the store.
 *
 * <p>Safe for use by all threads.
 */
final class ExpiryWatch {

  private static final Logger LOG = LoggerFactory.getLogger(ExpiryWatch.class);

  /**
   * A key that expires.
   *
   * @param atMillis when
   * @param ref the key
   */
  private record Due(long atMillis, KeyRef ref) {}

  private static final Comparator<Due> SOONEST_FIRST =
      Comparator.comparingLong(Due::atMillis)
          .thenComparing(due -> due.ref.keyspace().toString())
          .thenComparing(due -> due.ref.key(), Arrays::compare);

  private final ServerContext server;
  private final Consumer<KeyChange> onExpired;
  private final Map<KeyRef, Due> byKey = new ConcurrentHashMap<>();
  private final ConcurrentSkipListSet<Due> byTime = new ConcurrentSkipListSet<>(SOONEST_FIRST);
  private final AtomicBoolean isComplete = new AtomicBoolean();

  ExpiryWatch(ServerContext server, Consumer<KeyChange> onExpired) {
    this.server = server;
    this.onExpired = onExpired;
  }

  /** Looks up when a key expires. */
  void refresh(KeyRef ref) {
    byKey.compute(
        ref,
        (same, before) -> {
          if (before != null) {
            byTime.remove(before);
          }
          long millis = expiry(ref).orElse(Expiry.NONE);
          if (millis == Expiry.NONE) {
            return null;
          }
          Due due = new Due(millis, ref);
          byTime.add(due);
          return due;
        });
  }

  /** Goes through the store in the background, once, so that the expiries of all keys are known. */
  void watchAll() {
    if (isComplete.compareAndSet(false, true)) {
      Thread.ofPlatform().daemon().name("kv-expiries").start(this::readAll);
    }
  }

  /** Forgets the keys of a keyspace. */
  void forget(KeyspaceId keyspace) {
    byKey.keySet().stream().filter(ref -> ref.keyspace().equals(keyspace)).forEach(this::refresh);
  }

  /** Tells of the keys whose time has come. */
  void tellDue() {
    long now = server.clock().millis();
    while (!byTime.isEmpty() && byTime.first().atMillis <= now) {
      Due due = byTime.pollFirst();
      if (due == null) {
        return;
      }
      boolean isGone = byKey.remove(due.ref, due) && expiry(due.ref).isEmpty();
      if (isGone) {
        onExpired.accept(
            new KeyChange(due.ref, ChangeNames.EXPIRED, NotificationClasses.Kind.EXPIRED));
      } else {
        refresh(due.ref);
      }
    }
  }

  /** When a key expires; empty if there is none. One that cannot be read is not watched. */
  private Optional<Long> expiry(KeyRef ref) {
    try {
      return server.view().keyspace(ref.keyspace()).read(ref.key(), ValueView::expiresAtMillis);
    } catch (KvException e) {
      LOG.debug("A key whose expiry is to be told cannot be read: {}", e.getMessage());
      return Optional.of(Expiry.NONE);
    }
  }

  private void readAll() {
    try {
      for (int i = 0; i < server.databases().count(); i++) {
        Keyspace database = server.databases().keyspace(i);
        try (Stream<byte[]> keys = database.keys(Scan.all())) {
          keys.forEach(key -> refresh(new KeyRef(database.id(), key)));
        }
      }
    } catch (StoreClosedException e) {
      LOG.debug("The server stops before it knows when all keys expire.");
    } catch (KvException e) {
      LOG.warn("Of some keys nobody will be told that they expire: {}", e.getMessage());
    }
  }
}
