package io.bitkv.tests.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitkv.api.Expiry;
import io.bitkv.api.KeyRef;
import io.bitkv.api.Keyspace;
import io.bitkv.api.KeyspaceId;
import io.bitkv.api.WriteBatch;
import io.bitkv.client.CacheOptions;
import io.bitkv.client.KvClient;
import io.bitkv.server.Server;
import io.bitkv.server.ServerOptions;
import io.bitkv.tests.model.Directories;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/**
 * Two clients that keep what they read, against the list of all values that each key ever had: what a client sees of a key is nothing older
 * than what it wrote or saw before, and where the server must be asked, the last.
 */
class CachingProperties {

  private static final KeyspaceId SPACE = new KeyspaceId.Named("cached");
  private static final String ABSENT = "";

  /** What is done. */
  private enum Action {
    PUT, DELETE, BATCH, TRANSACTION, CLEAR, GET, GET_ALL, CONTAINS, GET_VERSIONED, ASYNC_GET
  }

  /** Who does what to which key. */
  private record Step(int client, Action action, int key) {}

  private static Path directory;
  private static Server server;
  private static List<KvClient> clients;

  /** Every value that each key had, in order. */
  private final Map<Integer, List<String>> histories = new HashMap<>();

  /** The least place in a key's history that a client may be shown, by client and key. */
  private final Map<List<Integer>, Integer> least = new HashMap<>();

  private int writes;

  @BeforeContainer
  static void start() throws IOException {
    directory = Files.createTempDirectory("bitkv-cache-");
    server = Server.open(ServerOptions.defaults().with("sync", "never").with("dir", directory.toString()).with("port", "0"));
    clients = List.of(client(), client());
  }

  private static KvClient client() {
    CacheOptions few = CacheOptions.ofBytes(16 << 10).maxAge(Duration.ofHours(1));
    return KvClient.builder("kv://127.0.0.1:" + server.address().getPort()).deadline(Duration.ofMinutes(1)).cache(few).connect();
  }

  @AfterContainer
  static void stop() throws IOException {
    clients.forEach(KvClient::close);
    server.close();
    Directories.delete(directory);
  }

  @Property(tries = 200)
  void noClientIsShownAnythingOlderThanItKnows(@ForAll("steps") List<Step> steps) {
    run(new Step(0, Action.CLEAR, 0));
    run(new Step(1, Action.CLEAR, 0));
    for (Step step : steps) {
      run(step);
    }
  }

  @Provide
  Arbitrary<List<Step>> steps() {
    return Combinators.combine(Arbitraries.integers().between(0, 1), Arbitraries.of(Action.class), Arbitraries.integers().between(0, 3))
        .as(Step::new)
        .list()
        .ofMinSize(5)
        .ofMaxSize(80);
  }

  private static byte[] key(int number) {
    return ("k" + number).getBytes(UTF_8);
  }

  private void run(Step step) {
    KvClient client = clients.get(step.client);
    Keyspace keyspace = client.keyspace(SPACE);
    byte[] key = key(step.key);
    KeyRef ref = new KeyRef(SPACE, key);
    String next = "v" + ++writes + ".".repeat(writes % 3 * 1000);
    switch (step.action) {
      case PUT -> {
        keyspace.put(key, next.getBytes(UTF_8));
        wrote(step, next);
      }
      case DELETE -> {
        keyspace.delete(key);
        wrote(step, ABSENT);
      }
      case BATCH -> {
        client.commit(new WriteBatch().put(ref, next.getBytes(UTF_8), Expiry.NEVER));
        wrote(step, next);
      }
      case TRANSACTION -> {
        String before = client.atomically(List.of(ref), transaction -> replace(transaction.keyspace(SPACE), key, next));
        assertEquals(history(step.key).getLast(), before);
        wrote(step, next);
      }
      case CLEAR -> {
        keyspace.clear();
        for (int i = 0; i < 4; i++) {
          wrote(new Step(step.client, step.action, i), ABSENT);
        }
      }
      default -> read(step, client, keyspace);
    }
  }

  private void read(Step step, KvClient client, Keyspace keyspace) {
    byte[] key = key(step.key);
    switch (step.action) {
      case GET -> saw(step, text(keyspace.get(key)));
      case GET_ALL -> {
        List<Optional<byte[]>> all = keyspace.getAll(List.of(key(0), key(1), key(2), key(3), key(0)));
        for (int i = 0; i < all.size(); i++) {
          saw(new Step(step.client, step.action, i % 4), text(all.get(i)));
        }
      }
      case CONTAINS -> {
        boolean isThere = keyspace.contains(key);
        List<String> possible = history(step.key).subList(leastOf(step), history(step.key).size());
        assertTrue(possible.stream().anyMatch(value -> isThere != value.equals(ABSENT)), () -> step + ": " + isThere + " among " + possible);
      }
      case GET_VERSIONED -> {
        String now = text(keyspace.getVersioned(key).map(found -> found.value()));
        assertEquals(history(step.key).getLast(), now);
        saw(step, now);
      }
      case ASYNC_GET -> saw(step, text(client.async().keyspace(SPACE).get(key).toCompletableFuture().join()));
      default -> throw new AssertionError(step + " reads nothing");
    }
  }

  private static String replace(Keyspace keyspace, byte[] key, String value) {
    String before = text(keyspace.get(key));
    keyspace.put(key, value.getBytes(UTF_8));
    return before;
  }

  private static String text(Optional<byte[]> found) {
    return found.map(value -> new String(value, UTF_8)).orElse(ABSENT);
  }

  private List<String> history(int key) {
    return histories.computeIfAbsent(key, same -> new ArrayList<>(List.of(ABSENT)));
  }

  private int leastOf(Step step) {
    return least.getOrDefault(List.of(step.client, step.key), 0);
  }

  private void wrote(Step step, String value) {
    history(step.key).add(value);
    least.put(List.of(step.client, step.key), history(step.key).size() - 1);
  }

  private void saw(Step step, String value) {
    List<String> history = history(step.key);
    int place = leastOf(step);
    while (place < history.size() && !history.get(place).equals(value)) {
      place++;
    }
    assertTrue(place < history.size(), () -> step + " was shown '" + value + "', older than " + history.get(leastOf(step)));
    least.put(List.of(step.client, step.key), place);
  }
}
