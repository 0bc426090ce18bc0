package io.bitkv.api;

import java.nio.file.Path;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * A store whose files this process holds: what {@link KeyValueStore} offers, and control over durability, and insight.
 *
 * {@snippet file="io/bitkv/api/EmbeddedSnippetsTest.java" region="embedded"}
 */
public interface EmbeddedStore extends KeyValueStore {

  /**
   * Tells where the store's files are.
   *
   * @return the directory
   */
  Path directory();

  /**
   * Gives a view of this store whose writes return as soon as they are logged, whatever the sync policy; pair it with {@link
   * #whenDurable}. Under {@link SyncPolicy.Always} what nobody asked for is synced some milliseconds later. Closing the view does nothing.
   *
   * @return the view
   */
  KeyValueStore deferred();

  /**
   * Runs a body while nobody else writes any key. Like {@link #atomically}, but the body may use every key and whole keyspaces.
   *
   * @param body what to do
   * @param <R> what the body yields
   * @return what the body returned
   */
  <R> R exclusively(Function<? super Transaction, ? extends R> body);

  /**
   * Tells the sequence number of the newest write.
   *
   * @return the greatest version so far; 0 in an empty store
   */
  long lastSequence();

  /**
   * Tells how far the log is on stable storage.
   *
   * @return every write up to this version is
   */
  long durableSequence();

  /**
   * Waits without blocking for a write to reach stable storage; asks for a sync if none is due.
   *
   * @param version the write's version
   * @return completes after the sync that covers the write ended, or with {@link SyncFailedException}, or with {@link
   *     StoreClosedException} if the store was closed without; dependent stages that are not asynchronous run on the store's sync
   *     thread and must not block
   * @throws IllegalArgumentException if no write has this version yet
   */
  CompletionStage<Void> whenDurable(long version);

  /** Returns once every write so far is on stable storage. */
  void sync();

  /**
   * Tells the sync policy in force.
   *
   * @return the policy
   */
  SyncPolicy syncPolicy();

  /**
   * Changes the sync policy for writes from now on.
   *
   * @param policy the new policy
   */
  void syncPolicy(SyncPolicy policy);

  /**
   * Takes in what another process has written since, where this store was opened {@linkplain StoreOptions#withReadOnly read-only}: what it
   * shows afterwards is a state of the log in that process at some moment during this call, which its later writes may follow within
   * instants. Streams that are open go on in the state in which they began. A refresh that has anything to take in costs as much as an
   * opening. Any other store always shows its newest state, and this does nothing.
   *
   * @throws StoreCorruptException if durable bytes are damaged; the state stays as it was
   * @throws StoreIoException if the file system refuses; the state stays as it was
   */
  default void refresh() {}

  /**
   * Gives control over merges.
   *
   * @return the control; the same for as long as the store is open
   */
  MergeControl merges();

  /**
   * Takes the store's figures at this moment.
   *
   * @return the figures
   */
  StoreStats stats();
}
