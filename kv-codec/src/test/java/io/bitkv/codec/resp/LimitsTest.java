package io.bitkv.codec.resp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class LimitsTest {
  private static final int TOO_MUCH = RequestLimits.LARGEST_BYTES + 1;

  @Test
  void aBoundOutOfRangeIsRefusedByName() {
    assertRefused("maxInlineBytes", 31, () -> new RequestLimits(31, 1, 1, 1, 1));
    assertRefused("maxInlineBytes", TOO_MUCH, () -> new RequestLimits(TOO_MUCH, 1, 1, 1, 1));
    assertRefused("maxArguments", -1, () -> new RequestLimits(32, -1, 1, 1, 1));
    assertRefused("maxBulkBytes", 0, () -> RequestLimits.DEFAULT.withMaxBulkBytes(0));
    assertRefused("maxBulkBytes", TOO_MUCH, () -> RequestLimits.DEFAULT.withMaxBulkBytes(TOO_MUCH));
    assertRefused("maxUnauthenticatedArguments", 0, () -> new RequestLimits(32, 1, 1, 0, 1));
    assertRefused("maxUnauthenticatedBulkBytes", 0, () -> new RequestLimits(32, 1, 1, 1, 0));
    assertRefused("maxBytes", 0, () -> new ReplyLimits(0, 1, 1, 32));
    assertRefused("maxElements", 0, () -> new ReplyLimits(1, 0, 1, 32));
    assertRefused("maxDepth", 0, () -> new ReplyLimits(1, 1, 0, 32));
    assertRefused("maxLineBytes", 31, () -> new ReplyLimits(1, 1, 1, 31));
    assertRefused("maxLineBytes", TOO_MUCH, () -> new ReplyLimits(1, 1, 1, TOO_MUCH));
  }

  @Test
  void oneBoundChangesAlone() {
    RequestLimits changed = RequestLimits.DEFAULT.withMaxBulkBytes(7);
    assertEquals(new RequestLimits(65_536, Integer.MAX_VALUE, 7, 10, 16_384), changed);
  }

  private static void assertRefused(String name, int value, Executable create) {
    String message = assertThrows(IllegalArgumentException.class, create).getMessage();
    assertTrue(message.startsWith(name + " is " + value + ", not from "), message);
  }
}
