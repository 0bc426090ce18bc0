package io.bitkv.client;

/** What became of an attempt to add requests to a connection. */
enum Added {
  /** They are queued, and somebody is sending, or will. */
  QUEUED,
  /** They are queued, and the caller must call {@link Outgoing#send}. */
  SEND,
  /** They are queued, and the caller, a virtual thread, must call {@link Outgoing#claimPromised}, and send if that says so. */
  PROMISED,
  /** There is no room. */
  FULL,
  /** No more requests are taken here. */
  CLOSED
}
