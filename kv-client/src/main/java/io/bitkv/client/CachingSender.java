package io.bitkv.client;

import io.bitkv.api.KeyRef;
import io.bitkv.api.Versioned;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Sends requests, and has the cache know what they change and find. The cache knows before a stage ends.
 *
 * @param sender sends them
 * @param cache what is kept
 * @param isAnswering whether reads are answered from the cache; not if they are to come after writes that were not sent yet
 */
record CachingSender(Sender sender, ValueCache cache, boolean isAnswering) implements Sender {

  @Override
  public <R> CompletableFuture<R> promise(Request<R> request) {
    return sender.promise(request);
  }

  @Override
  public <R> CompletableFuture<R> touch(Space space, byte[] key, Request<R> request) {
    CacheKey touched = new CacheKey(space.name(), key);
    return sender.promise(request.atEnd(() -> cache.forget(touched)));
  }

  @Override
  public <R> CompletableFuture<R> touch(Collection<KeyRef> refs, Function<KeyRef, Space> spaces, Request<R> request) {
    List<CacheKey> touched = CacheKey.of(refs, spaces);
    return sender.promise(request.atEnd(() -> touched.forEach(cache::forget)));
  }

  @Override
  public CompletableFuture<Optional<byte[]>> get(Space space, byte[] key) {
    Optional<Versioned<byte[]>> kept = find(space, key);
    return kept == null
        ? sender.promise(Fetch.of(cache, space, key).requestOne(space).map(found -> found.map(Versioned::value)))
        : CompletableFuture.completedFuture(kept.map(found -> found.value().clone()));
  }

  private Optional<Versioned<byte[]>> find(Space space, byte[] key) {
    return isAnswering ? cache.find(new CacheKey(space.name(), key)) : null;
  }

  @Override
  public CompletableFuture<Optional<Versioned<byte[]>>> getVersioned(Space space, byte[] key) {
    return sender.promise(Fetch.of(cache, space, key).requestOne(space));
  }

  @Override
  public CompletableFuture<List<Optional<byte[]>>> getAll(Space space, List<byte[]> keys) {
    CachedValues values = isAnswering ? CachedValues.of(cache, space, keys) : CachedValues.unknown(space, keys);
    if (values.missing().isEmpty()) {
      return CompletableFuture.completedFuture(values.all(List.of()));
    }
    return sender.promise(Fetch.of(cache, values.missing()).requestAll(space).map(values::all));
  }

  @Override
  public CompletableFuture<Boolean> contains(Space space, byte[] key) {
    Optional<Versioned<byte[]>> kept = find(space, key);
    return kept == null ? touch(space, key, Reads.contains(space, key)) : CompletableFuture.completedFuture(kept.isPresent());
  }
}
