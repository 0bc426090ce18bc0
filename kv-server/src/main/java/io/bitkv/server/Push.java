package io.bitkv.server;

import io.bitkv.codec.resp.ReplyWriter;

/**
 * What a client is sent without having asked for it just now: a message of a channel, a request
 * that a monitor sees. Used by the event loops of all its receivers, so it is immutable.
 */
interface Push {

  /** About how many bytes it takes while it waits. */
  int size();

  /**
   * Writes it for a receiver, or nothing if the receiver no longer wants it.
   *
   * @param receiver who it is for
   * @param reply where to write
   */
  void write(Connection receiver, ReplyWriter reply);
}
