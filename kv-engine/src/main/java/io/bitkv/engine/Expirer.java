package io.bitkv.engine;

import io.bitkv.api.StoreListener;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Removes expired keys in the background, a bounded number at a time.
 *
 * <p>Ten times a second it looks at some expiring keys of each keyspace, going round by the directory's cursor, and goes on at once while
 * many of them have expired. It removes an entry only if that very entry is still the latest of its key. Whether a key has expired is for
 * the store's clock to say; only the pace follows the machine's.
 */
final class Expirer implements AutoCloseable {
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long BUSY_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
  private static final int LOCATIONS_A_STEP = 256;
  private static final int STEPS_A_ROUND = 32;

  /** One in this many must have expired for a round to go on. */
  private static final int WORTHWHILE = 10;

  /** What it works with. */
  record Parts(KeyspaceTable keyspaces, Readers readers, Writes writes, SegmentPins pins, Events events, InstantSource clock) {}

  private final Parts parts;
  private final Map<KeyspaceState, Long> cursors = new HashMap<>();
  private final Thread thread;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition stop = lock.newCondition();
  private boolean isStopping;
  private long removed;

  Expirer(Parts parts) {
    this.parts = parts;
    thread = Thread.ofPlatform().daemon().name("bitkv-expiry").unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  private void run() {
    while (pause()) {
      for (KeyspaceState keyspace : parts.keyspaces.all()) {
        if (keyspace.directory().expiringCount() > 0) {
          try {
            round(keyspace);
          } catch (RuntimeException e) {
            // The keys stay until a later round: the store refuses writes for now, is being closed, or says so to whoever reads them.
          }
        }
      }
    }
  }

  /** Waits for the next round; false when there is to be none. */
  private boolean pause() {
    lock.lock();
    try {
      for (long left = PAUSE_NANOS; left > 0 && !isStopping; ) {
        left = stop.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      // Nobody but the store has this thread; it ends by isStopping.
    } finally {
      lock.unlock();
    }
    return !isStopping;
  }

  private void round(KeyspaceState keyspace) {
    long began = System.nanoTime();
    long before = removed;
    boolean isWorthwhile = true;
    for (int i = 0; i < STEPS_A_ROUND && isWorthwhile && System.nanoTime() - began < BUSY_NANOS; i++) {
      isWorthwhile = step(keyspace);
    }
    if (removed > before) {
      parts.events.emit(new StoreListener.Expired(removed - before));
    }
  }

  /** Looks at some keys and removes those that have expired; tells whether there were many among the expiring ones. */
  boolean step(KeyspaceState keyspace) {
    Locations expiring = new Locations();
    EntryReader reader = parts.readers.make();
    int expired = 0;
    try (SegmentPins.Pin _ = parts.pins.take()) {
      long cursor = cursors.getOrDefault(keyspace, 0L);
      cursor = keyspace.directory().scan(cursor, LOCATIONS_A_STEP, location -> addExpiring(expiring, location));
      cursors.put(keyspace, cursor);
      for (int i = 0; i < expiring.size(); i++) {
        if (reader.load(expiring.get(i))
            && reader.isExpired(parts.clock)
            && parts.writes.removeExpired(keyspace, reader.key(), expiring.get(i))) {
          expired++;
          removed++;
        }
      }
    }
    return expired * WORTHWHILE >= expiring.size();
  }

  private static void addExpiring(Locations expiring, long location) {
    if (EntryLocation.expires(location)) {
      expiring.add(location);
    }
  }

  /** Ends the thread. */
  @Override
  public void close() {
    lock.lock();
    try {
      isStopping = true;
      stop.signal();
    } finally {
      lock.unlock();
    }
    Threads.join(thread);
  }
}
