package io.bitkv.server;

/** Whether a client's requests are answered. */
enum ReplyMode {
  /** They are. */
  ON,
  /** They are not. */
  OFF,
  /** The one after the present one is not. */
  SKIP_NEXT,
  /** The present one is not. */
  SKIP;

  /** What holds for the next request. */
  ReplyMode next() {
    return switch (this) {
      case ON, SKIP -> ON;
      case OFF -> OFF;
      case SKIP_NEXT -> SKIP;
    };
  }

  /** Whether the present request is answered. */
  boolean isMute() {
    return this == OFF || this == SKIP;
  }
}
