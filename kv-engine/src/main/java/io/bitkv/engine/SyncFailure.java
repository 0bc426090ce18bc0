package io.bitkv.engine;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Path;

/** The disk did not confirm that what was written to a file is on it; nobody knows what is, so nobody may ask again. */
final class SyncFailure extends IOException {
  private static final long serialVersionUID = 1L;

  SyncFailure(Path file, IOException cause) {
    this("cannot sync " + file + ": " + IoFailures.describe(cause), cause);
  }

  private SyncFailure(String message, Throwable cause) {
    super(message, cause);
  }

  /** The same failure for another thread that asks. */
  SyncFailure again() {
    return new SyncFailure(getMessage(), getCause());
  }

  /** Syncs a file; what goes wrong is this, unless the file was closed. */
  static void sync(Store store, Path path) throws IOException {
    try {
      store.sync();
    } catch (ClosedChannelException e) {
      throw e;
    } catch (IOException e) {
      throw new SyncFailure(path, e);
    }
  }
}
