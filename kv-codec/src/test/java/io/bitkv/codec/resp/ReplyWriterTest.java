package io.bitkv.codec.resp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class ReplyWriterTest {
  private final ByteArrayOutput output = new ByteArrayOutput(0);
  private final ReplyWriter writer = new ReplyWriter(output);

  @Test
  void aWriterBeginsWithVersionTwo() {
    assertEquals(RespVersion.RESP2, writer.version());
    assertEquals(2, writer.version().number());
    writer.version(RespVersion.RESP3);
    assertEquals(3, writer.version().number());
  }

  @Test
  void stringsAndNumbersAreTheSameInBothVersions() {
    assertBoth("+OK\r\n", ReplyWriter::writeOk);
    assertBoth("+PONG\r\n", w -> w.writeSimpleString("PONG"));
    assertBoth("+\r\n", w -> w.writeSimpleString(""));
    assertBoth("-ERR syntax error\r\n", w -> w.writeError("ERR syntax error"));
    assertBoth("$4\r\na\r\nb\r\n", w -> w.writeBulk("a\r\nb"));
    assertBoth("$0\r\n\r\n", w -> w.writeBulk(new byte[0]));
    assertBoth("$2\r\nbc\r\n", w -> w.writeBulk(Wire.bytes("abcd"), 1, 2));
    assertBoth("$2\r\n\u00c3\u00a4\r\n", w -> w.writeBulk("\u00e4"));
    assertBoth("*0\r\n", w -> w.writeArrayHeader(0));
    assertBoth("*12\r\n", w -> w.writeArrayHeader(12));
  }

  @Test
  void integersOfAnyLengthAreWritten() {
    long[] numbers = {0, 1, 9, 10, 42, 99, 100, 2_147_483_648L, Long.MAX_VALUE, Long.MIN_VALUE, -1};
    for (long number : numbers) {
      assertBoth(":" + number + "\r\n", w -> w.writeInteger(number));
    }
  }

  @Test
  void aLineHoldsNoLineEnds() {
    assertBoth("-ERR a  b \r\n", w -> w.writeError("ERR a\r\nb\n"));
    assertBoth("+a b\r\n", w -> w.writeSimpleString("a\nb"));
    assertBoth("-\u00c3\u00a4 x\r\n", w -> w.writeError("\u00e4\rx"));
  }

  @Test
  void aBufferIsWrittenFromItsPositionWhichStays() {
    ByteBuffer direct = ByteBuffer.allocateDirect(8).put(Wire.bytes("abcdefgh"));
    direct.position(2).limit(5);
    assertBoth("$3\r\ncde\r\n", w -> w.writeBulk(direct));
    assertEquals(2, direct.position());
    assertBoth("$3\r\nbcd\r\n", w -> w.writeBulk(ByteBuffer.wrap(Wire.bytes("abcde"), 1, 3)));
  }

  @Test
  void aBulkStringCanBeSentInParts() {
    assertBoth(
        "$300\r\n\r\n",
        w -> {
          w.writeBulkHeader(300);
          w.writeBulkEnd();
        });
  }

  @Test
  void nullsAreOfTheVersion() {
    assertEach("$-1\r\n", "_\r\n", ReplyWriter::writeNull);
    assertEach("*-1\r\n", "_\r\n", ReplyWriter::writeNullArray);
  }

  @Test
  void aggregatesAreOfTheVersion() {
    assertEach("*4\r\n", "%2\r\n", w -> w.writeMapHeader(2));
    assertEach("*2\r\n", "~2\r\n", w -> w.writeSetHeader(2));
    assertEach("*3\r\n", ">3\r\n", w -> w.writePushHeader(3));
    assertEach("*4294967294\r\n", "%2147483647\r\n", w -> w.writeMapHeader(Integer.MAX_VALUE));
  }

  @Test
  void scalarsAreOfTheVersion() {
    assertEach(":1\r\n", "#t\r\n", w -> w.writeBoolean(true));
    assertEach(":0\r\n", "#f\r\n", w -> w.writeBoolean(false));
    assertEach("$3\r\n1.5\r\n", ",1.5\r\n", w -> w.writeDouble(1.5));
    assertEach("$3\r\ninf\r\n", ",inf\r\n", w -> w.writeDouble(Double.POSITIVE_INFINITY));
    assertEach("$4\r\n1267\r\n", "(1267\r\n", w -> w.writeBigNumber(BigInteger.valueOf(1267)));
    assertEach("$2\r\nhi\r\n", "=6\r\ntxt:hi\r\n", w -> w.writeVerbatim("txt", "hi"));
    assertEach(
        "$2\r\n\u00c3\u00a4\r\n",
        "=6\r\nmkd:\u00c3\u00a4\r\n",
        w -> w.writeVerbatim("mkd", "\u00e4"));
  }

  @Test
  void aVerbatimFormatHasThreeLetters() {
    assertThrows(IllegalArgumentException.class, () -> writer.writeVerbatim("text", "hi"));
    assertEquals(0, output.position());
  }

  private void assertBoth(String expected, Consumer<ReplyWriter> write) {
    assertEach(expected, expected, write);
  }

  private void assertEach(String version2, String version3, Consumer<ReplyWriter> write) {
    assertEquals(version2, written(RespVersion.RESP2, write));
    assertEquals(version3, written(RespVersion.RESP3, write));
  }

  private String written(RespVersion version, Consumer<ReplyWriter> write) {
    output.position(0);
    writer.version(version);
    write.accept(writer);
    return Wire.text(output.array(), 0, output.position());
  }
}
