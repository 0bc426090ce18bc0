package io.bitkv.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** BGREWRITEAOF gives back the space of what is no longer there. */
@Timeout(60)
class RewriteTest {

  @Test
  void deadBytesAreGivenBackInTheBackground() {
    try (TestServer server = new TestServer();
        RespClient client = server.connect()) {
      // All in the segment that is written to, which no merge takes by itself for so few dead bytes.
      for (int i = 0; i < 9; i++) {
        client.call("SET", "k", "v".repeat(100_000));
      }
      long before = dead(client);
      assertTrue(before > 700_000, "dead bytes before: " + before);
      assertEquals(
          "Background append only file rewriting started", client.text("BGREWRITEAOF"));
      while (client.text("INFO", "persistence").contains("aof_rewrite_in_progress:1")) {
        Thread.onSpinWait();
      }
      String info = client.text("INFO", "persistence");
      assertTrue(info.contains("aof_last_bgrewrite_status:ok"), info);
      assertTrue(dead(client) < 1_000, info);
      assertEquals("100000", client.text("STRLEN", "k"));
    }
  }

  private static long dead(RespClient client) {
    String info = client.text("INFO", "persistence");
    return Long.parseLong(info.replaceFirst("(?s).*store_dead_bytes:(\\d+).*", "$1"));
  }
}
