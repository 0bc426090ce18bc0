package io.bitkv.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitkv.api.NotSentException;
import io.bitkv.api.RejectedException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A client introduces itself as its options say, to newer and older servers alike. */
@Timeout(60)
class HandshakeTest {

  private static final String NO_HELLO = "-ERR unknown command 'HELLO', with args beginning with: '3' \r\n";

  /** Answers HELLO as told, and all else well. */
  private static FakeServer.Script greeting(String hello) {
    return (request, peer) ->
        peer.send(
            switch (request.name()) {
              case "HELLO" -> hello;
              case "PING" -> "+PONG\r\n";
              default -> "+OK\r\n";
            });
  }

  private static List<String> introduction(FakeServer server, KvClientBuilder builder) {
    try (KvClient client = builder.connections(1).connect()) {
      client.server();
    }
    List<String> asked = server.asked();
    return asked.subList(0, asked.size() - 1);
  }

  @Test
  void credentialsNameAndDatabaseAreSaidAtOnce() {
    try (FakeServer server = FakeServer.raw(greeting(FakeServer.KV_HELLO))) {
      String uri = "kv://ada:s%20cret@127.0.0.1:" + server.port() + "/9";
      assertEquals(
          List.of("HELLO 3 AUTH ada s cret SETNAME billing", "CLIENT SETINFO LIB-NAME bitkv", "SELECT 9"),
          introduction(server, KvClient.builder(uri).clientName("billing")));
    }
    try (FakeServer server = FakeServer.raw(greeting(FakeServer.KV_HELLO))) {
      assertEquals(List.of("HELLO 3", "CLIENT SETINFO LIB-NAME bitkv"), introduction(server, KvClient.builder(server.uri())));
    }
    try (FakeServer server = FakeServer.raw(greeting(FakeServer.KV_HELLO))) {
      String uri = "kv://:secret@127.0.0.1:" + server.port();
      assertEquals("HELLO 3 AUTH default secret", introduction(server, KvClient.builder(uri)).getFirst());
    }
  }

  @Test
  void anOlderServerIsToldTheSameInItsOwnWords() {
    try (FakeServer server = FakeServer.raw(greeting(NO_HELLO))) {
      assertEquals(
          List.of("HELLO 3 AUTH default secret SETNAME billing", "AUTH secret", "CLIENT SETNAME billing", "CLIENT SETINFO LIB-NAME bitkv"),
          introduction(server, KvClient.builder(server.uri()).credentials(() -> "secret").clientName("billing")));
    }
    try (FakeServer server = FakeServer.raw(greeting(NO_HELLO))) {
      assertEquals("AUTH ada secret", introduction(server, KvClient.builder(server.uri()).credentials("ada", () -> "secret")).get(1));
    }
  }

  @Test
  void thePasswordIsAskedForEachTime() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    try (FakeServer server = FakeServer.raw(greeting(FakeServer.KV_HELLO));
        KvClient client =
            KvClient.builder(server.uri()).connections(1).credentials(() -> "secret" + asked.incrementAndGet()).deadline(Duration.ofSeconds(30)).connect()) {
      client.server();
      server.resetAll();
      client.server();
      assertEquals("HELLO 3 AUTH default secret1", server.asked().getFirst());
      assertTrue(server.asked().contains("HELLO 3 AUTH default secret2"), () -> server.asked().toString());
    }
  }

  @Test
  void aPasswordThatCannotBeHadIsAFailureToConnect() {
    try (FakeServer server = FakeServer.raw(greeting(FakeServer.KV_HELLO))) {
      KvClientBuilder builder =
          KvClient.builder(server.uri())
              .credentials(
                  () -> {
                    throw new IllegalStateException("the vault is closed");
                  });
      NotSentException refused = assertThrows(NotSentException.class, builder::connect);
      assertTrue(refused.getMessage().contains("the vault is closed"), refused::getMessage);
    }
  }

  @Test
  void aServerThatWantsCredentialsSaysSo() {
    String noAuth = "-NOAUTH HELLO must be called with the client already authenticated, otherwise the HELLO <proto> AUTH <user> <pass> option can be used\r\n";
    try (FakeServer server = FakeServer.raw(greeting(noAuth))) {
      RejectedException refused = assertThrows(RejectedException.class, () -> KvClient.connect(server.uri()));
      assertEquals("NOAUTH", refused.code());
    }
  }

  @Test
  void aDatabaseThatTheServerHasNotIsToldAtOnce() {
    FakeServer.Script small =
        (request, peer) ->
            peer.send(
                switch (request.name()) {
                  case "HELLO" -> FakeServer.PLAIN_HELLO;
                  case "SELECT" -> "-ERR DB index is out of range\r\n";
                  default -> "+OK\r\n";
                });
    try (FakeServer server = FakeServer.raw(small)) {
      RejectedException refused = assertThrows(RejectedException.class, () -> KvClient.connect(server.uri() + "/99"));
      assertTrue(refused.getMessage().contains("DB index is out of range"), refused::getMessage);
    }
  }

  @Test
  void aServerThatSaysMoreThanItWasAskedIsNotUsed() {
    FakeServer.Script talkative = (request, peer) -> peer.send(request.name().equals("HELLO") ? FakeServer.KV_HELLO : "+OK\r\n+OK\r\n");
    try (FakeServer server = FakeServer.raw(talkative)) {
      NotSentException refused = assertThrows(NotSentException.class, () -> KvClient.connect(server.uri()));
      assertTrue(refused.getMessage().contains("more than it was asked for"), refused::getMessage);
    }
  }

  @Test
  void aServerThatSaysLittleOfItselfIsTakenForAPlainOne() {
    for (String hello : List.of("%0\r\n", "%1\r\n$7\r\nmodules\r\n*1\r\n%1\r\n$4\r\nname\r\n$5\r\nother\r\n", "%1\r\n$7\r\nmodules\r\n*1\r\n%1\r\n$4\r\nname\r\n$5\r\nbitkv\r\n")) {
      try (FakeServer server = FakeServer.raw(greeting(hello));
          KvClient client = KvClient.connect(server.uri())) {
        assertEquals(new ServerInfo("redis", "unknown", 2, 0, 0), client.server());
        assertFalse(client.server().hasKvCommands());
      }
    }
  }
}
