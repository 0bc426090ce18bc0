package io.bitkv.client;

import io.bitkv.api.Condition;
import io.bitkv.api.Expiry;
import io.bitkv.api.KeyspaceId;
import io.bitkv.api.Put;
import io.bitkv.api.Versioned;
import io.bitkv.api.codec.Codec;
import io.bitkv.api.codec.CodecException;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;

/**
 * A {@link io.bitkv.api.KvMap} whose methods do not wait; made by {@link AsyncStore#map(String, Codec, Codec)}. What is said of {@link
 * AsyncKeyspace} holds here, too. A key or value that cannot be encoded is a {@link CodecException} at once; one that cannot be decoded
 * ends the stage with it.
 *
 * {@snippet file="io/bitkv/client/SnippetsTest.java" region="asyncMap"}
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 */
public final class AsyncKvMap<K, V> {

  private final AsyncKeyspace bytes;
  private final Codec<K> keys;
  private final Codec<V> values;

  AsyncKvMap(AsyncKeyspace bytes, Codec<K> keys, Codec<V> values) {
    this.bytes = bytes;
    this.keys = Objects.requireNonNull(keys, "keys");
    this.values = Objects.requireNonNull(values, "values");
  }

  /**
   * Tells which keyspace this is.
   *
   * @return its number or name
   */
  public KeyspaceId id() {
    return bytes.id();
  }

  /**
   * Reads a value.
   *
   * @param key the key
   * @return the value, or empty when the key does not exist
   */
  public CompletionStage<Optional<V>> get(K key) {
    return bytes.get(keys.encode(key)).thenApply(value -> value.map(values::decode));
  }

  /**
   * Reads a value with its version and expiry.
   *
   * @param key the key
   * @return the value, or empty when the key does not exist
   */
  public CompletionStage<Optional<Versioned<V>>> getVersioned(K key) {
    return bytes
        .getVersioned(keys.encode(key))
        .thenApply(
            found -> found.map(value -> new Versioned<>(values.decode(value.value()), value.version(), value.expiresAtMillis())));
  }

  /**
   * Tells whether a key exists.
   *
   * @param key the key
   * @return whether it does
   */
  public CompletionStage<Boolean> contains(K key) {
    return bytes.contains(keys.encode(key));
  }

  /**
   * Writes a value in any case; it does not expire.
   *
   * @param key the key
   * @param value the value
   * @return the version of the write
   */
  public CompletionStage<Long> put(K key, V value) {
    return bytes.put(keys.encode(key), values.encode(value));
  }

  /**
   * Writes a value under a condition, with an expiry.
   *
   * @param key the key
   * @param value the value
   * @param options the condition, the expiry and the durability
   * @return the version of the write, or empty when the condition did not hold and nothing was written
   */
  public CompletionStage<OptionalLong> put(K key, V value, Put options) {
    return bytes.put(keys.encode(key), values.encode(value), options);
  }

  /**
   * Replaces a value when nobody wrote it since it was read, and keeps its expiry.
   *
   * @param key the key
   * @param version the version that was read
   * @param value the new value
   * @return whether it was replaced
   */
  public CompletionStage<Boolean> compareAndSet(K key, long version, V value) {
    return put(key, value, Put.ifVersion(version).keepExpiry()).thenApply(OptionalLong::isPresent);
  }

  /**
   * Deletes a key.
   *
   * @param key the key
   * @return whether it existed
   */
  public CompletionStage<Boolean> delete(K key) {
    return delete(key, Condition.ALWAYS).thenApply(OptionalLong::isPresent);
  }

  /**
   * Deletes a key under a condition.
   *
   * @param key the key
   * @param condition what must hold of it
   * @return the version of the deletion, or empty when the key did not exist or the condition did not hold
   */
  public CompletionStage<OptionalLong> delete(K key, Condition condition) {
    return bytes.delete(keys.encode(key), condition);
  }

  /**
   * Changes when a value expires and leaves the value as it is.
   *
   * @param key the key
   * @param expiry the new expiry; a time in the past deletes the key
   * @return whether the key existed
   */
  public CompletionStage<Boolean> expire(K key, Expiry expiry) {
    return bytes.expire(keys.encode(key), expiry).thenApply(OptionalLong::isPresent);
  }
}
