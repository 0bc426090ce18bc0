package io.bitkv.tests.client;

/** What a network, or whatever stands in it, does to a connection. */
enum Fault {
  /** Half of a request reaches the server, and the connection is reset. */
  REQUEST_CUT,
  /** A request reaches the server, and the connection is reset instead of the reply. */
  REPLY_LOST,
  /** The connection is reset in the middle of a reply. */
  REPLY_CUT,
  /** The connection is closed in good order in the middle of a reply. */
  REPLY_ENDED,
  /** A reply, and with it all later ones, waits until some more requests have come on any connection. */
  REPLY_LATE,
  /** A reply is replaced by one of a type that its request cannot have. */
  REPLY_OF_WRONG_TYPE,
  /** A reply is replaced by bytes that are none. */
  GARBAGE
}
