package io.bitkv.engine;

import io.bitkv.api.SyncFailedException;
import java.io.IOException;

/** What becomes of the active segment when it cannot be written. For whoever holds the append lock. */
record AppendFailures(WriteGate gate) {

  /** Writes what the append buffer holds of a segment; if that fails, it stays there. */
  void flush(Segment segment) throws IOException {
    try {
      segment.flush();
    } catch (Throwable e) {
      rollBack(segment, e);
      throw e;
    }
  }

  /** Ends a segment for good; only a disk that is too full for that leaves a store that can go on writing. */
  void seal(Segment segment) throws IOException {
    flush(segment);
    try {
      segment.seal();
    } catch (DiskFullException | SyncFailure e) {
      throw e;
    } catch (IOException e) {
      throw gate.poison("sealing " + segment.path() + " failed: " + e.getMessage(), e);
    }
  }

  /** Has zeros ahead of a segment, where these are worth while; a disk that is too full for them does no harm. */
  void extendHeadroom(Segment segment) throws IOException {
    try {
      segment.extendHeadroom();
    } catch (Throwable e) {
      rollBack(segment, e);
      throw e;
    }
  }

  /** Removes what a failed write left; stops the store if that fails too, or if the disk failed for another reason than being full. */
  void rollBack(Segment segment, Throwable failure) {
    String detail = "writing " + segment.path() + " failed: " + failure.getMessage();
    try {
      segment.rollBack();
    } catch (IOException e) {
      failure.addSuppressed(e);
      gate.poison(detail, failure);
      throw new SyncFailedException(detail + ", and so did removing what was written of it", failure);
    }
    if (failure instanceof IOException && !(failure instanceof DiskFullException)) {
      throw gate.poison(detail, failure);
    }
  }
}
