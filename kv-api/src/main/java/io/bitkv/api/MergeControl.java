package io.bitkv.api;

/**
 * Control over a store's merges. Safe for use by any thread.
 *
 * {@snippet file="io/bitkv/api/EmbeddedSnippetsTest.java" region="merges"}
 */
public interface MergeControl {

  /**
   * Tells which merges are worth it now, whether or not they may run at this time.
   *
   * @param isForced whether everything that gives back any byte is worth it, not only what the store's {@link MergeOptions} say
   * @return the plan
   */
  MergePlan explain(boolean isForced);

  /**
   * Ends the segment that is written to if something in it is dead, and merges on the calling thread until nothing is left that is worth
   * it; whether merging is enabled, paused or in its window does not matter. Another merge that is running is waited for. The files that
   * were replaced are gone when this returns, but for those that somebody still reads.
   *
   * @param isForced whether everything that gives back any byte is worth it, not only what the store's options say
   * @return what was done; it ends early after {@link #cancel}
   * @throws StoreIoException if a merge failed; its segments stay as they were
   */
  MergeReport run(boolean isForced);

  /** Lets no further merge begin by itself; one that is running stops where it is and goes on after {@link #resume}. */
  void pause();

  /** Ends a pause. */
  void resume();

  /**
   * Tells whether merging is paused.
   *
   * @return whether it is
   */
  boolean isPaused();

  /** Gives up the merge that is running, and the {@link #run} it belongs to; its segments stay as they were. */
  void cancel();
}
