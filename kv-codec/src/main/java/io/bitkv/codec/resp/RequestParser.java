package io.bitkv.codec.resp;

import java.util.Objects;

/**
 * Reads requests, as arrays of bulk strings or inline, from a stream that arrives in pieces.
 *
 * <p>A connection has one parser. Whenever bytes have arrived, {@link #parse} is called on all that
 * have not been consumed, again and again until it returns false:
 *
 * <pre>{@code
 * int from = start;
 * while (parser.parse(buffer, from, end)) {
 *   execute(parser.count(), parser.offset(0), parser.length(0), ...);
 *   from = parser.next();
 * }
 * from = parser.next();   // what lies before has been consumed, the rest is to be kept
 * }</pre>
 *
 * <p>The bytes from {@link #next} on must stand at the beginning of the next call's window, with
 * those that have arrived since behind them; they may have moved, and the array may be another. How
 * far an unfinished request was read is remembered, so that one that trickles in costs no more than
 * one that comes at once. The parser keeps no reference to the array and copies nothing; it
 * rewrites the bytes of an inline request, which is decoded in place.
 *
 * <p>Requests are bounded by {@link RequestLimits}. What they break, and every other error, is
 * answered in the words of redis-server 7.0, which in turn tolerates a few things that are errors
 * here: a bulk string that something other than CR LF follows, a line end of CR and another byte,
 * and lengths ended by LF alone, which it would wait on. A NUL makes an inline request an error at
 * once.
 *
 * <p>Not thread-safe.
 */
public final class RequestParser {
  private final ArgumentTable arguments = new ArgumentTable();
  private final RequestLines lines;
  private final MultibulkReader multibulk;
  private ProtocolException failure;

  /** Where the current request begins in the window of the last call. */
  private int origin;

  private int next;
  private int missing;
  private boolean inline;

  /**
   * Creates a parser at the beginning of a stream.
   *
   * @param limits what requests must keep to
   */
  public RequestParser(RequestLimits limits) {
    lines = new RequestLines(Objects.requireNonNull(limits));
    multibulk = new MultibulkReader(lines, arguments);
  }

  /**
   * Changes the limits, from the next line on that declares a length.
   *
   * @param limits what requests must keep to
   */
  public void limits(RequestLimits limits) {
    lines.limits(Objects.requireNonNull(limits));
    multibulk.updateBounds();
  }

  /**
   * Says whether the connection has yet to authenticate, and so has to keep to the narrower limits.
   * A new parser takes it that it has not.
   *
   * @param required true until it has authenticated
   */
  public void authenticationRequired(boolean required) {
    lines.authenticationRequired(required);
    multibulk.updateBounds();
  }

  /**
   * Reads one request. Empty ones before it are skipped.
   *
   * @param buffer the array that holds the bytes
   * @param from where those not consumed yet begin
   * @param to where they end
   * @return true if a request is complete; false if more bytes must arrive first
   * @throws ProtocolException if the bytes are no request; every later call throws it again
   * @throws IndexOutOfBoundsException if the window is not within the array
   */
  public boolean parse(byte[] buffer, int from, int to) {
    Objects.checkFromToIndex(from, to, buffer.length);
    if (failure != null) {
      throw failure;
    }
    origin = from;
    try {
      return read(buffer, to);
    } catch (ProtocolException e) {
      failure = e;
      throw e;
    }
  }

  /**
   * The first byte of the window that was not consumed: the one after the complete request, or the
   * first of the unfinished one.
   *
   * @return its index in the array last given to {@link #parse}
   */
  public int next() {
    return next;
  }

  /**
   * How many more bytes must arrive, at the least, before another call can get further.
   *
   * <p>The peer declared this number, and may never keep its word: make the buffer large enough for
   * the bytes that come, not for this.
   *
   * @return at least 1, after {@link #parse} returned false
   */
  public int missing() {
    return missing;
  }

  /**
   * How many arguments the complete request has, the command's name included.
   *
   * @return at least 1
   */
  public int count() {
    return arguments.count();
  }

  /**
   * Where an argument begins.
   *
   * @param index the argument's number, 0 for the command's name
   * @return an index in the array last given to {@link #parse}
   * @throws IndexOutOfBoundsException if the request has no such argument
   */
  public int offset(int index) {
    return origin + arguments.offset(index);
  }

  /**
   * How long an argument is.
   *
   * @param index the argument's number, 0 for the command's name
   * @return its length in bytes
   * @throws IndexOutOfBoundsException if the request has no such argument
   */
  public int length(int index) {
    return arguments.length(index);
  }

  /**
   * Whether the complete request came as a line of words, as a person would type it, or another
   * protocol's client would send it.
   *
   * @return true if it was inline
   */
  public boolean inline() {
    return inline;
  }

  private boolean read(byte[] buffer, int to) {
    if (!multibulk.open()) {
      arguments.clear();
      do {
        if (!readStart(buffer, to)) {
          return false;
        }
      } while (!multibulk.open() && arguments.count() == 0);
    }
    if (inline) {
      return true;
    }
    if (!multibulk.readArguments(buffer, origin, to)) {
      return unfinished(multibulk.missing());
    }
    next = multibulk.end();
    return true;
  }

  /** Reads a request's first line, and moves on behind it if the request is empty. */
  private boolean readStart(byte[] buffer, int to) {
    if (origin == to) {
      return unfinished(1);
    }
    inline = buffer[origin] != '*';
    return inline ? readInline(buffer, to) : readCount(buffer, to);
  }

  private boolean readInline(byte[] buffer, int to) {
    int words = lines.readInline(buffer, origin, to, arguments);
    if (words == RequestLines.UNFINISHED) {
      return unfinished(1);
    }
    next = lines.end();
    if (words == 0) {
      origin = next;
    }
    return true;
  }

  private boolean readCount(byte[] buffer, int to) {
    if (!multibulk.readCount(buffer, origin, to)) {
      return unfinished(multibulk.missing());
    }
    if (!multibulk.open()) {
      origin = multibulk.end();
    }
    return true;
  }

  private boolean unfinished(int atLeast) {
    next = origin;
    missing = atLeast;
    return false;
  }
}
