package io.bitkv.engine;

import io.bitkv.api.StoreClosedException;
import io.bitkv.api.StoreListener;
import io.bitkv.api.StoreStats;
import io.bitkv.api.SyncFailedException;
import io.bitkv.api.WritesRefusedException;
import io.bitkv.api.WritesRefusedException.Reason;
import java.nio.file.Path;

/**
 * Whether a store takes writes.
 *
 * <p>It stops for good after a failed sync or a failed write that is not put down to a full disk: what the disk holds is then unknown,
 * and only recovery can tell. A full disk stops it until a write succeeds again. Safe for use by any thread.
 */
final class WriteGate {
  private sealed interface State {}

  private record Open() implements State {}

  private record Stopped(Reason reason, String detail, Throwable cause) implements State {}

  private final Path directory;
  private final Events events;
  private volatile State state;
  private volatile boolean isClosed;

  /** Makes a gate, which refuses writes from the beginning if the store is only to be read. */
  WriteGate(Path directory, Events events, boolean isReadOnly) {
    this.directory = directory;
    this.events = events;
    state = isReadOnly ? readOnly(directory) : new Open();
  }

  /** Where the store is. */
  Path directory() {
    return directory;
  }

  private static Stopped readOnly(Path directory) {
    return new Stopped(
        Reason.READ_ONLY, directory + " is opened for reading only; open it without that option, or write through the process that does", null);
  }

  /** The refusal of a write to a store that is only to be read. */
  static WritesRefusedException readOnlyRefusal(Path directory) {
    return refusal(readOnly(directory));
  }

  /** Refuses every operation once the store is closed. */
  void checkOpen() {
    if (isClosed) {
      throw new StoreClosedException("the store in " + directory + " is closed; open it again");
    }
  }

  /**
   * Refuses a write if it cannot even be tried.
   *
   * @return whether the disk was full when last tried
   */
  boolean checkWritable() {
    checkOpen();
    return switch (state) {
      case Open open -> false;
      case Stopped stopped when stopped.reason == Reason.DISK_FULL -> true;
      case Stopped stopped -> throw refusal(stopped);
    };
  }

  /** Notes that the disk is full. */
  synchronized WritesRefusedException full(Throwable cause) {
    Stopped stopped = new Stopped(Reason.DISK_FULL, cause.getMessage() + "; free some, writes then resume by themselves", cause);
    if (state instanceof Open) {
      stop(stopped);
    }
    return refusal(stopped);
  }

  /** Notes that a write succeeded after the disk was full. */
  synchronized void resume() {
    if (state instanceof Stopped stopped && stopped.reason == Reason.DISK_FULL) {
      state = new Open();
      events.emit(new StoreListener.WritesResumed());
    }
  }

  /** Stops writes for good. */
  synchronized WritesRefusedException poison(String detail, Throwable cause) {
    Stopped stopped = new Stopped(Reason.POISONED, detail + "; close the store and open it again", cause);
    if (state instanceof Open || state instanceof Stopped before && before.reason == Reason.DISK_FULL) {
      stop(stopped);
    }
    return refusal(stopped);
  }

  private void stop(Stopped stopped) {
    state = stopped;
    events.emit(new StoreListener.WritesStopped(stopped.reason, stopped.detail));
  }

  private static WritesRefusedException refusal(Stopped stopped) {
    return new WritesRefusedException(stopped.reason, "writes are refused: " + stopped.detail, stopped.cause);
  }

  /** Fails if a sync can no longer be trusted. */
  synchronized void checkSyncable() {
    if (state instanceof Stopped stopped && stopped.reason == Reason.POISONED) {
      throw new SyncFailedException("not on stable storage: " + stopped.detail, stopped.cause);
    }
  }

  synchronized boolean isReadOnly() {
    return state instanceof Stopped stopped && stopped.reason == Reason.READ_ONLY;
  }

  synchronized boolean isPoisoned() {
    return state instanceof Stopped stopped && stopped.reason == Reason.POISONED;
  }

  synchronized StoreStats.Health health() {
    return switch (state) {
      case Open open -> new StoreStats.Health(true, "ok");
      case Stopped stopped -> new StoreStats.Health(false, stopped.detail);
    };
  }

  boolean isClosed() {
    return isClosed;
  }

  /** Refuses everything from now on. */
  void close() {
    isClosed = true;
  }
}
