package io.bitkv.client;

import io.bitkv.api.KeyRef;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;

/** A key of a keyspace, as the cache looks it up. */
final class CacheKey {

  private final byte[] space;
  private final byte[] key;
  private final int hash;

  /** Takes the arrays as they are; they must not change while the cache holds the key. */
  CacheKey(byte[] space, byte[] key) {
    this.space = space;
    this.key = key;
    this.hash = 31 * Arrays.hashCode(space) + Arrays.hashCode(key);
  }

  /** Keys as the cache looks them up. */
  static List<CacheKey> of(Collection<KeyRef> refs, Function<KeyRef, Space> spaces) {
    return refs.stream().map(ref -> new CacheKey(spaces.apply(ref).name(), ref.key())).toList();
  }

  /** The same key, in an array of its own. */
  CacheKey copy() {
    return new CacheKey(space, key.clone());
  }

  /** The key's bytes; not to be changed. */
  byte[] key() {
    return key;
  }

  /** The keyspace's name; not to be changed. */
  byte[] space() {
    return space;
  }

  int length() {
    return key.length;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CacheKey that && hash == that.hash && Arrays.equals(key, that.key) && Arrays.equals(space, that.space);
  }

  @Override
  public int hashCode() {
    return hash;
  }
}
