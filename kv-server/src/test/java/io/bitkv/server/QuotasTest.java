package io.bitkv.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What happens when memory or disk are used up, as far as the settings allow them to be. */
class QuotasTest {

  private static final String OOM = "OOM command not allowed when used memory > 'maxmemory'.";

  @ParameterizedTest
  @CsvSource({"maxmemory, OOM command", "max-disk-size, MISCONF the store's files"})
  void growthIsRefusedAndEverythingElseGoesOn(String setting, String refusal) {
    try (TestServer server = new TestServer();
        RespClient client = server.connect()) {
      client.text("MSET", "a", "1", "b", "2", "c", "3");
      client.text("SET", "big", "x".repeat(500_000));
      assertEquals("OK", client.text("CONFIG", "SET", setting, "100"));
      for (String growth : new String[] {"SET a 9", "INCR a", "KV.SET 0 a 9", "APPEND a 9"}) {
        String answer = client.text(growth.split(" "));
        assertTrue(answer.startsWith(refusal), answer);
      }
      assertEquals("1", client.text("GET", "a"));
      assertEquals("1", client.text("DEL", "a"));
      assertEquals("1", client.text("EXPIRE", "b", "100"));
      assertEquals("2", client.text("GETDEL", "b"));
      assertTrue(client.text("KV.DEL", "0", "c").matches("\\d+"));
      assertEquals("1", client.text("DBSIZE"));
      assertEquals("OK", client.text("CONFIG", "SET", setting, "0"));
      assertEquals("OK", client.text("SET", "a", "9"));
    }
  }

  @Test
  void transactionThatWouldGrowIsRefusedWhole() {
    try (TestServer server = new TestServer();
        RespClient client = server.connect();
        RespClient admin = server.connect()) {
      client.text("MULTI");
      assertEquals("QUEUED", client.text("SET", "k", "v"));
      assertEquals("OK", admin.text("CONFIG", "SET", "maxmemory", "100"));
      assertEquals("EXECABORT Transaction discarded because of: " + OOM, client.text("EXEC"));
      client.text("MULTI");
      assertEquals(OOM, client.text("SET", "k", "v"));
      assertTrue(client.text("EXEC").startsWith("EXECABORT "));
      client.text("MULTI");
      assertEquals("QUEUED", client.text("DEL", "k"));
      assertEquals("[0]", client.text("EXEC"));
    }
  }

  @Test
  void whatIsUsedIsLookedAtWhileTheServerRuns() {
    try (TestServer server = new TestServer("max-disk-size", "1mb");
        RespClient client = server.connect()) {
      String value = "x".repeat(100_000);
      String answer = "OK";
      for (int i = 0; i < 10_000 && answer.equals("OK"); i++) {
        answer = client.text("SET", "k" + i, value);
      }
      assertTrue(answer.startsWith("MISCONF the store's files have reached max-disk-size"), answer);
      assertTrue(client.text("INFO", "persistence").contains("store_max_disk_bytes:1048576\r\n"));
    }
  }
}
