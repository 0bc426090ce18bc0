package io.bitkv.codec.resp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class RequestWriterTest {
  private final ByteArrayOutput output = new ByteArrayOutput(4);
  private final RequestWriter writer = new RequestWriter(output);

  @Test
  void aHeaderIsTheCommandAndItsArgumentCount() {
    writer.begin(CommandHeader.of(3, "SET"));
    writer.argument(Wire.bytes("key"));
    writer.argument(Wire.bytes("xvaluex"), 1, 5);
    writer.argument(-17);
    assertEquals("*4\r\n$3\r\nSET\r\n$3\r\nkey\r\n$5\r\nvalue\r\n$3\r\n-17\r\n", written());
  }

  @Test
  void aSubcommandIsPartOfTheHeader() {
    CommandHeader header = CommandHeader.of(1, "CLIENT", "SETNAME");
    writer.begin(header);
    writer.argument("\u00e4");
    assertEquals("*3\r\n$6\r\nCLIENT\r\n$7\r\nSETNAME\r\n$2\r\n\u00c3\u00a4\r\n", written());
    assertEquals("CLIENT SETNAME", header.toString());
  }

  @Test
  void aRequestCanBeWrittenWithoutAHeader() {
    writer.begin(2);
    writer.argument("GET");
    writer.argument(new byte[0]);
    assertEquals("*2\r\n$3\r\nGET\r\n$0\r\n\r\n", written());
  }

  @Test
  void aHeaderNeedsANameAndNoNegativeCount() {
    assertThrows(IllegalArgumentException.class, () -> CommandHeader.of(1));
    assertThrows(IllegalArgumentException.class, () -> CommandHeader.of(-1, "GET"));
  }

  private String written() {
    return Wire.text(output.array(), 0, output.position());
  }
}
