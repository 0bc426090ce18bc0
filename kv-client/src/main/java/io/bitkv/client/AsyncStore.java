package io.bitkv.client;

import io.bitkv.api.KeyspaceId;
import io.bitkv.api.WriteBatch;
import io.bitkv.api.codec.Codec;
import java.util.concurrent.CompletionStage;

/**
 * A client whose methods do not wait; made by {@link KvClient#async}. Its own {@link AsyncKeyspace} methods work on the default keyspace.
 *
 * {@snippet file="io/bitkv/client/SnippetsTest.java" region="async"}
 */
public interface AsyncStore extends AsyncKeyspace {

  /**
   * Finds a keyspace.
   *
   * @param id its number or name
   * @return the keyspace
   */
  AsyncKeyspace keyspace(KeyspaceId id);

  /**
   * Finds a named keyspace as a map of Java objects.
   *
   * @param name 1 to 255 characters
   * @param keys the codec of its keys
   * @param values the codec of its values
   * @param <K> the type of its keys
   * @param <V> the type of its values
   * @return the map
   */
  default <K, V> AsyncKvMap<K, V> map(String name, Codec<K> keys, Codec<V> values) {
    return map(new KeyspaceId.Named(name), keys, values);
  }

  /**
   * Finds a keyspace as a map of Java objects.
   *
   * @param id its number or name
   * @param keys the codec of its keys
   * @param values the codec of its values
   * @param <K> the type of its keys
   * @param <V> the type of its values
   * @return the map
   */
  default <K, V> AsyncKvMap<K, V> map(KeyspaceId id, Codec<K> keys, Codec<V> values) {
    return new AsyncKvMap<>(keyspace(id), keys, values);
  }

  /**
   * Applies a batch of writes as one step.
   *
   * @param batch the writes; not to be changed until the stage has ended
   * @return the version of the last write; 0 when the batch is empty
   */
  CompletionStage<Long> commit(WriteBatch batch);
}
