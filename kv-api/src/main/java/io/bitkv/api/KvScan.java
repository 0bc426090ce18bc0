package io.bitkv.api;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

/**
 * Which keys of a {@link KvMap} to visit, and how: {@link Scan} with keys in place of bytes. Immutable; each method returns a changed copy.
 *
 * {@snippet file="io/bitkv/api/SnippetsTest.java" region="kvScan"}
 *
 * @param <K> the type of the keys
 * @param prefix the bytes that each encoded key begins with; empty for every key. Not copied, so it must not be changed
 * @param from the first key of the range, inclusive, or null for no lower bound
 * @param to the end of the range, exclusive, or null for no upper bound
 * @param order whether and how the keys are ordered
 * @param limit the greatest number of keys visited; greater than 0
 * @param isSnapshot whether the scan sees the map as it was at one moment, see {@link Scan#isSnapshot()}
 */
public record KvScan<K>(byte[] prefix, K from, K to, Scan.Order order, long limit, boolean isSnapshot) {

  /** Checks the limit and that a range has an order. */
  public KvScan {
    Objects.requireNonNull(prefix, "prefix");
    Objects.requireNonNull(order, "order");
    if (limit <= 0) {
      throw new InvalidOptionException("a scan's limit must be greater than 0, not " + limit);
    }
    if (order == Scan.Order.ANY && (from != null || to != null)) {
      order = Scan.Order.ASCENDING;
    }
  }

  /**
   * Visits every key.
   *
   * @param <K> the type of the keys
   * @return that scan
   */
  public static <K> KvScan<K> all() {
    return prefix(new byte[0]);
  }

  /**
   * Visits the keys whose bytes begin with some bytes.
   *
   * @param prefix those bytes, for example those of {@link io.bitkv.api.codec.KeyRecordCodec#prefix}
   * @param <K> the type of the keys
   * @return that scan
   */
  public static <K> KvScan<K> prefix(byte[] prefix) {
    return new KvScan<>(prefix, null, null, Scan.Order.ANY, Long.MAX_VALUE, false);
  }

  /**
   * Visits the strings that begin with a string, in a map whose keys are those of {@link io.bitkv.api.codec.Codec#STRING}.
   *
   * @param prefix that string
   * @return that scan
   */
  public static KvScan<String> prefix(String prefix) {
    return prefix(prefix.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Visits the keys from one on, in ascending order.
   *
   * @param key the first key, inclusive
   * @param <K> the type of the keys
   * @return that scan
   */
  public static <K> KvScan<K> from(K key) {
    return range(Objects.requireNonNull(key, "key"), null);
  }

  /**
   * Visits the keys of a range, in ascending order.
   *
   * @param from the first key, inclusive, or null for no lower bound
   * @param to the end, exclusive, or null for no upper bound
   * @param <K> the type of the keys
   * @return that scan
   */
  public static <K> KvScan<K> range(K from, K to) {
    return new KvScan<>(new byte[0], from, to, Scan.Order.ASCENDING, Long.MAX_VALUE, false);
  }

  /**
   * Asks for ascending order.
   *
   * @return the changed copy
   */
  public KvScan<K> ordered() {
    return new KvScan<>(prefix, from, to, Scan.Order.ASCENDING, limit, isSnapshot);
  }

  /**
   * Asks for descending order.
   *
   * @return the changed copy
   */
  public KvScan<K> reversed() {
    return new KvScan<>(prefix, from, to, Scan.Order.DESCENDING, limit, isSnapshot);
  }

  /**
   * Stops after a number of keys.
   *
   * @param keys how many at most; greater than 0
   * @return the changed copy
   */
  public KvScan<K> limit(long keys) {
    return new KvScan<>(prefix, from, to, order, keys, isSnapshot);
  }

  /**
   * Sees the map as it was at one moment.
   *
   * @return the changed copy
   */
  public KvScan<K> snapshot() {
    return new KvScan<>(prefix, from, to, order, limit, true);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof KvScan<?> that
        && Arrays.equals(prefix, that.prefix)
        && Objects.equals(from, that.from)
        && Objects.equals(to, that.to)
        && order == that.order
        && limit == that.limit
        && isSnapshot == that.isSnapshot;
  }

  @Override
  public int hashCode() {
    return Objects.hash(Arrays.hashCode(prefix), from, to, order, limit, isSnapshot);
  }
}
