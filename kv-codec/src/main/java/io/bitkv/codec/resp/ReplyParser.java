package io.bitkv.codec.resp;

import java.util.Objects;

/**
 * Reads replies of either protocol version from a stream that arrives in pieces.
 *
 * <p>A connection has one parser. Whenever bytes have arrived, {@link #parse} is called on all that
 * have not been consumed, again and again until it returns false; {@link #next} then says from
 * where on they are to be kept. All but an unfinished line is consumed as it comes, so a buffer
 * that holds the longest line is large enough for replies of any size. The parser keeps no
 * reference to it.
 *
 * <p>What a reply is can be asked of the parser itself: {@link #type}, then {@link #integer} or
 * {@link #bulk}, which for the most common replies create nothing but the value; or {@link #reply}
 * makes an object of it. Attributes are checked and dropped.
 *
 * <p>Replies are bounded by {@link ReplyLimits}, and no length or count that a server declares
 * makes room for more than twice what has arrived and 8 KiB.
 *
 * <p>Not thread-safe.
 */
public final class ReplyParser {
  private final ReplyLimits limits;
  private final ReplyReader reader;
  private ProtocolException failure;

  /** The innermost value that has values inside and is not full; null outside of any. */
  private ReplyFrame frame;

  /**
   * Creates a parser at the beginning of a stream.
   *
   * @param limits what replies must keep to
   */
  public ReplyParser(ReplyLimits limits) {
    this.limits = Objects.requireNonNull(limits);
    reader = new ReplyReader(limits);
  }

  /**
   * Reads one reply.
   *
   * @param buffer the array that holds the bytes
   * @param from where those not consumed yet begin
   * @param to where they end
   * @return true if a reply is complete; false if more bytes must arrive first
   * @throws ProtocolException if the bytes are no reply; every later call throws it again
   * @throws IndexOutOfBoundsException if the window is not within the array
   */
  public boolean parse(byte[] buffer, int from, int to) {
    Objects.checkFromToIndex(from, to, buffer.length);
    if (failure != null) {
      throw failure;
    }
    reader.next(from);
    reader.forget();
    try {
      while (reader.read(buffer, to)) {
        if (settle()) {
          reader.renewBudget();
          return true;
        }
      }
      return false;
    } catch (ProtocolException e) {
      failure = e;
      throw e;
    }
  }

  /**
   * The first byte of the window that was not consumed.
   *
   * @return its index in the array last given to {@link #parse}
   */
  public int next() {
    return reader.next();
  }

  /**
   * How many more bytes must arrive, at the least, before another call can get further.
   *
   * @return at least 1, after {@link #parse} returned false
   */
  public int missing() {
    return reader.missing();
  }

  /**
   * The type of the complete reply.
   *
   * @return the type
   * @throws IllegalStateException if the last {@link #parse} did not return true
   */
  public ReplyType type() {
    if (reader.type() == null) {
      throw new IllegalStateException("no reply is complete");
    }
    return reader.type();
  }

  /**
   * The complete reply's number.
   *
   * @return the number
   * @throws ProtocolException if it is no {@link ReplyType#INTEGER}
   * @throws IllegalStateException if the last {@link #parse} did not return true
   */
  public long integer() {
    require(ReplyType.INTEGER);
    return reader.number();
  }

  /**
   * The complete reply's bytes.
   *
   * @return an array that the caller owns
   * @throws ProtocolException if it is no {@link ReplyType#BULK}
   * @throws IllegalStateException if the last {@link #parse} did not return true
   */
  public byte[] bulk() {
    require(ReplyType.BULK);
    return reader.bytes();
  }

  /**
   * The complete reply as an object.
   *
   * @return the reply
   * @throws IllegalStateException if the last {@link #parse} did not return true
   */
  public Reply reply() {
    type();
    return reader.reply();
  }

  private void require(ReplyType wanted) {
    if (type() != wanted) {
      throw ReplyConversions.unexpected(wanted, type());
    }
  }

  /** Puts the piece just read where it belongs; true if a reply is complete. */
  private boolean settle() {
    if (reader.type() == null) {
      open();
    } else {
      addValue();
    }
    while (frame != null && frame.isFull()) {
      ReplyFrame full = frame;
      frame = full.parent();
      if (!full.isAttributes()) {
        reader.take(full.build());
        addValue();
      }
    }
    return reader.type() != null;
  }

  /** Opens a frame for the values that were announced. */
  private void open() {
    frame = new ReplyFrame(reader.announced(), (int) reader.number(), frame);
    if (frame.depth() > limits.maxDepth()) {
      throw new ProtocolException("a reply is nested deeper than " + limits.maxDepth() + " levels");
    }
  }

  private void addValue() {
    if (frame != null) {
      frame.add(reader.reply());
      reader.forget();
    }
  }
}
