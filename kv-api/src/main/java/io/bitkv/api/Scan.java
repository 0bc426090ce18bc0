package io.bitkv.api;

import java.util.Arrays;
import java.util.Objects;

/**
 * Which keys of a keyspace to visit, and how. Immutable; each method returns a changed copy.
 *
 * {@snippet file="io/bitkv/api/SnippetsTest.java" region="scan"}
 *
 * <p>Without a range the order is the store's own. A range, or {@link #ordered()}, asks for ascending unsigned byte order, which an
 * embedded store has when it is opened with {@link DirectoryKind#ORDERED}. The arrays are not copied and must not be changed.
 *
 * @param prefix the bytes that each key begins with; empty for every key
 * @param from the first key of the range, inclusive, or null for no lower bound
 * @param to the end of the range, exclusive, or null for no upper bound
 * @param order whether and how the keys are ordered
 * @param limit the greatest number of keys visited; greater than 0
 * @param isSnapshot whether the scan sees the keyspace as it was at one moment, each key exactly once; otherwise it is live: a key that
 *     is present throughout is visited at least once, one that comes or goes meanwhile may be missed
 */
public record Scan(byte[] prefix, byte[] from, byte[] to, Order order, long limit, boolean isSnapshot) {

  /** In what order keys are visited. */
  public enum Order {
    /** The store's own order. */
    ANY,
    /** Unsigned byte order, the least key first. */
    ASCENDING,
    /** Unsigned byte order, the greatest key first. */
    DESCENDING
  }

  private static final Scan ALL = new Scan(new byte[0], null, null, Order.ANY, Long.MAX_VALUE, false);

  /** Checks the limit and that a range has an order. */
  public Scan {
    Objects.requireNonNull(prefix, "prefix");
    Objects.requireNonNull(order, "order");
    if (limit <= 0) {
      throw new InvalidOptionException("a scan's limit must be greater than 0, not " + limit);
    }
    if (order == Order.ANY && (from != null || to != null)) {
      order = Order.ASCENDING;
    }
  }

  /**
   * Visits every key.
   *
   * @return that scan
   */
  public static Scan all() {
    return ALL;
  }

  /**
   * Visits the keys that begin with some bytes.
   *
   * @param prefix those bytes
   * @return that scan
   */
  public static Scan prefix(byte[] prefix) {
    return new Scan(prefix, null, null, Order.ANY, Long.MAX_VALUE, false);
  }

  /**
   * Visits the keys of a range, in ascending order.
   *
   * @param from the first key, inclusive, or null for no lower bound
   * @param to the end, exclusive, or null for no upper bound
   * @return that scan
   */
  public static Scan range(byte[] from, byte[] to) {
    return new Scan(new byte[0], from, to, Order.ASCENDING, Long.MAX_VALUE, false);
  }

  /**
   * Asks for ascending unsigned byte order.
   *
   * @return the changed copy
   */
  public Scan ordered() {
    return new Scan(prefix, from, to, Order.ASCENDING, limit, isSnapshot);
  }

  /**
   * Asks for descending unsigned byte order.
   *
   * @return the changed copy
   */
  public Scan reversed() {
    return new Scan(prefix, from, to, Order.DESCENDING, limit, isSnapshot);
  }

  /**
   * Stops after a number of keys.
   *
   * @param keys how many at most; greater than 0
   * @return the changed copy
   */
  public Scan limit(long keys) {
    return new Scan(prefix, from, to, order, keys, isSnapshot);
  }

  /**
   * Sees the keyspace as it was at one moment.
   *
   * @return the changed copy
   */
  public Scan snapshot() {
    return new Scan(prefix, from, to, order, limit, true);
  }

  /**
   * Tells whether a key lies within the prefix and the range.
   *
   * @param key the key
   * @return whether the scan visits it
   */
  public boolean includes(byte[] key) {
    return key.length >= prefix.length
        && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length)
        && (from == null || Arrays.compareUnsigned(key, from) >= 0)
        && (to == null || Arrays.compareUnsigned(key, to) < 0);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Scan that
        && Arrays.equals(prefix, that.prefix)
        && Arrays.equals(from, that.from)
        && Arrays.equals(to, that.to)
        && order == that.order
        && limit == that.limit
        && isSnapshot == that.isSnapshot;
  }

  @Override
  public int hashCode() {
    return Objects.hash(Arrays.hashCode(prefix), Arrays.hashCode(from), Arrays.hashCode(to), order, limit, isSnapshot);
  }
}
