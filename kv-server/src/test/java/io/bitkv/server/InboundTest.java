package io.bitkv.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class InboundTest {

  private final byte[] shared = new byte[16];
  private final Inbound inbound = new Inbound(shared);

  @Test
  void wholeRequestsStayInTheSharedArray() {
    add("abc", 1);
    assertSame(shared, inbound.array());
    assertEquals("abc", unparsed());
    inbound.parsedTo(inbound.to());
    inbound.keep();
    add("def", 1);
    assertSame(shared, inbound.array());
    assertEquals("def", unparsed());
  }

  @Test
  void whatIsUnfinishedMovesOutOfTheSharedArray() {
    add("abcdef", 1);
    inbound.parsedTo(inbound.from() + 2);
    inbound.keep();
    assertNotSame(shared, inbound.array());
    java.util.Arrays.fill(shared, (byte) 'x');
    add("ghi", 1);
    assertEquals("cdefghi", unparsed());
  }

  @Test
  void moreThanTheSharedArrayHoldsIsTaken() {
    String long1 = "0123456789".repeat(10);
    add(long1, 1);
    assertEquals(long1, unparsed());
    inbound.keep();
    add(long1, 1);
    assertEquals(long1 + long1, unparsed());
  }

  @Test
  void announcedLengthReservesOnlyAFewTimesWhatHasArrived() {
    add("a".repeat(1000), 1);
    inbound.keep();
    add("b".repeat(1000), 500_000_000);
    assertTrue(inbound.array().length <= 5 * 2000, () -> "reserved " + inbound.array().length);
  }

  private void add(String text, int missing) {
    inbound.add(Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1), missing);
  }

  private String unparsed() {
    return new String(inbound.array(), inbound.from(), inbound.size(), StandardCharsets.ISO_8859_1);
  }
}
