package io.bitkv.engine;

import io.bitkv.api.StoreIoException;
import io.bitkv.api.SyncFailedException;
import java.io.IOException;

/** The end of a store that takes no more operations: what was acknowledged is made durable, then everything is given back. */
record Closing(Segments segments, SyncScheduler sync, Maintenance maintenance, WriteGate gate) {

  void run(Disk disk) {
    maintenance.endWrites();
    IOException failure = null;
    try {
      settle();
    } catch (IOException e) {
      failure = e;
    }
    sync.close();
    maintenance.housekeeper().close();
    try (disk) {
      segments.close();
    } catch (IOException e) {
      throw new StoreIoException("cannot close the files in " + disk.directory() + ": " + IoFailures.describe(e), e);
    }
    if (segments.lastSequence() > sync.durableSequence()) {
      throw new SyncFailedException("the newest writes are perhaps not on stable storage: " + gate.health().detail(), failure);
    }
  }

  /** Seals the log; where the disk is too full for a footer, everything is synced all the same, and the next opening seals. */
  private void settle() throws IOException {
    if (gate.isPoisoned()) {
      return;
    }
    try {
      segments.seal();
      sync.sealed();
    } catch (DiskFullException e) {
      sync.await(segments.lastSequence());
    } catch (SyncFailure e) {
      gate.poison(e.getMessage(), e);
      throw e;
    }
  }
}
