package io.bitkv.server;

import io.bitkv.api.EmbeddedStore;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** The syncs that clients have asked for by SAVE and BGSAVE. Safe for use by all event loops. */
final class Saves {

  private final EmbeddedStore store;
  private final InstantSource clock;
  private final AtomicLong lastMillis;

  /** Begins with everything saved, as it was when the store was opened. */
  Saves(EmbeddedStore store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
    lastMillis = new AtomicLong(clock.millis());
  }

  /** Brings everything written so far to stable storage, and returns at once. */
  void begin() {
    long asked = clock.millis();
    store
        .whenDurable(store.lastSequence())
        .thenRun(() -> lastMillis.accumulateAndGet(asked, Math::max));
  }

  /** The Unix time of the last one that succeeded. */
  long lastSeconds() {
    return TimeUnit.MILLISECONDS.toSeconds(lastMillis.get());
  }
}
