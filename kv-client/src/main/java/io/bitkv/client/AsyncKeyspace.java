package io.bitkv.client;

import io.bitkv.api.Condition;
import io.bitkv.api.Expiry;
import io.bitkv.api.KeyspaceId;
import io.bitkv.api.Put;
import io.bitkv.api.Versioned;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;

/**
 * A {@link io.bitkv.api.Keyspace} whose methods do not wait: each returns a stage that ends as the method of that name does, with its
 * result or with its exception. Calls are independent of each other; when one must come after another, make it of the other's stage.
 *
 * {@snippet file="io/bitkv/client/SnippetsTest.java" region="asyncBytes"}
 *
 * <p>Dependent stages that are not asynchronous run on a thread that serves the connection, and must not block. Arrays that are handed in
 * must not be changed until the stage has ended. Safe for use by many threads.
 */
public interface AsyncKeyspace {

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
  CompletionStage<Optional<byte[]>> get(byte[] key);

  /**
   * Reads a value with its version and expiry.
   *
   * @param key the key
   * @return the value, or empty when the key does not exist
   */
  CompletionStage<Optional<Versioned<byte[]>>> getVersioned(byte[] key);

  /**
   * Reads several values in one request.
   *
   * @param keys the keys
   * @return a value or empty for each key, in their order
   */
  CompletionStage<List<Optional<byte[]>>> getAll(List<byte[]> keys);

  /**
   * Tells whether a key exists.
   *
   * @param key the key
   * @return whether it does
   */
  CompletionStage<Boolean> contains(byte[] key);

  /**
   * Writes a value in any case; it does not expire.
   *
   * @param key the key
   * @param value the value
   * @return the version of the write
   */
  CompletionStage<Long> put(byte[] key, byte[] value);

  /**
   * Writes a value under a condition, with an expiry.
   *
   * @param key the key
   * @param value the value
   * @param options the condition, the expiry and the durability
   * @return the version of the write, or empty when the condition did not hold and nothing was written
   */
  CompletionStage<OptionalLong> put(byte[] key, byte[] value, Put options);

  /**
   * Deletes a key.
   *
   * @param key the key
   * @return the version of the deletion, or empty when the key did not exist
   */
  default CompletionStage<OptionalLong> delete(byte[] key) {
    return delete(key, Condition.ALWAYS);
  }

  /**
   * Deletes a key under a condition.
   *
   * @param key the key
   * @param condition what must hold of it
   * @return the version of the deletion, or empty when the key did not exist or the condition did not hold
   */
  CompletionStage<OptionalLong> delete(byte[] key, Condition condition);

  /**
   * Changes when a value expires and leaves the value as it is.
   *
   * @param key the key
   * @param expiry the new expiry; a time in the past deletes the key
   * @return the version of the write, or empty when the key did not exist
   */
  CompletionStage<OptionalLong> expire(byte[] key, Expiry expiry);

  /**
   * Counts the keys.
   *
   * @return how many there are
   */
  CompletionStage<Long> size();
}
