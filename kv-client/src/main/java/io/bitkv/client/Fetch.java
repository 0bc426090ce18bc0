package io.bitkv.client;

import io.bitkv.api.Versioned;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A read of keys whose values the cache may keep: announced to it before it is sent, and told to it when the reply comes.
 *
 * @param cache the cache
 * @param keys the keys
 * @param flights how each was announced
 */
record Fetch(ValueCache cache, List<CacheKey> keys, List<CacheCell.Flight> flights) {

  /** Announces a read. */
  static Fetch of(ValueCache cache, List<CacheKey> keys) {
    List<CacheCell.Flight> flights = new ArrayList<>(keys.size());
    keys.forEach(key -> flights.add(cache.begin(key)));
    return new Fetch(cache, keys, flights);
  }

  /** Announces a read of one key. */
  static Fetch of(ValueCache cache, Space space, byte[] key) {
    return of(cache, List.of(new CacheKey(space.name(), key).copy()));
  }

  /** The request for the one key. */
  Request<Optional<Versioned<byte[]>>> requestOne(Space space) {
    return told(Reads.getVersioned(space, keys.getFirst().key()), List::of);
  }

  /** The request for all keys. */
  Request<List<Optional<Versioned<byte[]>>>> requestAll(Space space) {
    return told(Reads.getAllVersioned(space, keys.stream().map(CacheKey::key).toList()), found -> found);
  }

  private <R> Request<R> told(Request<R> asked, Function<R, List<Optional<Versioned<byte[]>>>> values) {
    return asked
        .map(
            result -> {
              List<Optional<Versioned<byte[]>>> found = values.apply(result);
              for (int i = 0; i < found.size(); i++) {
                cache.arrived(keys.get(i), flights.get(i), found.get(i).orElse(null));
              }
              return result;
            })
        .onFailure(this::abandon);
  }

  /** The read ended without a reply. */
  void abandon() {
    for (int i = 0; i < keys.size(); i++) {
      cache.abandon(keys.get(i), flights.get(i));
    }
  }
}
