package io.bitkv.server;

import io.bitkv.codec.resp.Reply;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Whether two replies tell the same, though elements come in any order, time passes, and one server
 * keeps values in another way.
 */
final class LooseEquality {

  private static final long SECONDS_TOLERANCE = 5;
  private static final long MILLIS_TOLERANCE = 5_000;

  private static final int MAX_VALUE = 1 << 20;

  /** Redis chooses among them by what was done with a value before, too. */
  private static final Set<String> ENCODINGS = Set.of("int", "embstr", "raw");

  private LooseEquality() {}

  /** Compares the replies that two servers gave to one request. */
  static boolean areEqual(String[] request, Reply expected, Reply actual) {
    return switch (request[0].toUpperCase(Locale.ROOT)) {
      case "KEYS" -> sorted(expected).equals(sorted(actual));
      case "SCAN" -> areElementsEqual(expected, actual, 0);
      case "TTL", "EXPIRETIME" -> areAlike(expected, actual, SECONDS_TOLERANCE);
      case "PTTL", "PEXPIRETIME" -> areAlike(expected, actual, MILLIS_TOLERANCE);
      // Among the replies may be any of those above.
      case "EXEC" -> areElementsEqual(expected, actual, MILLIS_TOLERANCE);
      case "DUMP", "OBJECT" -> areAlike(expected, actual, 0);
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
      areEqual = areAlike(left.get(i), right.get(i), tolerance);
    }
    return areEqual;
  }

  /** Whether replies are equal, or two readings of one time, or two ways to keep one value. */
  private static boolean areAlike(Reply expected, Reply actual, long tolerance) {
    return sorted(expected).equals(sorted(actual))
        || (expected instanceof Reply.IntegerReply left
            && actual instanceof Reply.IntegerReply right
            && Math.min(left.value(), right.value()) > tolerance
            && Math.abs(left.value() - right.value()) <= tolerance)
        || (expected instanceof Reply.Bulk one
            && actual instanceof Reply.Bulk other
            && areOfOneValue(one.bytes(), other.bytes()));
  }

  /** Whether two dumps hold the same value, or both replies name an encoding. */
  private static boolean areOfOneValue(byte[] one, byte[] other) {
    if (DumpFormat.isIntact(one) && DumpFormat.isIntact(other)) {
      return Arrays.equals(
          DumpFormat.decode(one, MAX_VALUE).orElseThrow(),
          DumpFormat.decode(other, MAX_VALUE).orElseThrow());
    }
    return ENCODINGS.contains(new String(one, StandardCharsets.ISO_8859_1))
        && ENCODINGS.contains(new String(other, StandardCharsets.ISO_8859_1));
  }

  private static String sorted(Reply reply) {
    return reply instanceof Reply.ArrayReply array
        ? array.elements().stream().map(LooseEquality::sorted).sorted().toList().toString()
        : RespClient.text(reply);
  }
}
