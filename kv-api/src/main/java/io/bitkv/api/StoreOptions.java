package io.bitkv.api;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;

/**
 * How to open an embedded store. Immutable; each {@code with} method returns a changed copy.
 *
 * {@snippet file="io/bitkv/api/EmbeddedSnippetsTest.java" region="options"}
 *
 * @param syncPolicy when writes reach stable storage
 * @param segmentBytes about how large a segment grows before the next begins; 4 KiB to 2 GiB
 * @param directoryKind how the key directory is kept
 * @param merges when the store merges by itself, and how fast
 * @param onDamage what to do when durable bytes are damaged
 * @param isReadOnly whether the store is only read, without a lock, beside a process that may be writing to it
 * @param clock what tells the time for timestamps and expiry; order never depends on it
 * @param listener what is told of the store's events
 */
public record StoreOptions(
    SyncPolicy syncPolicy,
    long segmentBytes,
    DirectoryKind directoryKind,
    MergeOptions merges,
    OnDamage onDamage,
    boolean isReadOnly,
    InstantSource clock,
    StoreListener listener) {

  /** The least segment size: 4 KiB. */
  public static final long MIN_SEGMENT_BYTES = 4 << 10;

  /** The greatest segment size: 2 GiB. */
  public static final long MAX_SEGMENT_BYTES = 2L << 30;

  private static final StoreOptions DEFAULTS =
      new StoreOptions(
          SyncPolicy.every(Duration.ofSeconds(1)),
          256L << 20,
          DirectoryKind.COMPACT,
          MergeOptions.defaults(),
          OnDamage.REFUSE,
          false,
          InstantSource.system(),
          StoreListener.none());

  /** What to do when bytes that were once durable are damaged. */
  public enum OnDamage {
    /** Refuse to open, naming file and offset, and change nothing. */
    REFUSE,
    /** Set the damaged segment's bad ranges aside, tell the listener, and open with everything that is whole. */
    QUARANTINE
  }

  /** Checks every value. */
  public StoreOptions {
    Objects.requireNonNull(syncPolicy, "syncPolicy");
    Objects.requireNonNull(directoryKind, "directoryKind");
    Objects.requireNonNull(merges, "merges");
    Objects.requireNonNull(onDamage, "onDamage");
    Objects.requireNonNull(clock, "clock");
    Objects.requireNonNull(listener, "listener");
    if (segmentBytes < MIN_SEGMENT_BYTES || segmentBytes > MAX_SEGMENT_BYTES) {
      throw new InvalidOptionException(
          "a segment size is " + MIN_SEGMENT_BYTES + " to " + MAX_SEGMENT_BYTES + " bytes, not " + segmentBytes);
    }
  }

  /**
   * The default options: sync every second, segments of 256 MiB, compact directory, merges by itself, damage refused.
   *
   * @return those options
   */
  public static StoreOptions defaults() {
    return DEFAULTS;
  }

  /**
   * Changes when writes reach stable storage.
   *
   * @param policy the policy
   * @return the changed copy
   */
  public StoreOptions withSyncPolicy(SyncPolicy policy) {
    return new StoreOptions(policy, segmentBytes, directoryKind, merges, onDamage, isReadOnly, clock, listener);
  }

  /**
   * Changes the segment size.
   *
   * @param bytes 4 KiB to 2 GiB
   * @return the changed copy
   */
  public StoreOptions withSegmentBytes(long bytes) {
    return new StoreOptions(syncPolicy, bytes, directoryKind, merges, onDamage, isReadOnly, clock, listener);
  }

  /**
   * Changes how the key directory is kept.
   *
   * @param kind the kind
   * @return the changed copy
   */
  public StoreOptions withDirectoryKind(DirectoryKind kind) {
    return new StoreOptions(syncPolicy, segmentBytes, kind, merges, onDamage, isReadOnly, clock, listener);
  }

  /**
   * Changes when the store merges by itself, and how fast.
   *
   * @param options those options
   * @return the changed copy
   */
  public StoreOptions withMerges(MergeOptions options) {
    return new StoreOptions(syncPolicy, segmentBytes, directoryKind, options, onDamage, isReadOnly, clock, listener);
  }

  /**
   * Changes what is done about damage.
   *
   * @param action what to do
   * @return the changed copy
   */
  public StoreOptions withOnDamage(OnDamage action) {
    return new StoreOptions(syncPolicy, segmentBytes, directoryKind, merges, action, isReadOnly, clock, listener);
  }

  /**
   * Changes whether the store is only read. It then takes no lock and writes nothing, not even to settle what a crash left; it may be opened
   * any number of times, beside a process that writes to it too. It shows the state that it found when it was opened, or when {@link
   * EmbeddedStore#refresh} was last called, and refuses writes with {@link WritesRefusedException}. A segment that the writer appends to
   * is read through system calls, so that recent values cost more to read.
   *
   * @param only whether it is only read
   * @return the changed copy
   */
  public StoreOptions withReadOnly(boolean only) {
    return new StoreOptions(syncPolicy, segmentBytes, directoryKind, merges, onDamage, only, clock, listener);
  }

  /**
   * Changes the clock.
   *
   * @param source what tells the time
   * @return the changed copy
   */
  public StoreOptions withClock(InstantSource source) {
    return new StoreOptions(syncPolicy, segmentBytes, directoryKind, merges, onDamage, isReadOnly, source, listener);
  }

  /**
   * Changes the listener.
   *
   * @param other what is told of events
   * @return the changed copy
   */
  public StoreOptions withListener(StoreListener other) {
    return new StoreOptions(syncPolicy, segmentBytes, directoryKind, merges, onDamage, isReadOnly, clock, other);
  }
}
