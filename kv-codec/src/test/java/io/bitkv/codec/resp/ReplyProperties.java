package io.bitkv.codec.resp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitkv.codec.resp.Reply.ArrayReply;
import io.bitkv.codec.resp.Reply.BigNumber;
import io.bitkv.codec.resp.Reply.BooleanReply;
import io.bitkv.codec.resp.Reply.Bulk;
import io.bitkv.codec.resp.Reply.DoubleReply;
import io.bitkv.codec.resp.Reply.ErrorReply;
import io.bitkv.codec.resp.Reply.IntegerReply;
import io.bitkv.codec.resp.Reply.MapReply;
import io.bitkv.codec.resp.Reply.Null;
import io.bitkv.codec.resp.Reply.Push;
import io.bitkv.codec.resp.Reply.SetReply;
import io.bitkv.codec.resp.Reply.SimpleString;
import io.bitkv.codec.resp.Reply.Verbatim;
import io.bitkv.codec.resp.Wire.Outcome;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

class ReplyProperties {
  @Property(tries = 500)
  void whatIsWrittenIsReadHoweverItIsCut(
      @ForAll("replies") List<Reply> replies, @ForAll RespVersion version, @ForAll long seed) {
    ByteArrayOutput output = new ByteArrayOutput(0);
    ReplyWriter writer = new ReplyWriter(output);
    writer.version(version);
    replies.forEach(reply -> write(writer, reply));
    byte[] stream = Arrays.copyOf(output.array(), output.position());

    Outcome<Reply> outcome =
        Wire.replies(new ReplyParser(ReplyLimits.DEFAULT), stream, HostileStreams.pieces(seed));

    List<Reply> expected =
        version == RespVersion.RESP3
            ? replies
            : replies.stream().map(ReplyProperties::inVersion2).toList();
    assertEquals(new Outcome<>(expected, "", 0), outcome);
  }

  @Property(tries = 3000)
  void hostileBytesMeanTheSameHoweverTheyAreCut(
      @ForAll("hostile") byte[] stream, @ForAll long seed) {
    ReplyLimits small = new ReplyLimits(200, 12, 4, 32);
    assertEquals(
        Wire.replies(new ReplyParser(small), stream, left -> left),
        Wire.replies(new ReplyParser(small), stream, HostileStreams.pieces(seed)));
  }

  @Property(tries = 1000)
  void randomBytesGiveRepliesOrAProtocolError(@ForAll byte[] stream, @ForAll long seed) {
    Outcome<Reply> outcome =
        Wire.replies(new ReplyParser(ReplyLimits.DEFAULT), stream, HostileStreams.pieces(seed));
    assertTrue(outcome.frames().size() <= stream.length / 3);
  }

  @Provide
  Arbitrary<List<Reply>> replies() {
    return tree(3).list().ofMaxSize(5);
  }

  @Provide
  Arbitrary<byte[]> hostile() {
    return HostileStreams.of(
        List.of(
            "+OK\r\n",
            "-ERR x\r\n",
            ":1\r\n",
            ":-123456789012\r\n",
            "$3\r\nabc\r\n",
            "$0\r\n",
            "$-1\r\n",
            "*-1\r\n",
            "_\r\n",
            "#t\r\n",
            ",1.5\r\n",
            "(12\r\n",
            "=5\r\ntxt:a\r\n",
            "!5\r\nERR x\r\n",
            "*2\r\n",
            "%1\r\n",
            "~1\r\n",
            ">1\r\n",
            "|1\r\n",
            "*0\r\n",
            "%0\r\n",
            "$100\r\n",
            "*13\r\n",
            "\r\n"),
        List.of(
            "$",
            "*",
            "=",
            "?",
            ";",
            ".",
            "\r",
            "\n",
            "-",
            "+",
            "1",
            "0",
            "a",
            " ",
            "000000000",
            "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"));
  }

  private static Arbitrary<Reply> tree(int depth) {
    return depth == 0
        ? scalar()
        : Arbitraries.frequencyOf(Tuple.of(3, scalar()), Tuple.of(1, aggregate(depth)));
  }

  private static Arbitrary<Reply> aggregate(int depth) {
    Arbitrary<List<Reply>> elements = tree(depth - 1).list().ofMaxSize(18);
    Arbitrary<Map.Entry<Reply, Reply>> pair =
        Combinators.combine(tree(depth - 1), tree(depth - 1)).as(Map::entry);
    return Arbitraries.oneOf(
        elements.map(ArrayReply::new),
        elements.map(SetReply::new),
        elements.map(Push::new),
        pair.list().ofMaxSize(9).map(MapReply::new));
  }

  private static Arbitrary<Reply> scalar() {
    Arbitrary<String> line = Arbitraries.strings().excludeChars('\r', '\n').ofMaxLength(40);
    Arbitrary<String> word = Arbitraries.strings().alpha().ofMinLength(1).ofMaxLength(10);
    return Arbitraries.oneOf(
        line.filter(ReplyProperties::survivesUtf8).map(SimpleString::new),
        Combinators.combine(word, line.filter(ReplyProperties::survivesUtf8)).as(ErrorReply::new),
        Arbitraries.longs().map(IntegerReply::new),
        Arbitraries.bytes().array(byte[].class).ofMaxSize(150).map(Bulk::new),
        Arbitraries.just(Null.INSTANCE),
        Arbitraries.doubles().map(DoubleReply::new),
        Arbitraries.of(true, false).map(BooleanReply::new),
        Arbitraries.bigIntegers().map(BigNumber::new),
        Arbitraries.strings().ascii().ofMaxLength(40).map(text -> new Verbatim("txt", text)));
  }

  /** Whether a text is a text: half a surrogate pair is not. */
  private static boolean survivesUtf8(String text) {
    return StandardCharsets.UTF_8.newEncoder().canEncode(text);
  }

  private static void write(ReplyWriter writer, Reply reply) {
    switch (reply) {
      case SimpleString string -> writer.writeSimpleString(string.text());
      case ErrorReply error -> writer.writeError(error.text());
      case IntegerReply integer -> writer.writeInteger(integer.value());
      case Bulk bulk -> writer.writeBulk(bulk.bytes());
      case Null absent -> writer.writeNull();
      case DoubleReply number -> writer.writeDouble(number.value());
      case BooleanReply truth -> writer.writeBoolean(truth.value());
      case BigNumber number -> writer.writeBigNumber(number.value());
      case Verbatim text -> writer.writeVerbatim(text.format(), text.text());
      case ArrayReply array -> writer.writeArrayHeader(array.elements().size());
      case SetReply set -> writer.writeSetHeader(set.elements().size());
      case Push push -> writer.writePushHeader(push.elements().size());
      case MapReply map -> writer.writeMapHeader(map.entries().size());
    }
    inside(reply).forEach(inner -> write(writer, inner));
  }

  /** What a version 2 connection makes of a reply. */
  private static Reply inVersion2(Reply reply) {
    return switch (reply) {
      case DoubleReply number -> bulk(RespNumbers.formatDouble(number.value()));
      case BooleanReply truth -> new IntegerReply(truth.asLong());
      case BigNumber number -> bulk(number.value().toString());
      case Verbatim text -> bulk(text.text());
      case ArrayReply array -> flat(array);
      case SetReply set -> flat(set);
      case Push push -> flat(push);
      case MapReply map -> flat(map);
      default -> reply;
    };
  }

  private static Reply flat(Reply aggregate) {
    return new ArrayReply(inside(aggregate).stream().map(ReplyProperties::inVersion2).toList());
  }

  private static List<Reply> inside(Reply reply) {
    if (reply instanceof MapReply map) {
      List<Reply> flat = new ArrayList<>();
      for (Map.Entry<Reply, Reply> pair : map.entries()) {
        flat.add(pair.getKey());
        flat.add(pair.getValue());
      }
      return flat;
    }
    return reply instanceof ArrayReply || reply instanceof SetReply || reply instanceof Push
        ? reply.asList()
        : List.of();
  }

  private static Reply bulk(String text) {
    return new Bulk(Wire.bytes(text));
  }
}
