package io.bitkv.codec.resp;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntUnaryOperator;

/** A connection for tests: cuts a stream into pieces, and moves its buffer about between them. */
final class Wire {
  /** What surrounds the window in the buffer: a byte that would be noticed if it were read. */
  private static final byte AROUND = '\'';

  private Wire() {}

  /**
   * What became of a stream.
   *
   * @param frames the requests' arguments, or the replies
   * @param error the message of the exception, or empty
   * @param unread how many bytes were not consumed
   */
  record Outcome<T>(List<T> frames, String error, int unread) {}

  static byte[] bytes(String latin) {
    return latin.getBytes(StandardCharsets.ISO_8859_1);
  }

  static String text(byte[] bytes, int offset, int length) {
    return new String(bytes, offset, length, StandardCharsets.ISO_8859_1);
  }

  static String text(byte[] bytes) {
    return text(bytes, 0, bytes.length);
  }

  /** Gives a request parser the stream at once. */
  static Outcome<List<String>> requests(RequestParser parser, String stream) {
    return requests(parser, bytes(stream), left -> left);
  }

  /** Gives a request parser the stream in pieces, whose sizes are asked for with what is left. */
  static Outcome<List<String>> requests(
      RequestParser parser, byte[] stream, IntUnaryOperator pieces) {
    List<List<String>> requests = new ArrayList<>();
    Feed feed =
        (buffer, from, to) -> {
          int next = from;
          while (parser.parse(buffer, next, to)) {
            List<String> arguments = new ArrayList<>();
            for (int i = 0; i < parser.count(); i++) {
              arguments.add(text(buffer, parser.offset(i), parser.length(i)));
            }
            requests.add(arguments);
            next = parser.next();
          }
          return parser.next();
        };
    return run(feed, stream, pieces, requests);
  }

  /** Gives a reply parser the stream in pieces, whose sizes are asked for with what is left. */
  static Outcome<Reply> replies(ReplyParser parser, byte[] stream, IntUnaryOperator pieces) {
    List<Reply> replies = new ArrayList<>();
    Feed feed =
        (buffer, from, to) -> {
          int next = from;
          while (parser.parse(buffer, next, to)) {
            replies.add(parser.reply());
            next = parser.next();
          }
          return parser.next();
        };
    return run(feed, stream, pieces, replies);
  }

  private interface Feed {
    int accept(byte[] buffer, int from, int to);
  }

  private static <T> Outcome<T> run(
      Feed feed, byte[] stream, IntUnaryOperator pieces, List<T> frames) {
    byte[] kept = {};
    int given = 0;
    while (given < stream.length) {
      int piece = Math.clamp(pieces.applyAsInt(stream.length - given), 1, stream.length - given);
      int from = given % 7;
      int to = from + kept.length + piece;
      byte[] buffer = new byte[to + 12];
      Arrays.fill(buffer, AROUND);
      System.arraycopy(kept, 0, buffer, from, kept.length);
      System.arraycopy(stream, given, buffer, from + kept.length, piece);
      given += piece;
      int next;
      try {
        next = feed.accept(buffer, from, to);
      } catch (ProtocolException e) {
        return new Outcome<>(frames, e.getMessage(), 0);
      }
      kept = Arrays.copyOfRange(buffer, next, to);
    }
    return new Outcome<>(frames, "", kept.length);
  }
}
