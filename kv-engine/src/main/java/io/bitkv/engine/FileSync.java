package io.bitkv.engine;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Syncs a file for several threads, one after the other. The system tells of a failure once, and only one of those who ask: who asks later
 * would be told that all is well. So whoever comes after a failure, or waited while it happened, fails too.
 */
final class FileSync {
  private final Store store;
  private final Path path;
  private SyncFailure failure;

  FileSync(Store store, Path path) {
    this.store = store;
    this.path = path;
  }

  /** Has every write that ended before on stable storage when it returns. */
  synchronized void run() throws IOException {
    if (failure != null) {
      throw failure.again();
    }
    try {
      SyncFailure.sync(store, path);
    } catch (SyncFailure e) {
      failure = e;
      throw e;
    }
  }
}
