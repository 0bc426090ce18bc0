package io.bitkv.server;

import io.bitkv.codec.resp.Reply;
import java.util.List;
import java.util.Locale;

/** Whether two replies tell the same, though elements come in any order and time passes. */
final class LooseEquality {

  private static final long SECONDS_TOLERANCE = 5;
  private static final long MILLIS_TOLERANCE = 5_000;

  private LooseEquality() {}

  /** Compares the replies that two servers gave to one request. */
  static boolean areEqual(String[] request, Reply expected, Reply actual) {
    return switch (request[0].toUpperCase(Locale.ROOT)) {
      case "KEYS" -> sorted(expected).equals(sorted(actual));
      case "SCAN" -> areElementsEqual(expected, actual, 0);
      case "TTL", "EXPIRETIME" -> areTimesEqual(expected, actual, SECONDS_TOLERANCE);
      case "PTTL", "PEXPIRETIME" -> areTimesEqual(expected, actual, MILLIS_TOLERANCE);
      // Among the replies may be any of those above.
      case "EXEC" -> areElementsEqual(expected, actual, MILLIS_TOLERANCE);
      default -> RespClient.text(expected).equals(RespClient.text(actual));
    };
  }

  private static boolean areElementsEqual(Reply expected, Reply actual, long tolerance) {
    if (!(expected instanceof Reply.ArrayReply) || !(actual instanceof Reply.ArrayReply)) {
      return RespClient.text(expected).equals(RespClient.text(actual));
    }
    List<Reply> left = expected.asList();
    List<Reply> right = actual.asList();
    boolean areEqual = left.size() == right.size();
    for (int i = 0; areEqual && i < left.size(); i++) {
      areEqual = areTimesEqual(left.get(i), right.get(i), tolerance);
    }
    return areEqual;
  }

  /** Whether two numbers are as near as two readings of one time; anything else must be equal. */
  private static boolean areTimesEqual(Reply expected, Reply actual, long tolerance) {
    return sorted(expected).equals(sorted(actual))
        || (expected instanceof Reply.IntegerReply left
            && actual instanceof Reply.IntegerReply right
            && Math.min(left.value(), right.value()) > tolerance
            && Math.abs(left.value() - right.value()) <= tolerance);
  }

  private static String sorted(Reply reply) {
    return reply instanceof Reply.ArrayReply array
        ? array.elements().stream().map(LooseEquality::sorted).sorted().toList().toString()
        : RespClient.text(reply);
  }
}
