package io.bitkv.server;

import io.bitkv.api.KeyRef;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A connection's transaction: the commands queued since {@code MULTI}, and the keys under {@code
 * WATCH}.
 */
final class TransactionState {

  /** The version that stands for a key that does not exist. */
  static final long ABSENT = 0;

  /**
   * A command that waits for {@code EXEC}.
   *
   * @param command the command
   * @param arguments its arguments, copied
   */
  record Queued(Command command, Arguments arguments) {}

  private final List<Queued> queue = new ArrayList<>(0);
  private final Map<KeyRef, Long> watched = new HashMap<>(0);
  private boolean isOpen;
  private boolean isBroken;
  private long queuedBytes;

  /** Whether commands are being queued. */
  boolean isOpen() {
    return isOpen;
  }

  void open() {
    isOpen = true;
  }

  /** Whether a command could not be queued, so that {@code EXEC} must refuse. */
  boolean isBroken() {
    return isBroken;
  }

  /** Says that a command was refused; counts only while commands are being queued. */
  void commandRefused() {
    isBroken |= isOpen;
  }

  void queue(Command command, Arguments arguments) {
    queue.add(new Queued(command, arguments.copy()));
    queuedBytes += arguments.byteCount();
  }

  List<Queued> queued() {
    return queue;
  }

  /** How many bytes the queued commands' arguments have. */
  long queuedBytes() {
    return queuedBytes;
  }

  /** Watches a key; one that is watched already keeps the version it had first. */
  void watch(KeyRef key, long version) {
    watched.putIfAbsent(key, version);
  }

  /** The watched keys, each with the version it had, or {@link #ABSENT}. */
  Map<KeyRef, Long> watched() {
    return watched;
  }

  void unwatch() {
    watched.clear();
  }

  /** Ends the transaction and forgets the watched keys. */
  void reset() {
    isOpen = false;
    isBroken = false;
    queue.clear();
    queuedBytes = 0;
    watched.clear();
  }
}
