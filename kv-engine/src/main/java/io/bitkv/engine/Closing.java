package io.bitkv.engine;

import io.bitkv.api.KvException;
import io.bitkv.api.StoreIoException;
import io.bitkv.api.StoreListener;
import io.bitkv.api.SyncFailedException;
import java.io.IOException;

/** The end of a store that takes no more operations: what was acknowledged is made durable, then everything is given back. */
record Closing(KeyspaceTable keyspaces, Segments segments, SyncScheduler sync, Maintenance maintenance, Segments.Parts parts) {

  void run(Disk disk) {
    maintenance.endWrites();
    Exception failure = null;
    try {
      settle();
    } catch (IOException | KvException e) {
      failure = e;
    }
    sync.close();
    maintenance.housekeeper().close();
    try {
      if (failure == null && !parts.gate().isPoisoned() && !parts.gate().isReadOnly() && segments.lastSequence() <= sync.durableSequence()) {
        keepDirectories(disk);
      }
    } finally {
      closeFiles(disk);
    }
    if (segments.lastSequence() > sync.durableSequence()) {
      throw new SyncFailedException("the newest writes are perhaps not on stable storage: " + parts.gate().health().detail(), failure);
    }
  }

  private void closeFiles(Disk disk) {
    try (disk) {
      keyspaces.close();
      segments.close();
    } catch (IOException e) {
      throw new StoreIoException("cannot close the files in " + disk.directory() + ": " + IoFailures.describe(e), e);
    }
  }

  /** Leaves the key directories to the next opening, as far as that is possible; it can do without. */
  private void keepDirectories(Disk disk) {
    DirectoryImageWriter image = new DirectoryImageWriter(disk, segments.table(), keyspaces);
    try {
      if (image.isPossible()) {
        image.write(segments.lastSequence());
      }
    } catch (IOException e) {
      String detail = "could not be written, so that the next opening reads the hint files: " + IoFailures.describe(e);
      parts.events().emit(new StoreListener.Warning(disk.path(FileNames.SNAPSHOT), detail));
    }
  }

  /** Seals the log; where the disk is too full for a footer, everything is synced all the same, and the next opening seals. */
  private void settle() throws IOException {
    if (parts.gate().isPoisoned()) {
      return;
    }
    try {
      segments.seal();
      sync.sealed();
    } catch (DiskFullException e) {
      sync.await(segments.lastSequence());
    } catch (SyncFailure e) {
      parts.gate().poison(e.getMessage(), e);
      throw e;
    }
  }
}
