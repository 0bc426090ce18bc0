package io.bitkv.codec.resp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ByteArrayOutputTest {
  @Test
  void itGrowsAndKeepsWhatWasWritten() {
    ByteArrayOutput output = new ByteArrayOutput(0);
    for (int i = 0; i < 1000; i++) {
      output.write(new byte[] {(byte) i}, 0, 1);
    }
    assertEquals(1000, output.position());
    for (int i = 0; i < 1000; i++) {
      assertEquals((byte) i, output.array()[i]);
    }
    assertEquals(1024, output.array().length);
  }

  @Test
  void aRegionOfAnArrayIsWrittenInPlace() {
    byte[] array = new byte[8];
    ByteArrayOutput output = new ByteArrayOutput(array, 2, 7);
    new ReplyWriter(output).writeOk();
    assertSame(array, output.array());
    assertEquals("\0\0+OK\r\n\0", Wire.text(array));
    assertEquals(7, output.position());
  }

  @Test
  void aRegionThatIsFullIsLeftAlone() {
    byte[] array = new byte[8];
    ByteArrayOutput output = new ByteArrayOutput(array, 2, 6);
    new ReplyWriter(output).writeOk();
    assertNotSame(array, output.array());
    assertEquals("\0\0+OK\r\n", Wire.text(output.array(), 0, output.position()));
    assertEquals("\0".repeat(8), Wire.text(array));
  }

  @Test
  void whatIsFullCanBeSetAsideInsteadOfGrown() {
    List<String> pieces = new ArrayList<>();
    ByteArrayOutput output =
        new ByteArrayOutput(30) {
          @Override
          protected void grow(int bytes) {
            pieces.add(Wire.text(array(), 0, position()));
            attach(new byte[Math.max(bytes, 30)], 0, Math.max(bytes, 30));
          }
        };
    ReplyWriter writer = new ReplyWriter(output);
    StringBuilder expected = new StringBuilder();
    for (int i = 0; i < 20; i++) {
      writer.writeBulk("value " + i);
      writer.writeBulk(ByteBuffer.wrap(new byte[50]));
      writer.writeInteger(i);
      writer.writeError("ERR n\u00e4y " + i);
      expected.append("$").append(6 + Integer.toString(i).length()).append("\r\nvalue ").append(i);
      expected.append("\r\n$50\r\n").append("\0".repeat(50)).append("\r\n:").append(i);
      expected.append("\r\n-ERR n\u00c3\u00a4y ").append(i).append("\r\n");
    }
    pieces.add(Wire.text(output.array(), 0, output.position()));
    assertEquals(expected.toString(), String.join("", pieces));
    assertTrue(pieces.size() > 20);
  }

  @Test
  void thePositionStaysInTheRegion() {
    ByteArrayOutput output = new ByteArrayOutput(new byte[8], 2, 6);
    output.position(6);
    assertEquals(6, output.position());
    assertThrows(IndexOutOfBoundsException.class, () -> output.position(7));
    assertThrows(IndexOutOfBoundsException.class, () -> output.position(-1));
    assertThrows(IndexOutOfBoundsException.class, () -> output.attach(new byte[8], 2, 9));
    assertThrows(IndexOutOfBoundsException.class, () -> new ByteArrayOutput(new byte[8], 5, 4));
  }

  @Test
  void moreThanAnArrayCanHoldIsRefused() {
    ByteArrayOutput output = new ByteArrayOutput(16);
    output.write(new byte[10], 0, 10);
    assertThrows(IllegalStateException.class, () -> output.ensureWritable(Integer.MAX_VALUE));
    assertThrows(IllegalStateException.class, () -> output.ensureWritable(-1));
    assertEquals(10, output.position());
    assertTrue(Arrays.equals(new byte[16], output.array()));
  }
}
