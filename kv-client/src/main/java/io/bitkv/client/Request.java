package io.bitkv.client;

import io.bitkv.codec.resp.ProtocolException;
import io.bitkv.codec.resp.Reply;
import io.bitkv.codec.resp.RequestWriter;
import java.util.function.Function;

/**
 * Something to ask of a server, and what its reply means.
 *
 * @param name the command, for messages and measurements
 * @param isRepeatable whether it changes nothing, so that it may be sent again when no reply came
 * @param writer puts it into bytes
 * @param reader makes the result of a reply that is no error; throws {@link ProtocolException} for one of another type. Of a request with
 *     several replies it is given an array of them all
 * @param onFailure is done when a call that nobody waits for has failed, before that is told
 * @param <R> the type of the result
 */
record Request<R>(String name, boolean isRepeatable, Writer writer, Reader<R> reader, Runnable onFailure) {

  private static final Runnable NOTHING = () -> {};

  /** Puts a request into bytes. */
  @FunctionalInterface
  interface Writer {
    /**
     * Writes the request in the server's dialect.
     *
     * @return how many replies it will have
     * @throws io.bitkv.api.UnsupportedFeatureException if the server lacks what is asked
     */
    int write(RequestWriter output, ServerInfo server);
  }

  /**
   * Makes a result of a reply.
   *
   * @param <R> the type of the result
   */
  @FunctionalInterface
  interface Reader<R> {
    /** Reads a reply in the server's dialect; it is no error. */
    R read(Reply reply, ServerInfo server);
  }

  /** A request that changes nothing. */
  static <R> Request<R> read(String name, Writer writer, Reader<R> reader) {
    return new Request<>(name, true, writer, reader, NOTHING);
  }

  /** A request that may change something. */
  static <R> Request<R> write(String name, Writer writer, Reader<R> reader) {
    return new Request<>(name, false, writer, reader, NOTHING);
  }

  /** The same request with another result. */
  <S> Request<S> map(Function<? super R, ? extends S> result) {
    return new Request<>(name, isRepeatable, writer, (reply, server) -> result.apply(reader.read(reply, server)), onFailure);
  }

  /** The same request, with something done when a call that nobody waits for has failed, before that is told. */
  Request<R> onFailure(Runnable action) {
    return new Request<>(name, isRepeatable, writer, reader, action);
  }

  /** The same request, with something done when the reply has come or a call that nobody waits for has failed, before that is told. */
  Request<R> atEnd(Runnable action) {
    Reader<R> atReply =
        (reply, server) -> {
          action.run();
          return reader.read(reply, server);
        };
    return new Request<>(name, isRepeatable, writer, atReply, action);
  }
}
