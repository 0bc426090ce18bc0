package io.bitkv.server;

import java.util.Locale;

/** A property of a command, under the name and in the order that {@code COMMAND INFO} tells it. */
enum CommandFlag {
  /** It may change data. */
  WRITE,
  /** It only reads data. */
  READONLY,
  /** It may make data grow, so it is refused when memory is short. */
  DENYOOM,
  /** It serves whoever operates the server. */
  ADMIN,
  /** It concerns channels and their subscribers. */
  PUBSUB,
  /** Scripts of other servers may not use it. */
  NOSCRIPT,
  /** It is answered while data is being loaded. */
  LOADING,
  /** It is answered while data may be out of date. */
  STALE,
  /** It is not shown to monitors. */
  SKIP_MONITOR,
  /** It is not noted however slow it is. */
  SKIP_SLOWLOG,
  /** It takes constant or logarithmic time. */
  FAST,
  /** It is answered before the client has authenticated. */
  NO_AUTH,
  /** It is not answered while data is being loaded in the background. */
  NO_ASYNC_LOADING,
  /** It cannot be part of a transaction. */
  NO_MULTI,
  /** It is answered while another command keeps the server busy. */
  ALLOW_BUSY;

  /** The flag's name on the wire. */
  String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
