package io.bitkv.api;

import io.bitkv.api.spi.StoreProvider;
import java.nio.file.Path;
import java.util.Collection;
import java.util.function.Function;

/**
 * A store of keys and values, embedded in this process or at the other end of a connection; a program moves between the two by the one
 * line that opens it.
 *
 * {@snippet file="io/bitkv/api/EmbeddedSnippetsTest.java" region="open"}
 *
 * <p>Safe for use by many threads. Its own {@link Keyspace} methods work on the default keyspace.
 */
public interface KeyValueStore extends Keyspaces, AutoCloseable {

  /**
   * Opens the store in a directory of this machine with the default options; makes it if there is none.
   *
   * @param directory where the store's files are
   * @return the open store
   * @throws StoreLockedException if it is open already, here or in another process
   * @throws StoreCorruptException if durable bytes are damaged; nothing is changed
   * @throws StoreFormatException if a newer version wrote it; nothing is changed
   * @throws StoreIoException if the file system refuses
   * @throws UnsupportedFeatureException if no storage engine is on the module path or the class path
   */
  static EmbeddedStore open(Path directory) {
    return open(directory, StoreOptions.defaults());
  }

  /**
   * Opens the store in a directory of this machine.
   *
   * @param directory where the store's files are
   * @param options how to open it
   * @return the open store
   * @throws StoreLockedException if it is open already, here or in another process
   * @throws StoreCorruptException if durable bytes are damaged and the options refuse damage; nothing is changed
   * @throws StoreFormatException if a newer version wrote it; nothing is changed
   * @throws StoreIoException if the file system refuses
   * @throws UnsupportedFeatureException if no storage engine is on the module path or the class path
   */
  static EmbeddedStore open(Path directory, StoreOptions options) {
    return StoreProvider.first().open(directory, options);
  }

  /**
   * Gives the tools that work on a store's files without opening it.
   *
   * @return the tools of the storage engine
   * @throws UnsupportedFeatureException if no storage engine is on the module path or the class path
   */
  static StoreTools tools() {
    return StoreProvider.first().tools();
  }

  /**
   * Reads and writes several keys as one step. While the body runs nobody else writes the guarded keys; its writes are applied together
   * when it returns, wholly or not at all after any crash, and not at all when it throws.
   *
   * <p>The body should be quick, must not use the store but through its transaction, and must have no other effects: a store at the
   * other end of a connection may run it again when a guarded key changed meanwhile.
   *
   * @param keys the keys that the body may read and write, across keyspaces
   * @param body what to do
   * @param <R> what the body yields
   * @return what the body returned
   */
  <R> R atomically(Collection<KeyRef> keys, Function<? super Transaction, ? extends R> body);

  /**
   * Applies a batch of writes as one step: wholly or not at all after any crash.
   *
   * @param batch the writes
   * @return the version of the last write; 0 when the batch is empty
   */
  long commit(WriteBatch batch);

  /**
   * Closes the store: waits for operations that are under way and refuses new ones with {@link StoreClosedException}. What was
   * acknowledged is on stable storage afterwards. Closing again does nothing.
   */
  @Override
  void close();
}
