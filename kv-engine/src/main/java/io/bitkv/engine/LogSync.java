package io.bitkv.engine;

import io.bitkv.api.StoreStats.SyncStats;
import io.bitkv.api.SyncFailedException;
import io.bitkv.api.WritesRefusedException;

/** Syncs the log, and knows how far it is durable. Run by one thread at a time, asked by any. A sync that fails is never repeated. */
final class LogSync {
  private final Segments segments;
  private final WriteGate gate;
  private final SyncLatency latency = new SyncLatency();
  private volatile long durable;

  /** Takes over a log that is durable as it is. */
  LogSync(Segments segments, WriteGate gate) {
    this.segments = segments;
    this.gate = gate;
    durable = segments.lastSequence();
  }

  /** Every write up to this sequence number is on stable storage. */
  long durableSequence() {
    return durable;
  }

  /** How long syncs took since the store was opened. */
  SyncStats stats() {
    return latency.stats();
  }

  /** Notes that everything so far is durable, because the log was sealed. */
  void sealed() {
    durable = segments.lastSequence();
  }

  /** Has everything that was written before on stable storage when it returns; a failure stops the store, but for a full disk. */
  void run() {
    if (segments.lastSequence() <= durable) {
      return;
    }
    gate.checkSyncable();
    Flight.Span<Flight.Sync> span = Flight.begin(Flight.Sync::new);
    long began = System.nanoTime();
    try {
      durable = Math.max(durable, segments.sync());
      latency.add(System.nanoTime() - began);
      note(span, true);
    } catch (Throwable e) {
      note(span, false);
      if (!(e instanceof WritesRefusedException)) {
        gate.poison("a sync failed: " + e.getMessage(), e);
      }
      throw new SyncFailedException("not on stable storage: " + e.getMessage(), e);
    }
  }

  private void note(Flight.Span<Flight.Sync> span, boolean succeeded) {
    span.end(
        gate.directory(),
        event -> {
          event.lastSequence = durable;
          event.succeeded = succeeded;
        });
  }
}
