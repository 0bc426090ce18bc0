package io.bitkv.server;

/**
 * How one client is told of changed keys. Changed by the client's event loop; which keys it is told
 * of may be read by all.
 */
final class TrackingState {

  private volatile Tracking asked;
  private boolean isCachingGiven;
  private boolean isRedirectBroken;

  /** What it asked for; null if it is told of nothing. */
  Tracking asked() {
    return asked;
  }

  void asked(Tracking tracking) {
    asked = tracking;
  }

  /** Whether {@code CLIENT CACHING} came before the present request. */
  boolean isCachingGiven() {
    return isCachingGiven;
  }

  void cachingGiven(boolean isIt) {
    isCachingGiven = isIt;
  }

  /** Whether the client that should be told in its place is gone. */
  boolean isRedirectBroken() {
    return isRedirectBroken;
  }

  void redirectBroken(boolean isIt) {
    isRedirectBroken = isIt;
  }
}
