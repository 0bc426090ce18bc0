package io.bitkv.codec.resp;

/**
 * Reads the pieces of replies: single values, and the lines that announce values with others
 * inside.
 *
 * <p>A piece is either a value, whose type is then known, or an announcement, and then it has none.
 */
final class ReplyReader {
  private final ReplyLimits limits;
  private final BulkReader bulk = new BulkReader();
  private final LineEnd lineEnd = new LineEnd();
  private long bytesLeft;
  private int elementsLeft;

  private int next;
  private int missing;
  private ReplyType type;
  private long number;
  private byte[] bytes;
  private Reply reply;
  private byte announced;

  ReplyReader(ReplyLimits limits) {
    this.limits = limits;
    renewBudget();
  }

  /** Starts counting what a reply may hold anew. */
  void renewBudget() {
    bytesLeft = limits.maxBytes();
    elementsLeft = limits.maxElements();
  }

  /** Goes on at an index. */
  void next(int from) {
    next = from;
  }

  /** The index after what was read. */
  int next() {
    return next;
  }

  /** How many more bytes it takes, at the least, to get further. */
  int missing() {
    return missing;
  }

  /** The type of the value that was read; null for an announcement. */
  ReplyType type() {
    return type;
  }

  /** The value of an integer, the number of values announced. */
  long number() {
    return number;
  }

  /** The bytes of a bulk string. */
  byte[] bytes() {
    return bytes;
  }

  /** The byte an announcement's line began with. */
  byte announced() {
    return announced;
  }

  /** The value that was read, as an object. */
  Reply reply() {
    if (reply == null) {
      reply = type == ReplyType.INTEGER ? new Reply.IntegerReply(number) : new Reply.Bulk(bytes);
    }
    return reply;
  }

  /** Takes a value put together elsewhere for the one that was read. */
  void take(Reply value) {
    reply = value;
    type = value.type();
  }

  /** Lets go of the value that was read. */
  void forget() {
    type = null;
    bytes = null;
    reply = null;
  }

  /** Reads a piece; false if it is not whole. */
  boolean read(byte[] buffer, int to) {
    if (bulk.open()) {
      return readBulk(buffer, to);
    }
    if (next == to) {
      return unfinished(1);
    }
    byte marker = buffer[next];
    switch (marker) {
      case ':', '$', '*', '%', '~', '>', '|', '!', '=':
        return readNumbered(marker, buffer, to);
      case '+', '-', '_', '#', ',', '(':
        return readLine(marker, buffer, to);
      case ';', '.':
        throw streamed();
      default:
        throw new ProtocolException("unknown reply type " + ProtocolException.quoted(marker));
    }
  }

  /** Reads a line of a number, and what it announces if that is a bulk string. */
  private boolean readNumbered(byte marker, byte[] buffer, int to) {
    long line = LengthLine.read(buffer, next, to);
    if (line != LengthLine.NONE) {
      number = LengthLine.value(line);
      consume(LengthLine.end(line));
    } else {
      int digits = next + 1;
      int end = readLineEnd(buffer, to);
      if (end == LineEnd.UNFINISHED) {
        return false;
      }
      if (end - digits == 1 && buffer[digits] == '?' && marker != ':') {
        throw streamed();
      }
      number = ReplyLines.integer(buffer, digits, end);
    }
    if (marker == ':') {
      type = ReplyType.INTEGER;
    } else if (number == -1 && (marker == '$' || marker == '*')) {
      take(Reply.Null.INSTANCE);
    } else if (marker == '$' || marker == '=' || marker == '!') {
      beginBulk(marker, to);
      return readBulk(buffer, to);
    } else {
      announce(marker);
    }
    return true;
  }

  private void beginBulk(byte marker, int to) {
    if (number < 0) {
      throw new ProtocolException("invalid bulk length");
    }
    long longest = Math.min(limits.maxBytes(), RequestLimits.LARGEST_BYTES);
    if (number > Math.min(bytesLeft, longest)) {
      throw new ProtocolException(
          "a reply with a string of " + number + " bytes is longer than " + longest + " bytes");
    }
    bulk.begin(marker, (int) number, to - next);
  }

  private void announce(byte marker) {
    if (number < 0) {
      throw new ProtocolException("invalid multibulk length");
    }
    int each = marker == '%' || marker == '|' ? 2 : 1;
    if (number > elementsLeft / each) {
      throw new ProtocolException(
          "a reply with " + number + " more values has more than " + limits.maxElements());
    }
    number *= each;
    elementsLeft -= (int) number;
    announced = marker;
  }

  private boolean readBulk(byte[] buffer, int to) {
    consume(bulk.collect(buffer, next, to));
    int rest = to - next;
    if (!bulk.isFull() || rest < 2) {
      return unfinished(bulk.missing() - rest);
    }
    if (!LineEnd.isWhole(buffer, next)) {
      throw new ProtocolException("expected CR LF after a bulk string");
    }
    consume(next + 2);
    byte[] whole = bulk.take();
    switch (bulk.marker()) {
      case '$':
        type = ReplyType.BULK;
        bytes = whole;
        break;
      case '=':
        take(ReplyLines.verbatim(whole));
        break;
      default:
        take(ReplyLines.error(whole, 0, whole.length));
    }
    return true;
  }

  /** Reads a value that stands on a line of its own. */
  private boolean readLine(byte marker, byte[] buffer, int to) {
    int from = next + 1;
    int end = readLineEnd(buffer, to);
    if (end == LineEnd.UNFINISHED) {
      return false;
    }
    Reply value =
        switch (marker) {
          case '+' -> ReplyLines.simpleString(buffer, from, end);
          case '-' -> ReplyLines.error(buffer, from, end);
          case '#' -> ReplyLines.bool(buffer, from, end);
          case ',' -> ReplyLines.floatingPoint(buffer, from, end);
          case '(' -> ReplyLines.bigNumber(buffer, from, end);
          default -> ReplyLines.absent(from, end);
        };
    take(value);
    return true;
  }

  /** Consumes a line, and returns where its CR LF stands. */
  private int readLineEnd(byte[] buffer, int to) {
    int end = lineEnd.find(buffer, next, to, limits.maxLineBytes());
    if (end == LineEnd.TOO_LONG) {
      throw new ProtocolException("a line is longer than " + limits.maxLineBytes() + " bytes");
    }
    if (end == LineEnd.UNFINISHED) {
      unfinished(1);
      return end;
    }
    if (!LineEnd.isWhole(buffer, end)) {
      throw new ProtocolException("expected CR LF at the end of a line");
    }
    consume(end + 2);
    return end;
  }

  /** Moves on to an index, and charges the reply for the bytes before it. */
  private void consume(int to) {
    bytesLeft -= to - next;
    next = to;
    if (bytesLeft < 0) {
      throw new ProtocolException("a reply is longer than " + limits.maxBytes() + " bytes");
    }
  }

  private boolean unfinished(int atLeast) {
    missing = atLeast;
    return false;
  }

  private static ProtocolException streamed() {
    return new ProtocolException("streamed strings and aggregates are not supported");
  }
}
