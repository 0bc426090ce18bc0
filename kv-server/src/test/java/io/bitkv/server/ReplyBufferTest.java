package io.bitkv.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.netty.buffer.ByteBuf;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ReplyBufferTest {

  private final ReplyBuffer buffer = new ReplyBuffer();

  @Test
  void takesMoreThanItsChunkAndKeepsTheOrder() {
    StringBuilder expected = new StringBuilder();
    for (int i = 0; i < 30_000; i++) {
      write("number " + i + "\r\n");
      expected.append("number ").append(i).append("\r\n");
    }
    assertEquals(expected.length(), buffer.size());
    assertEquals(expected.toString(), drained());
    assertEquals(0, buffer.size());
  }

  @Test
  void rollbackTakesBackAcrossChunks() {
    write("kept");
    long mark = buffer.size();
    for (int i = 0; i < 30_000; i++) {
      write("taken back");
    }
    buffer.rollback(mark);
    write(" and more");
    assertEquals("kept and more", drained());
  }

  @Test
  void rollbackTakesBackWithinAChunk() {
    write("kept");
    long mark = buffer.size();
    write("taken back");
    buffer.rollback(mark);
    assertEquals("kept", drained());
  }

  @Test
  void limitIsHeldWhenMemoryIsWanted() {
    buffer.limit(1 << 20);
    assertThrows(ClientLimitException.class, () -> buffer.ensureWritable(1 << 20 | 1));
    assertThrows(ClientLimitException.class, () -> buffer.ensureWritable(-1));
    buffer.ensureWritable(1 << 19);
  }

  private void write(String text) {
    byte[] bytes = RespClient.bytes(text);
    buffer.write(bytes, 0, bytes.length);
  }

  private String drained() {
    EmbeddedChannel channel = new EmbeddedChannel();
    Outbound outbound = new Outbound(channel);
    buffer.drainTo(outbound);
    outbound.send(0);
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (ByteBuf part = channel.readOutbound(); part != null; part = channel.readOutbound()) {
      byte[] bytes = new byte[part.readableBytes()];
      part.readBytes(bytes).release();
      all.writeBytes(bytes);
    }
    return all.toString(StandardCharsets.ISO_8859_1);
  }
}
