package io.bitkv.api;

import io.bitkv.api.codec.Codec;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * A group of keyspaces. It is itself the keyspace {@link KeyspaceId#DEFAULT}: its own {@link Keyspace} methods work on that one.
 *
 * {@snippet file="io/bitkv/api/SnippetsTest.java" region="keyspaces"}
 *
 * <p>A keyspace exists as soon as it is written to; asking for one costs nothing and writes nothing.
 */
public interface Keyspaces extends Keyspace {

  /**
   * Finds a keyspace.
   *
   * @param id its number or name
   * @return the keyspace
   */
  Keyspace keyspace(KeyspaceId id);

  /**
   * Finds a numbered keyspace.
   *
   * @param number 0 to 1023
   * @return the keyspace
   * @throws InvalidOptionException if the number is out of range
   */
  default Keyspace keyspace(int number) {
    return keyspace(new KeyspaceId.Numbered(number));
  }

  /**
   * Finds a named keyspace.
   *
   * @param name 1 to 255 characters
   * @return the keyspace
   * @throws InvalidOptionException if the name is empty or too long
   */
  default Keyspace keyspace(String name) {
    return keyspace(new KeyspaceId.Named(name));
  }

  /**
   * Finds a named keyspace as a map of Java objects.
   *
   * @param name 1 to 255 characters
   * @param keys the codec of its keys
   * @param values the codec of its values
   * @param <K> the type of its keys
   * @param <V> the type of its values
   * @return the map
   * @throws InvalidOptionException if the name is empty or too long
   */
  default <K, V> KvMap<K, V> map(String name, Codec<K> keys, Codec<V> values) {
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
  default <K, V> KvMap<K, V> map(KeyspaceId id, Codec<K> keys, Codec<V> values) {
    return new KeyspaceMap<>(this, id, keys, values);
  }

  @Override
  default KeyspaceId id() {
    return KeyspaceId.DEFAULT;
  }

  @Override
  default Optional<byte[]> get(byte[] key) {
    return keyspace(KeyspaceId.DEFAULT).get(key);
  }

  @Override
  default Optional<Versioned<byte[]>> getVersioned(byte[] key) {
    return keyspace(KeyspaceId.DEFAULT).getVersioned(key);
  }

  @Override
  default List<Optional<byte[]>> getAll(List<byte[]> keys) {
    return keyspace(KeyspaceId.DEFAULT).getAll(keys);
  }

  @Override
  default <R> Optional<R> read(byte[] key, ValueReader<R> reader) {
    return keyspace(KeyspaceId.DEFAULT).read(key, reader);
  }

  @Override
  default int getInto(byte[] key, byte[] target) {
    return keyspace(KeyspaceId.DEFAULT).getInto(key, target);
  }

  @Override
  default boolean contains(byte[] key) {
    return keyspace(KeyspaceId.DEFAULT).contains(key);
  }

  @Override
  default long put(byte[] key, byte[] value) {
    return keyspace(KeyspaceId.DEFAULT).put(key, value);
  }

  @Override
  default OptionalLong put(byte[] key, byte[] value, Put options) {
    return keyspace(KeyspaceId.DEFAULT).put(key, value, options);
  }

  @Override
  default OptionalLong delete(byte[] key, Condition condition) {
    return keyspace(KeyspaceId.DEFAULT).delete(key, condition);
  }

  @Override
  default OptionalLong expire(byte[] key, Expiry expiry) {
    return keyspace(KeyspaceId.DEFAULT).expire(key, expiry);
  }

  @Override
  default long size() {
    return keyspace(KeyspaceId.DEFAULT).size();
  }

  @Override
  default long clear() {
    return keyspace(KeyspaceId.DEFAULT).clear();
  }

  @Override
  default Stream<byte[]> keys(Scan scan) {
    return keyspace(KeyspaceId.DEFAULT).keys(scan);
  }

  @Override
  default Stream<KeyValue> entries(Scan scan) {
    return keyspace(KeyspaceId.DEFAULT).entries(scan);
  }

  @Override
  default Page<byte[]> scan(long cursor, int count) {
    return keyspace(KeyspaceId.DEFAULT).scan(cursor, count);
  }

  @Override
  default Optional<byte[]> randomKey() {
    return keyspace(KeyspaceId.DEFAULT).randomKey();
  }
}
