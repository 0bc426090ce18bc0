package io.bitkv.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * An independent set of keys with their values; both are byte strings of any content.
 *
 * {@snippet file="io/bitkv/api/SnippetsTest.java" region="keyspace"}
 *
 * <p>Keys have 0 to {@value #MAX_KEY_BYTES} bytes, values 0 to {@value #MAX_VALUE_BYTES}. Arrays that are handed in are not changed and
 * not kept beyond the call; arrays that are handed out belong to the caller. Implementations are safe for use by many threads, and
 * each single operation is atomic: it sees all of any other or nothing of it. Any method may throw a {@link KvException}, above all
 * {@link StoreClosedException}, {@link StoreIoException} and {@link StoreCorruptException}; writing methods also {@link
 * WritesRefusedException}, {@link SyncFailedException} and {@link LimitExceededException}.
 */
public interface Keyspace {

  /** The greatest length of a key, in bytes: 64 KiB. */
  int MAX_KEY_BYTES = 64 << 10;

  /** The greatest length of a value, in bytes: 512 MiB. */
  int MAX_VALUE_BYTES = 512 << 20;

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
   * @return a copy of the value, or empty when the key does not exist
   */
  Optional<byte[]> get(byte[] key);

  /**
   * Reads a value with its version and expiry.
   *
   * @param key the key
   * @return the value, or empty when the key does not exist
   */
  Optional<Versioned<byte[]>> getVersioned(byte[] key);

  /**
   * Reads several values; each is read by itself, so writes may fall between them.
   *
   * @param keys the keys; may hold one more than once
   * @return a value or empty for each key, in their order
   */
  default List<Optional<byte[]>> getAll(List<byte[]> keys) {
    List<Optional<byte[]>> values = new ArrayList<>(keys.size());
    for (byte[] key : keys) {
      values.add(get(key));
    }
    return values;
  }

  /**
   * Uses a value in place, without a copy of one's own. The reader should be quick and must not call the store.
   *
   * @param key the key
   * @param reader what uses the value
   * @param <R> what the use yields
   * @return what the reader returned, or empty when the key does not exist
   */
  <R> Optional<R> read(byte[] key, ValueReader<R> reader);

  /**
   * Copies a value into an array of the caller's, so that the engine allocates nothing for it.
   *
   * {@snippet file="io/bitkv/api/EmbeddedSnippetsTest.java" region="getInto"}
   *
   * @param key the key
   * @param target where to, from its first index on; bytes behind the value keep what they hold
   * @return the length of the value, or -1 when the key does not exist; nothing is copied of a value that is longer than the target
   * @throws StoreCorruptException if the stored bytes do not check out; what the target holds is undefined then
   */
  default int getInto(byte[] key, byte[] target) {
    Objects.requireNonNull(target, "target");
    return read(key, view -> view.copyInto(target)).orElse(-1);
  }

  /**
   * Tells whether a key exists.
   *
   * @param key the key
   * @return whether it does
   */
  boolean contains(byte[] key);

  /**
   * Writes a value in any case; it does not expire.
   *
   * @param key the key
   * @param value the value
   * @return the version of the write
   */
  long put(byte[] key, byte[] value);

  /**
   * Writes a value under a condition, with an expiry.
   *
   * @param key the key
   * @param value the value
   * @param options the condition, the expiry and the durability
   * @return the version of the write, or empty when the condition did not hold and nothing was written
   */
  OptionalLong put(byte[] key, byte[] value, Put options);

  /**
   * Deletes a key. A deleted key stays deleted through every restart and crash.
   *
   * @param key the key
   * @return the version of the deletion, or empty when the key did not exist and nothing was written
   */
  default OptionalLong delete(byte[] key) {
    return delete(key, Condition.ALWAYS);
  }

  /**
   * Deletes a key under a condition.
   *
   * @param key the key
   * @param condition what must hold of it; {@link Condition.IfAbsent} never deletes
   * @return the version of the deletion, or empty when the key did not exist or the condition did not hold
   */
  OptionalLong delete(byte[] key, Condition condition);

  /**
   * Changes when a value expires and leaves the value as it is.
   *
   * @param key the key
   * @param expiry the new expiry; a time in the past deletes the key
   * @return the version of the write, or empty when the key did not exist
   */
  OptionalLong expire(byte[] key, Expiry expiry);

  /**
   * Counts the keys. Expired keys that have not been reclaimed yet may be counted.
   *
   * @return how many keys there are
   */
  long size();

  /**
   * Deletes every key of this keyspace at once.
   *
   * @return the version of the deletion
   */
  long clear();

  /**
   * Visits keys. The stream reads as it goes and must be closed, best by try-with-resources.
   *
   * @param scan which keys, and how
   * @return the keys
   * @throws UnsupportedFeatureException if the scan asks for an order that the store does not have
   */
  Stream<byte[]> keys(Scan scan);

  /**
   * Visits keys with their values. The stream reads as it goes and must be closed, best by try-with-resources.
   *
   * @param scan which keys, and how
   * @return keys, values, versions and expiries
   * @throws UnsupportedFeatureException if the scan asks for an order that the store does not have
   */
  Stream<KeyValue> entries(Scan scan);

  /**
   * Takes one step of a live scan that needs nothing kept between its steps. A key that is present from the first step to the last is
   * met at least once; it may be met twice.
   *
   * @param cursor {@link Page#START}, or what the step before returned; only its bits count, it may be negative
   * @param count about how many keys to visit; greater than 0
   * @return the keys met, and the next cursor
   */
  Page<byte[]> scan(long cursor, int count);

  /**
   * Picks a key at random.
   *
   * @return a key, or empty when there is none
   */
  Optional<byte[]> randomKey();
}
