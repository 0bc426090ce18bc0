package io.bitkv.api;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

/**
 * A list of blind writes, across keyspaces, that {@link KeyValueStore#commit} applies wholly or not at all. Later writes of a key win.
 *
 * {@snippet file="io/bitkv/api/SnippetsTest.java" region="batch"}
 *
 * <p>Not safe for use by several threads at once. The arrays are not copied and must not be changed until the batch is committed.
 */
public final class WriteBatch {

  /** One write of a batch. */
  public sealed interface Write {
    /**
     * Tells which key is written.
     *
     * @return the key in its keyspace
     */
    KeyRef ref();
  }

  /**
   * Stores a value.
   *
   * @param ref the key in its keyspace
   * @param value the value
   * @param expiry when the value ceases to exist
   */
  public record PutWrite(KeyRef ref, byte[] value, Expiry expiry) implements Write {
    /** Checks that nothing is missing. */
    public PutWrite {
      Objects.requireNonNull(value, "value");
      Objects.requireNonNull(expiry, "expiry");
    }
  }

  /**
   * Deletes a key.
   *
   * @param ref the key in its keyspace
   */
  public record DeleteWrite(KeyRef ref) implements Write {}

  private final List<Write> writes = new ArrayList<>();
  private boolean isDurable;

  /** Makes an empty batch. */
  public WriteBatch() {}

  /**
   * Adds a value in the default keyspace that does not expire.
   *
   * @param key the key
   * @param value the value
   * @return this batch
   */
  public WriteBatch put(byte[] key, byte[] value) {
    return put(KeyspaceId.DEFAULT, key, value);
  }

  /**
   * Adds a value that does not expire.
   *
   * @param keyspace where the key lives
   * @param key the key
   * @param value the value
   * @return this batch
   */
  public WriteBatch put(KeyspaceId keyspace, byte[] key, byte[] value) {
    return put(new KeyRef(keyspace, key), value, Expiry.NEVER);
  }

  /**
   * Adds a value with an expiry.
   *
   * @param ref the key in its keyspace
   * @param value the value
   * @param expiry when the value ceases to exist
   * @return this batch
   */
  public WriteBatch put(KeyRef ref, byte[] value, Expiry expiry) {
    writes.add(new PutWrite(ref, value, expiry));
    return this;
  }

  /**
   * Adds a value of a map that does not expire.
   *
   * @param map the map
   * @param key the key
   * @param value the value
   * @param <K> the type of the map's keys
   * @param <V> the type of the map's values
   * @return this batch
   */
  public <K, V> WriteBatch put(KvMap<K, V> map, K key, V value) {
    return put(map.ref(key), map.encode(value), Expiry.NEVER);
  }

  /**
   * Adds a deletion in a map.
   *
   * @param map the map
   * @param key the key
   * @param <K> the type of the map's keys
   * @return this batch
   */
  public <K> WriteBatch delete(KvMap<K, ?> map, K key) {
    return delete(map.ref(key));
  }

  /**
   * Adds a deletion in the default keyspace.
   *
   * @param key the key
   * @return this batch
   */
  public WriteBatch delete(byte[] key) {
    return delete(new KeyRef(KeyspaceId.DEFAULT, key));
  }

  /**
   * Adds a deletion.
   *
   * @param ref the key in its keyspace
   * @return this batch
   */
  public WriteBatch delete(KeyRef ref) {
    writes.add(new DeleteWrite(ref));
    return this;
  }

  /**
   * Has {@link KeyValueStore#commit} return only after the batch is on stable storage, whatever the store's sync policy.
   *
   * @return this batch
   */
  public WriteBatch durable() {
    isDurable = true;
    return this;
  }

  /**
   * Tells whether the batch must be on stable storage when it is acknowledged.
   *
   * @return whether {@link #durable()} was called
   */
  public boolean isDurable() {
    return isDurable;
  }

  /**
   * Lists the writes in their order.
   *
   * @return an unmodifiable view
   */
  public List<Write> writes() {
    return Collections.unmodifiableList(writes);
  }
}
