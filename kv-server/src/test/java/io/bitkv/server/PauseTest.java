package io.bitkv.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Requests that wait because an operator wants it, and how long requests take. */
@Timeout(60)
class PauseTest {

  private TestServer server;
  private RespClient client;
  private RespClient operator;

  @BeforeEach
  void start() {
    server = new TestServer();
    client = server.connect();
    operator = server.connect();
  }

  @AfterEach
  void stop() {
    client.close();
    operator.close();
    server.close();
  }

  @Test
  void writesWaitUntilThePauseIsEnded() {
    operator.text("CLIENT", "PAUSE", "50000", "WRITE");
    assertEquals("null", client.text("GET", "k"));
    client.send(RespClient.encode("SET", "k", "1"));
    client.send(RespClient.encode("GET", "k"));
    assertTrue(client.isSilent());
    assertEquals("null", operator.text("GET", "k"));
    assertEquals("OK", operator.text("CLIENT", "UNPAUSE"));
    assertEquals("OK", client.readText());
    assertEquals("1", client.readText());
  }

  @Test
  void transactionThatWritesWaitsAsAWhole() {
    client.text("MULTI");
    client.text("INCR", "n");
    operator.text("CLIENT", "PAUSE", "50000", "WRITE");
    client.send(RespClient.encode("EXEC"));
    assertTrue(client.isSilent());
    operator.text("CLIENT", "UNPAUSE");
    assertEquals("[1]", client.readText());
  }

  @Test
  void everythingWaitsUntilThePauseIsOver() {
    long before = System.nanoTime();
    operator.text("CLIENT", "PAUSE", "300");
    assertEquals("PONG", client.text("PING"));
    assertTrue(System.nanoTime() - before >= 300_000_000L);
    assertEquals("PONG", operator.text("PING"));
  }

  @Test
  void clientThatGoesWhileItWaitsIsForgotten() {
    operator.text("CLIENT", "PAUSE", "50000", "WRITE");
    client.send(RespClient.encode("SET", "k", "1"));
    client.reset();
    operator.text("CLIENT", "UNPAUSE");
    assertEquals("PONG", operator.text("PING"));
  }

  @Test
  void commandsAreCountedByHowLongTheyTake() {
    client.text("SET", "k", "1");
    client.text("GET", "k");
    client.text("GET", "k");
    client.call("HELLO", "3");
    assertTrue(
        client
            .text("LATENCY", "HISTOGRAM", "get", "nosuch")
            .matches("map\\[get=map\\[calls=2, histogram_usec=map\\[.*=2]]]"));
  }

  @Test
  void whatTakesLongIsAnEvent() {
    operator.text("CONFIG", "SET", "latency-monitor-threshold", "1");
    String big = "ab".repeat(4000);
    client.text("MSET", "a", big, "b", big.replace("ab", "ba"));
    while (operator.text("LATENCY", "LATEST").equals("[]")) {
      client.text("LCS", "a", "b", "LEN");
    }
    assertTrue(operator.text("LATENCY", "LATEST").startsWith("[[command, "));
    assertTrue(operator.text("LATENCY", "GRAPH", "command").startsWith("command - high "));
    assertTrue(operator.text("LATENCY", "DOCTOR").contains("command: "));
    assertEquals("1", operator.text("LATENCY", "RESET", "command"));
  }
}
