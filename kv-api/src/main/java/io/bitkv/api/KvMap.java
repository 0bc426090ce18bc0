package io.bitkv.api;

import io.bitkv.api.codec.CodecException;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;

/**
 * A keyspace whose keys and values are Java objects, turned into bytes by a {@link io.bitkv.api.codec.Codec} each; made by {@link
 * Keyspaces#map(String, io.bitkv.api.codec.Codec, io.bitkv.api.codec.Codec)} of any store, embedded or remote.
 *
 * {@snippet file="io/bitkv/api/SnippetsTest.java" region="map"}
 *
 * <p>Safe for use by many threads. Methods throw what those of {@link Keyspace} throw, and {@link CodecException} for a value that has no
 * bytes or bytes that hold no value. No key and no value is null.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 */
public interface KvMap<K, V> extends KvReader<K, V> {

  /**
   * Writes a value in any case; it does not expire.
   *
   * @param key the key
   * @param value the value
   * @return the version of the write
   */
  long put(K key, V value);

  /**
   * Writes a value under a condition, with an expiry.
   *
   * @param key the key
   * @param value the value
   * @param options the condition, the expiry and the durability
   * @return the version of the write, or empty when the condition did not hold and nothing was written
   */
  OptionalLong put(K key, V value, Put options);

  /**
   * Writes a value when the key does not exist.
   *
   * @param key the key
   * @param value the value
   * @return whether it was written
   */
  default boolean putIfAbsent(K key, V value) {
    return put(key, value, Put.ifAbsent()).isPresent();
  }

  /**
   * Writes several values, which do not expire, as one step: wholly or not at all after any crash. In a transaction they are part of it.
   *
   * @param entries the keys and values
   */
  void putAll(Map<? extends K, ? extends V> entries);

  /**
   * Replaces a value when nobody wrote it since it was read, and keeps its expiry.
   *
   * @param key the key
   * @param version the version that was read, see {@link Versioned#version()}
   * @param value the new value
   * @return whether it was replaced
   */
  default boolean compareAndSet(K key, long version, V value) {
    return put(key, value, Put.ifVersion(version).keepExpiry()).isPresent();
  }

  /**
   * Deletes a key.
   *
   * @param key the key
   * @return whether it existed
   */
  default boolean delete(K key) {
    return delete(key, Condition.ALWAYS).isPresent();
  }

  /**
   * Deletes a key under a condition.
   *
   * @param key the key
   * @param condition what must hold of it
   * @return the version of the deletion, or empty when the key did not exist or the condition did not hold
   */
  OptionalLong delete(K key, Condition condition);

  /**
   * Changes a value in one atomic step, and keeps its expiry.
   *
   * @param key the key
   * @param change makes the new value of the present one, where empty means that there is none; it may be called again when somebody
   *     else wrote the key meanwhile, so it must have no other effects
   * @return the new value
   */
  Optional<V> compute(K key, UnaryOperator<Optional<V>> change);

  /**
   * Puts a value in place of none, or combines it with the present one, in one atomic step; keeps the expiry.
   *
   * @param key the key
   * @param value the value
   * @param combine makes the new value of the present one and the given one, see {@link #compute}
   * @return the new value
   */
  default V merge(K key, V value, BinaryOperator<V> combine) {
    return compute(key, present -> Optional.of(present.map(old -> combine.apply(old, value)).orElse(value))).orElseThrow();
  }

  /**
   * Adds to a number in one atomic step; a missing one counts as 0. The expiry is kept.
   *
   * @param map a map with numbers as values
   * @param key the key
   * @param delta what is added; may be negative
   * @param <K> the type of the keys
   * @return the sum
   * @throws ArithmeticException if the sum exceeds a long; the number is left as it is
   */
  static <K> long increment(KvMap<K, Long> map, K key, long delta) {
    return map.merge(key, delta, Math::addExact);
  }

  /**
   * Changes when a value expires and leaves the value as it is.
   *
   * @param key the key
   * @param expiry the new expiry; a time in the past deletes the key
   * @return whether the key existed
   */
  boolean expire(K key, Expiry expiry);

  /**
   * Deletes every key at once.
   *
   * @return the version of the deletion
   */
  long clear();

  /**
   * Names a key for {@link KeyValueStore#atomically} or a {@link WriteBatch}.
   *
   * @param key the key
   * @return the key's bytes in this keyspace
   */
  KeyRef ref(K key);

  /**
   * Turns a value into the bytes that this map stores.
   *
   * @param value the value
   * @return its bytes
   */
  byte[] encode(V value);

  /**
   * Gives this map inside a transaction.
   *
   * @param transaction what {@link KeyValueStore#atomically} hands to its body
   * @return the same keyspace with the same codecs; valid as long as the transaction
   */
  KvMap<K, V> in(Transaction transaction);
}
