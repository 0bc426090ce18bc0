package io.bitkv.client;

import static io.bitkv.client.CachingTest.client;
import static io.bitkv.client.CachingTest.end;
import static io.bitkv.client.CachingTest.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitkv.api.KeyspaceId;
import io.bitkv.api.OutcomeUnknownException;
import io.bitkv.api.RejectedException;
import io.bitkv.api.UnsupportedFeatureException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a client with a cache keeps, and does, when calls fail and words of changes come at odd times. */
@Timeout(60)
class CachingFailuresTest {

  private static final byte[] K = {'k'};
  private static final byte[] V = {'v'};
  private static final String INVALIDATION = ">2\r\n$10\r\ninvalidate\r\n*1\r\n$1\r\nk\r\n";

  private final FakeKv kv = new FakeKv();

  @Test
  void aValueWhoseInvalidationComesBeforeOrWithItIsNotKept() {
    kv.put("0", "k", "v");
    FakeServer.Script pushing =
        (request, peer) -> {
          boolean isRead = request.name().equals("KV.GET");
          if (isRead && request.text(1).equals("0")) {
            peer.send(INVALIDATION);
          }
          kv.answer(request, peer);
          if (isRead && request.text(1).equals("1")) {
            peer.send(INVALIDATION);
          }
        };
    try (FakeServer server = FakeServer.kv(pushing);
        KvClient client = client(server)) {
      client.get(K);
      int asked = server.asked().size();
      client.get(K);
      assertEquals(asked + 1, server.asked().size());
      client.keyspace(new KeyspaceId.Numbered(1)).get(K);
      client.server();
      asked = server.asked().size();
      client.keyspace(new KeyspaceId.Numbered(1)).get(K);
      assertEquals(asked + 1, server.asked().size());
    }
  }

  @Test
  void anAsynchronousCallThatFailsIsAccountedForBeforeThatIsTold() {
    FakeServer.Script refusing = (request, peer) -> peer.send("-ERR no\r\n");
    try (FakeServer server = FakeServer.kv(refusing);
        KvClient client = client(server)) {
      for (CompletionStage<?> stage : List.of(client.async().get(K), client.async().put(K, V))) {
        assertThrows(CompletionException.class, () -> end(stage));
      }
      assertEquals(0, client.cacheStats().orElseThrow().entries());
    }
  }

  @Test
  void nothingIsKeptAfterATimeOutEvenIfOthersGoOnWaiting() throws Exception {
    AtomicBoolean isSilent = new AtomicBoolean();
    FakeServer.Script script =
        (request, peer) -> {
          if (!isSilent.get()) {
            kv.answer(request, peer);
          }
        };
    try (FakeServer server = FakeServer.kv(script);
        KvClient client = client(server)) {
      client.get(K);
      isSilent.set(true);
      CompletionStage<Long> patient = client.async().put(new byte[] {'y'}, V);
      KvClient hasty = client.withDeadline(Duration.ofMillis(50));
      assertThrows(OutcomeUnknownException.class, () -> hasty.put(new byte[] {'x'}, V));
      assertEquals(0, client.cacheStats().orElseThrow().entries());
      assertEquals(1, client.cacheStats().orElseThrow().invalidations());
      server.resetAll();
      assertThrows(CompletionException.class, () -> end(patient));
    }
  }

  @Test
  void aServerThatTellsOfNoChangesIsRefused() {
    String old = "-ERR unknown command 'HELLO', with args beginning with: '3' \r\n";
    String subcommand = "-ERR unknown subcommand 'TRACKING'. Try CLIENT HELP.\r\n";
    for (String[] answers : new String[][] {{old, "+OK\r\n"}, {FakeServer.PLAIN_HELLO, subcommand}}) {
      try (FakeServer server = FakeServer.raw((request, peer) -> peer.send(answers[request.name().equals("HELLO") ? 0 : 1]))) {
        UnsupportedFeatureException refused = assertThrows(UnsupportedFeatureException.class, () -> client(server));
        assertTrue(refused.getMessage().contains("CLIENT TRACKING"), refused::getMessage);
        KvClientBuilder patient = KvClient.builder(server.uri()).deadline(Duration.ofSeconds(30)).cache(CacheOptions.ofBytes(1 << 20));
        try (KvClient later = patient.connectLater()) {
          assertThrows(UnsupportedFeatureException.class, () -> later.get(K));
        }
      }
    }
    String forbidden = "-NOPERM User ada has no permissions to run the 'client|tracking' command\r\n";
    FakeServer.Script strict = (request, peer) -> peer.send(request.name().equals("HELLO") ? FakeServer.KV_HELLO : forbidden);
    try (FakeServer server = FakeServer.raw(strict)) {
      assertEquals("NOPERM", assertThrows(RejectedException.class, () -> client(server)).code());
    }
  }

  @Test
  void wordsOfChangesMayComeWhileTheClientIntroducesItself() {
    String all = ">2\r\n$10\r\ninvalidate\r\n_\r\n";
    FakeServer.Script script =
        (request, peer) -> {
          switch (request.name()) {
            case "HELLO" -> peer.send(FakeServer.KV_HELLO);
            case "CLIENT" -> peer.send(all + "+OK\r\n" + all);
            default -> kv.answer(request, peer);
          }
        };
    try (FakeServer server = FakeServer.raw(script);
        KvClient client = client(server)) {
      assertEquals("absent", text(client.get(K)));
      assertTrue(server.asked().contains("CLIENT TRACKING ON"));
    }
  }
}
