package io.bitkv.api;

import java.nio.file.Path;
import java.util.List;

/**
 * Is told of what happens inside an embedded store. Calls come from the store's threads, one at a time per event kind; they must be
 * quick and must not call the store.
 *
 * {@snippet file="io/bitkv/api/EmbeddedSnippetsTest.java" region="listener"}
 */
@FunctionalInterface
public interface StoreListener {

  /** What happened. */
  sealed interface Event {}

  /**
   * A store was opened.
   *
   * @param segments how many segments it has
   * @param keys how many keys it holds
   * @param millis how long the opening took, in milliseconds
   */
  record Recovered(int segments, long keys, long millis) implements Event {}

  /**
   * The newest segment ended in bytes that no completed sync covered; they were cut off and kept beside it.
   *
   * @param file the segment
   * @param offset where its valid data ends, in bytes
   * @param bytes how many bytes were cut
   */
  record TornTail(Path file, long offset, long bytes) implements Event {}

  /**
   * Something was found that does not belong or does not check out and could be done without.
   *
   * @param file what it concerns
   * @param detail what was found and what was done
   */
  record Warning(Path file, String detail) implements Event {}

  /**
   * A new segment was begun, which writes go to from now on.
   *
   * @param id the segment's number
   */
  record Rolled(long id) implements Event {}

  /**
   * Values whose time had come were removed, before anybody asked for them.
   *
   * @param entries how many
   */
  record Expired(long entries) implements Event {}

  /**
   * A segment was completed and its footer is on stable storage.
   *
   * @param id the segment's number
   * @param bytes its length
   */
  record Sealed(long id, long bytes) implements Event {}

  /**
   * A merge ended well: a new segment has taken the place of others.
   *
   * @param inputs the ids of the segments that it took the place of
   * @param output the id of the new segment
   * @param report what the merge did
   */
  record Merged(List<Long> inputs, long output, MergeReport report) implements Event {
    /** Takes an unmodifiable copy. */
    public Merged {
      inputs = List.copyOf(inputs);
    }
  }

  /**
   * A merge failed; its segments stay as they were.
   *
   * @param inputs the ids of the segments
   * @param detail what failed and what follows
   */
  record MergeFailed(List<Long> inputs, String detail) implements Event {
    /** Takes an unmodifiable copy. */
    public MergeFailed {
      inputs = List.copyOf(inputs);
    }
  }

  /**
   * The store stopped taking writes.
   *
   * @param reason why
   * @param detail what failed
   */
  record WritesStopped(WritesRefusedException.Reason reason, String detail) implements Event {}

  /** The store takes writes again. */
  record WritesResumed() implements Event {}

  /**
   * Takes an event.
   *
   * @param event what happened
   */
  void onEvent(Event event);

  /**
   * Ignores every event.
   *
   * @return that listener
   */
  static StoreListener none() {
    return event -> {};
  }
}
