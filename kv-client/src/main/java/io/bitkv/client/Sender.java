package io.bitkv.client;

import java.util.concurrent.CompletableFuture;

/** Takes requests and does not wait for their replies: sends each at once, or later with others. */
interface Sender {

  /** Takes a request. */
  <R> CompletableFuture<R> promise(Request<R> request);
}
