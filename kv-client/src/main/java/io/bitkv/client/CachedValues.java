package io.bitkv.client;

import io.bitkv.api.Versioned;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Several keys that are wanted, as far as the cache knows them.
 *
 * @param known for each key what the cache holds of it; null where the server must be asked
 * @param missing the keys that the server must be asked for, in their order
 */
record CachedValues(List<Optional<Versioned<byte[]>>> known, List<CacheKey> missing) {

  /** Looks keys up. */
  static CachedValues of(ValueCache cache, Space space, List<byte[]> keys) {
    List<Optional<Versioned<byte[]>>> known = new ArrayList<>(keys.size());
    List<CacheKey> missing = new ArrayList<>();
    for (byte[] bytes : keys) {
      CacheKey key = new CacheKey(space.name(), bytes);
      Optional<Versioned<byte[]>> kept = cache.find(key);
      known.add(kept);
      if (kept == null) {
        missing.add(key.copy());
      }
    }
    return new CachedValues(known, missing);
  }

  /** Keys of which nothing is looked up. */
  static CachedValues unknown(Space space, List<byte[]> keys) {
    List<CacheKey> missing = keys.stream().map(key -> new CacheKey(space.name(), key).copy()).toList();
    return new CachedValues(Collections.nCopies(keys.size(), null), missing);
  }

  /** All values, given those of the missing keys. */
  List<Optional<byte[]>> all(List<Optional<Versioned<byte[]>>> fetched) {
    List<Optional<byte[]>> all = new ArrayList<>(known.size());
    int next = 0;
    for (Optional<Versioned<byte[]>> kept : known) {
      all.add(kept == null ? fetched.get(next++).map(Versioned::value) : kept.map(found -> found.value().clone()));
    }
    return all;
  }
}
