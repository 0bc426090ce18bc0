package io.bitkv.tests.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitkv.api.KvException;
import io.bitkv.api.KvMap;
import io.bitkv.api.NotSentException;
import io.bitkv.api.OutcomeUnknownException;
import io.bitkv.api.OverloadedException;
import io.bitkv.api.RejectedException;
import io.bitkv.api.codec.Codec;
import io.bitkv.client.AsyncKvMap;
import io.bitkv.client.CacheOptions;
import io.bitkv.client.CacheStats;
import io.bitkv.client.KvClient;
import io.bitkv.client.Pipeline;
import io.bitkv.client.ServerInfo;
import io.bitkv.server.ServerOptions;
import io.bitkv.tests.client.GuideTest.User;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What docs/CLIENT.md shows of the client itself, done on a server; see {@link GuideTextTest}. */
@Timeout(120)
class GuideToClientTest {

  @RegisterExtension final Servers servers = new Servers(ServerOptions.defaults().with("sync", "never").with("directory", "ordered"));

  private KvClient client;
  private KvMap<String, User> users;
  private final User ada = new User("Ada", "ada@example", Instant.EPOCH);
  private final List<String> log = new ArrayList<>();

  @BeforeEach
  void connect() {
    client = servers.client();
    users = client.map("users", Codec.STRING, Codec.ofRecord(User.class));
  }

  @Test
  void cache() {
    KvClient caching =
        KvClient.builder(servers.uri())
            .cache(CacheOptions.ofBytes(64 << 20).maxAge(Duration.ofSeconds(30)))
            .connect();
    try (caching) {
      caching.map("users", Codec.STRING, Codec.ofRecord(User.class)).get("ada");
      CacheStats stats = caching.cacheStats().orElseThrow();
      log.add(stats.hits() + " hits, " + stats.misses() + " misses, " + stats.invalidations() + " invalidations, " + stats.bytes() + " bytes");
    }

    assertTrue(log.getFirst().startsWith("0 hits, 1 misses"), log::toString);
  }

  @Test
  void async() throws Exception {
    users.put("ada", ada);
    users.put("bob", ada);
    AsyncKvMap<String, User> later = client.async().map("users", Codec.STRING, Codec.ofRecord(User.class));
    CompletionStage<Boolean> same = later.get("ada").thenCombine(later.get("bob"), (one, other) -> one.equals(other));

    assertTrue(same.toCompletableFuture().get(60, TimeUnit.SECONDS));
  }

  @Test
  void pipelines() {
    List<User> all = List.of(ada, new User("Bob", "bob@example", Instant.EPOCH));
    List<CompletionStage<Long>> versions = new ArrayList<>();
    try (Pipeline pipeline = client.pipeline()) {
      AsyncKvMap<String, User> map = pipeline.map("users", Codec.STRING, Codec.ofRecord(User.class));
      for (User user : all) {
        versions.add(map.put(user.name(), user));
      }
    }

    assertTrue(versions.stream().allMatch(version -> version.toCompletableFuture().isDone()));
    assertEquals(all, all.stream().map(user -> users.getOrThrow(user.name())).toList());
  }

  @Test
  void deadlines() {
    KvClient patient = client.withDeadline(Duration.ofMinutes(1));
    long keys = patient.keyspace("users").size();

    assertEquals(0, keys);
  }

  @Test
  void errors() {
    try {
      users.delete("ada");
    } catch (OutcomeUnknownException e) {
      log.add("sent, and no reply: it may have happened");
    } catch (NotSentException | OverloadedException e) {
      log.add("certainly nothing happened; try again");
    } catch (RejectedException e) {
      log.add("the server said no: " + e.code());
    } catch (KvException e) {
      log.add("it is " + e.outcome() + ": " + e.getMessage());
    }

    assertEquals(List.of(), log);
  }

  @Test
  void serverKinds() {
    ServerInfo server = client.server();
    if (!server.hasKvCommands()) {
      log.add(server.product() + " " + server.version() + " has no versions, named keyspaces or transactions");
    }

    assertEquals(List.of(), log);
  }

  @Test
  void credentials() {
    assertThrows(NotSentException.class, () -> encrypted("127.0.0.1:1", SSLContext.getDefault(), "secret"));
  }

  private static KvClient encrypted(String address, SSLContext trust, String secret) {
    return KvClient.builder("kvs://" + address).tls(trust).credentials("app", () -> secret).clientName("billing").connect();
  }

  @Test
  void limits() {
    KvClient tuned =
        KvClient.builder(servers.uri())
            .connections(4)
            .maxPending(10_000)
            .connectTimeout(Duration.ofSeconds(5))
            .backoff(Duration.ofMillis(50), Duration.ofSeconds(5))
            .withoutRepetition()
            .connectLater();

    assertFalse(tuned.contains("none".getBytes(UTF_8)));
    tuned.close();
  }
}
