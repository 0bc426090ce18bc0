package io.bitkv.server;

import io.bitkv.codec.resp.ProtocolException;
import io.bitkv.codec.resp.RequestLimits;
import io.bitkv.codec.resp.RequestParser;
import io.netty.buffer.ByteBuf;

/**
 * Takes the bytes that a connection receives apart into requests. Used by the connection's event
 * loop only.
 */
final class RequestReader {

  private final RequestParser parser;
  private final Inbound inbound;
  private final Arguments parsed = new Arguments();
  private Arguments arguments = parsed;

  /** A request that was put back; null if there is none. */
  private Arguments putBack;

  /**
   * Makes the reader of a new connection.
   *
   * @param limits what requests must keep to
   * @param shared the array that all connections of the event loop parse in
   */
  RequestReader(RequestLimits limits, byte[] shared) {
    parser = new RequestParser(limits);
    inbound = new Inbound(shared);
  }

  /** Adds bytes that have arrived, and releases them. */
  void add(ByteBuf bytes) {
    inbound.add(bytes, parser.missing());
  }

  /** Says what requests must keep to from now on. */
  void limits(RequestLimits limits) {
    parser.limits(limits);
  }

  /**
   * Turns to the next request.
   *
   * @param isAuthenticated whether the client may send long ones
   * @return false if no whole one has arrived
   * @throws ProtocolException if what has arrived is no request
   */
  boolean next(boolean isAuthenticated) {
    if (putBack != null) {
      arguments = putBack;
      putBack = null;
      return true;
    }
    parser.authenticationRequired(!isAuthenticated);
    boolean isWhole = parser.parse(inbound.array(), inbound.from(), inbound.to());
    inbound.parsedTo(parser.next());
    if (isWhole) {
      parsed.load(parser, inbound.array());
      arguments = parsed;
    }
    return isWhole;
  }

  /** The request turned to; valid until the next one, or {@link #keep}. */
  Arguments arguments() {
    return arguments;
  }

  /** Lets {@link #next} turn to the same request again, whenever that is. */
  void putBack() {
    putBack = arguments.copy();
  }

  /** Whether the request turned to is the beginning of an HTTP request. */
  boolean isHttp() {
    return parser.inline() && CrossProtocol.isHttp(arguments);
  }

  /** How many bytes of requests not turned to yet there are. */
  int size() {
    return inbound.size();
  }

  /** Leaves the shared array to other connections. */
  void keep() {
    inbound.keep();
  }
}
