package io.bitkv.client;

import io.bitkv.api.KeyRef;
import io.bitkv.api.Versioned;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** Takes requests and does not wait for their replies: sends each at once, or later with others. */
interface Sender {

  /** Takes a request. */
  <R> CompletableFuture<R> promise(Request<R> request);

  /** Takes a request after which a key may hold something else than before. */
  default <R> CompletableFuture<R> touch(Space space, byte[] key, Request<R> request) {
    return promise(request);
  }

  /** Takes a request after which several keys may hold something else than before. */
  default <R> CompletableFuture<R> touch(Collection<KeyRef> refs, Function<KeyRef, Space> spaces, Request<R> request) {
    return promise(request);
  }

  /** Reads a value. */
  default CompletableFuture<Optional<byte[]>> get(Space space, byte[] key) {
    return promise(Reads.get(space, key));
  }

  /** Reads a value with its version and expiry. */
  default CompletableFuture<Optional<Versioned<byte[]>>> getVersioned(Space space, byte[] key) {
    return promise(Reads.getVersioned(space, key));
  }

  /** Reads several values. */
  default CompletableFuture<List<Optional<byte[]>>> getAll(Space space, List<byte[]> keys) {
    return promise(Reads.getAll(space, keys));
  }

  /** Tells whether a key exists. */
  default CompletableFuture<Boolean> contains(Space space, byte[] key) {
    return promise(Reads.contains(space, key));
  }
}
