package io.bitkv.server;

import java.util.Locale;

/**
 * A group of commands that access rules name together, in the order that {@code COMMAND INFO} tells
 * them.
 */
enum CommandCategory {
  KEYSPACE,
  READ,
  WRITE,
  STRING,
  BITMAP,
  HYPERLOGLOG,
  PUBSUB,
  ADMIN,
  FAST,
  SLOW,
  DANGEROUS,
  CONNECTION,
  TRANSACTION;

  /** The category's name on the wire, without the {@code @}. */
  String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
