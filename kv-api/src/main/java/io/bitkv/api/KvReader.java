package io.bitkv.api;

import io.bitkv.api.codec.CodecException;
import java.util.Collection;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The reading half of a {@link KvMap}, for code that must not write.
 *
 * {@snippet file="io/bitkv/api/SnippetsTest.java" region="reader"}
 *
 * <p>Safe for use by many threads. Methods throw what those of {@link Keyspace} throw, and {@link CodecException} for bytes that hold no
 * key or value of the type. No key and no value is null.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 */
public interface KvReader<K, V> {

  /**
   * Tells which keyspace this is.
   *
   * @return its number or name
   */
  KeyspaceId id();

  /**
   * Reads a value.
   *
   * @param key the key
   * @return the value, or empty when the key does not exist
   */
  Optional<V> get(K key);

  /**
   * Reads a value that must be there.
   *
   * @param key the key
   * @return the value
   * @throws NoSuchElementException if the key does not exist
   */
  default V getOrThrow(K key) {
    return get(key).orElseThrow(() -> new NoSuchElementException("keyspace " + id() + " has no key " + key));
  }

  /**
   * Reads a value with its version and expiry.
   *
   * @param key the key
   * @return the value, or empty when the key does not exist
   */
  Optional<Versioned<V>> getVersioned(K key);

  /**
   * Reads several values; each is read by itself, so writes may fall between them.
   *
   * @param keys the keys
   * @return those that exist with their values, in the order given
   */
  Map<K, V> getAll(Collection<? extends K> keys);

  /**
   * Tells whether a key exists.
   *
   * @param key the key
   * @return whether it does
   */
  boolean contains(K key);

  /**
   * Visits keys. The stream reads as it goes and must be closed, best by try-with-resources.
   *
   * @param scan which keys, and how
   * @return the keys
   * @throws UnsupportedFeatureException if the scan asks for an order and the store or the keys' codec has none
   */
  Stream<K> keys(KvScan<K> scan);

  /**
   * Visits keys with their values. The stream reads as it goes and must be closed, best by try-with-resources.
   *
   * @param scan which keys, and how
   * @return keys, values, versions and expiries
   * @throws UnsupportedFeatureException if the scan asks for an order and the store or the keys' codec has none
   */
  Stream<KvEntry<K, V>> entries(KvScan<K> scan);

  /**
   * Takes one step of a live scan that needs nothing kept between its steps, see {@link Keyspace#scan(long, int)}.
   *
   * @param cursor {@link Page#START}, or what the step before returned
   * @param count about how many keys to visit; greater than 0
   * @return the keys met, and the next cursor
   */
  Page<K> scan(long cursor, int count);

  /**
   * Counts the keys. Expired keys that have not been reclaimed yet may be counted.
   *
   * @return how many keys there are
   */
  long size();
}
