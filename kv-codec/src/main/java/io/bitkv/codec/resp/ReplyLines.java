package io.bitkv.codec.resp;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

/** Reads the values that stand on a line of their own, without the byte they begin with. */
final class ReplyLines {
  private ReplyLines() {}

  static Reply simpleString(byte[] buffer, int from, int to) {
    if (to - from == 2 && buffer[from] == 'O' && buffer[from + 1] == 'K') {
      return Reply.SimpleString.OK;
    }
    return new Reply.SimpleString(text(buffer, from, to));
  }

  static Reply error(byte[] buffer, int from, int to) {
    String text = text(buffer, from, to);
    int blank = text.indexOf(' ');
    return blank < 0
        ? new Reply.ErrorReply(text, "")
        : new Reply.ErrorReply(text.substring(0, blank), text.substring(blank + 1));
  }

  /** Reads a number in the strict grammar, but for a plus sign, which the specification allows. */
  static long integer(byte[] buffer, int from, int to) {
    boolean plus = to - from > 1 && buffer[from] == '+' && buffer[from + 1] != '-';
    int first = plus ? from + 1 : from;
    if (!RespNumbers.isLong(buffer, first, to - first)) {
      throw new ProtocolException("invalid integer");
    }
    return RespNumbers.parseLong(buffer, first, to - first);
  }

  static Reply absent(int from, int to) {
    if (from != to) {
      throw new ProtocolException("invalid null");
    }
    return Reply.Null.INSTANCE;
  }

  static Reply bool(byte[] buffer, int from, int to) {
    boolean isTrue = to - from == 1 && buffer[from] == 't';
    if (!isTrue && (to - from != 1 || buffer[from] != 'f')) {
      throw new ProtocolException("invalid boolean");
    }
    return new Reply.BooleanReply(isTrue);
  }

  static Reply floatingPoint(byte[] buffer, int from, int to) {
    try {
      return new Reply.DoubleReply(RespNumbers.parseDouble(text(buffer, from, to)));
    } catch (NumberFormatException e) {
      throw new ProtocolException("invalid double");
    }
  }

  static Reply bigNumber(byte[] buffer, int from, int to) {
    boolean signed = from < to && (buffer[from] == '-' || buffer[from] == '+');
    int first = signed ? from + 1 : from;
    boolean digits = first < to;
    for (int i = first; i < to; i++) {
      digits &= RespNumbers.isDigit(buffer[i]);
    }
    if (!digits) {
      throw new ProtocolException("invalid big number");
    }
    return new Reply.BigNumber(new BigInteger(text(buffer, from, to)));
  }

  static Reply verbatim(byte[] bytes) {
    if (bytes.length < 4 || bytes[3] != ':') {
      throw new ProtocolException("invalid verbatim string");
    }
    return new Reply.Verbatim(text(bytes, 0, 3), text(bytes, 4, bytes.length));
  }

  private static String text(byte[] buffer, int from, int to) {
    return new String(buffer, from, to - from, StandardCharsets.UTF_8);
  }
}
