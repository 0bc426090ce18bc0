package io.bitkv.codec.resp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitkv.codec.resp.Wire.Outcome;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ReplyParserTest {
  private final ReplyParser parser = new ReplyParser(ReplyLimits.DEFAULT);

  @Test
  void everyTypeIsRead() {
    assertReply(new Reply.SimpleString("PONG"), "+PONG\r\n");
    assertReply(new Reply.SimpleString("12"), "+12\r\n");
    assertReply(new Reply.ErrorReply("ERR", "no such key"), "-ERR no such key\r\n");
    assertReply(new Reply.ErrorReply("ERR", ""), "-ERR\r\n");
    assertReply(new Reply.IntegerReply(-5), ":-5\r\n");
    assertReply(new Reply.IntegerReply(5), ":+5\r\n");
    assertReply(new Reply.IntegerReply(Long.MIN_VALUE), ":-9223372036854775808\r\n");
    assertReply(bulk("a\r\nb"), "$4\r\na\r\nb\r\n");
    assertReply(bulk(""), "$0\r\n\r\n");
    assertReply(Reply.Null.INSTANCE, "$-1\r\n");
    assertReply(Reply.Null.INSTANCE, "*-1\r\n");
    assertReply(Reply.Null.INSTANCE, "_\r\n");
    assertReply(new Reply.BooleanReply(true), "#t\r\n");
    assertReply(new Reply.BooleanReply(false), "#f\r\n");
    assertReply(new Reply.DoubleReply(-1.5e300), ",-1.5e300\r\n");
    assertReply(new Reply.DoubleReply(Double.NEGATIVE_INFINITY), ",-inf\r\n");
    assertReply(new Reply.DoubleReply(10), ",10\r\n");
    assertReply(
        new Reply.BigNumber(BigInteger.TWO.pow(100)), "(1267650600228229401496703205376\r\n");
    assertReply(new Reply.BigNumber(BigInteger.valueOf(-7)), "(-7\r\n");
    assertReply(new Reply.Verbatim("txt", "a\r\n"), "=7\r\ntxt:a\r\n\r\n");
    assertReply(new Reply.ErrorReply("SYNTAX", "two\r\nlines"), "!17\r\nSYNTAX two\r\nlines\r\n");
  }

  @Test
  void aggregatesAreRead() {
    Reply one = new Reply.IntegerReply(1);
    assertReply(new Reply.ArrayReply(List.of()), "*0\r\n");
    assertReply(new Reply.ArrayReply(List.of(one, bulk("a"))), "*2\r\n:1\r\n$1\r\na\r\n");
    assertReply(
        new Reply.ArrayReply(
            List.of(new Reply.ArrayReply(List.of()), new Reply.ArrayReply(List.of(one)), one)),
        "*3\r\n*0\r\n*1\r\n:1\r\n:1\r\n");
    assertReply(new Reply.SetReply(List.of(one)), "~1\r\n:1\r\n");
    assertReply(new Reply.Push(List.of(one)), ">1\r\n:1\r\n");
    assertReply(new Reply.MapReply(List.of(Map.entry(one, bulk("a")))), "%1\r\n:1\r\n$1\r\na\r\n");
    assertReply(new Reply.MapReply(List.of()), "%0\r\n");
  }

  @Test
  void attributesAreDropped() {
    Reply one = new Reply.IntegerReply(1);
    String attributes = "|1\r\n+ttl\r\n*1\r\n:3600\r\n";
    assertReply(one, attributes + ":1\r\n");
    assertReply(one, attributes + attributes + "|0\r\n:1\r\n");
    assertReply(
        new Reply.ArrayReply(List.of(one, one)),
        "*2\r\n" + attributes + ":1\r\n" + attributes + ":1\r\n");
  }

  @Test
  void commonRepliesCanBeReadWithoutAnObject() {
    byte[] stream = Wire.bytes("xx:42\r\n$3\r\nabc\r\n$-1\r\n+OK\r\n+OK\r\n:7");
    assertTrue(parser.parse(stream, 2, stream.length));
    assertEquals(ReplyType.INTEGER, parser.type());
    assertEquals(42, parser.integer());
    assertTrue(parser.parse(stream, parser.next(), stream.length));
    assertEquals(ReplyType.BULK, parser.type());
    assertArrayEquals(Wire.bytes("abc"), parser.bulk());
    assertTrue(parser.parse(stream, parser.next(), stream.length));
    assertEquals(ReplyType.NULL, parser.type());
    assertTrue(parser.parse(stream, parser.next(), stream.length));
    assertSame(Reply.SimpleString.OK, parser.reply());
    assertTrue(parser.parse(stream, parser.next(), stream.length));
    assertFalse(parser.parse(stream, parser.next(), stream.length));
    assertEquals(stream.length - 2, parser.next());
    assertThrows(IllegalStateException.class, parser::type);
    assertThrows(IllegalStateException.class, parser::reply);
    assertThrows(IllegalStateException.class, parser::integer);
  }

  @Test
  @DisplayName("F77 a reply of another type than expected is a typed error that names both")
  void otherTypesAreRefused() {
    byte[] stream = Wire.bytes("$2\r\n42\r\n:42\r\n");
    assertTrue(parser.parse(stream, 0, stream.length));
    assertEquals(
        "Protocol error: expected an integer, got a bulk string",
        assertThrows(ProtocolException.class, parser::integer).getMessage());
    assertTrue(parser.parse(stream, parser.next(), stream.length));
    assertEquals(
        "Protocol error: expected a bulk string, got an integer",
        assertThrows(ProtocolException.class, parser::bulk).getMessage());
  }

  @Test
  @DisplayName("F55 a stream cut in two anywhere, or byte by byte, is read as if it came at once")
  void everyCutReadsTheSame() {
    byte[] stream =
        Wire.bytes(
            "*4\r\n$10\r\n0123456789\r\n%1\r\n+a\r\n_\r\n|1\r\n+x\r\n+y\r\n:123456789012\r\n*0\r\n"
                + "+OK\r\n>2\r\n+message\r\n$-1\r\n=7\r\ntxt:abc\r\n:1\r\n$1\r\na\r\n,1.5");
    Outcome<Reply> atOnce = Wire.replies(parser, stream, left -> left);
    assertEquals(6, atOnce.frames().size());
    assertEquals(4, atOnce.unread());
    for (int cut = 1; cut < stream.length; cut++) {
      int first = cut;
      assertEquals(
          atOnce,
          Wire.replies(parser(), stream, left -> left == stream.length ? first : left),
          "cut at " + cut);
    }
    assertEquals(atOnce, Wire.replies(parser(), stream, left -> 1));
  }

  @Test
  @DisplayName("F55 a large reply is consumed as it comes, and costs no more than its bytes")
  void largeRepliesTrickleIn() {
    String value = "v".repeat(1024 * 1024);
    String string = "$" + value.length() + "\r\n" + value + "\r\n";
    List<Reply> replies = trickle(string + "*100000\r\n" + ":1\r\n".repeat(100_000), 12);
    assertEquals(List.of(bulk(value)), replies.subList(0, 1));
    assertEquals(100_000, replies.get(1).asList().size());
    assertEquals(
        200, trickle(("+" + value.substring(0, 65_000) + "\r\n").repeat(200), 65_003).size());
  }

  /** Reads a stream byte by byte, and sees that no more than a line is ever kept. */
  private List<Reply> trickle(String text, int longestLine) {
    byte[] stream = Wire.bytes(text);
    List<Reply> replies = new ArrayList<>();
    assertTimeoutPreemptively(
        Duration.ofMinutes(1),
        () -> {
          for (int from = 0, to = 1; to <= stream.length; to++) {
            if (parser.parse(stream, from, to)) {
              replies.add(parser.reply());
            }
            from = parser.next();
            assertTrue(to - from <= longestLine);
          }
        });
    return replies;
  }

  @Test
  void missingBytesAreCounted() {
    byte[] stream = Wire.bytes("$20000\r\n" + "x".repeat(20_000) + "\r\n");
    assertFalse(parser.parse(stream, 0, 3));
    assertEquals(1, parser.missing());
    assertFalse(parser.parse(stream, parser.next(), 8));
    assertEquals(20_002, parser.missing());
    assertFalse(parser.parse(stream, parser.next(), 1008));
    assertEquals(19_002, parser.missing());
    assertFalse(parser.parse(stream, parser.next(), stream.length - 1));
    assertEquals(1, parser.missing());
    assertEquals(stream.length - 2, parser.next());
    assertTrue(parser.parse(stream, parser.next(), stream.length));
    assertFalse(parser.parse(stream, parser.next(), stream.length));
    assertEquals(1, parser.missing());
  }

  @Test
  @DisplayName("F60 F77 a declared length or count reserves no memory")
  void declaredLengthsReserveNothing() {
    byte[] length = Wire.bytes("*16777216\r\n$536870912\r\nabc");
    List<ReplyParser> parsers = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      ReplyParser each = parser();
      assertFalse(each.parse(length, 0, length.length));
      parsers.add(each);
    }
    assertEquals(1000, parsers.size());
  }

  private void assertReply(Reply expected, String stream) {
    Outcome<Reply> outcome = Wire.replies(parser, Wire.bytes(stream), left -> left);
    assertEquals(new Outcome<>(List.of(expected), "", 0), outcome);
    assertEquals(expected.type(), outcome.frames().get(0).type());
  }

  private static Reply bulk(String text) {
    return new Reply.Bulk(Wire.bytes(text));
  }

  private static ReplyParser parser() {
    return new ReplyParser(ReplyLimits.DEFAULT);
  }
}
