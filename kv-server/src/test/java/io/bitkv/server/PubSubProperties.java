package io.bitkv.server;

import static io.bitkv.server.RandomRequests.joined;
import static io.bitkv.server.RandomRequests.request;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import io.bitkv.codec.resp.Reply;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Subscribers get from this server what they get from redis-server. */
@Tag("oracle")
class PubSubProperties {

  /** A message that is under way comes within far fewer round trips. */
  private static final int ROUND_TRIPS = 10_000;

  private static final String BARRIER = "barrier";

  private static RedisOracle oracle;
  private static TestServer subject;

  /** A request of one of two clients. */
  record Step(int client, List<String> request) {}

  @BeforeContainer
  static void start() {
    oracle = new RedisOracle();
    subject = new TestServer();
  }

  @AfterContainer
  static void stop() {
    subject.close();
    oracle.close();
  }

  @Provide
  Arbitrary<List<Step>> steps() {
    return Combinators.combine(Arbitraries.of(0, 1), requests())
        .as(Step::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(25);
  }

  private static Arbitrary<List<String>> requests() {
    // Of the patterns for an empty name Redis takes the empty one alone.
    Arbitrary<String> name = Arbitraries.of("a", "b", "ab", "\u00ff");
    Arbitrary<String> pattern = Arbitraries.of("*", "a*", "?", "[ab]", "");
    return Arbitraries.oneOf(
        with("SUBSCRIBE", name, 1),
        with("PSUBSCRIBE", pattern, 1),
        with("UNSUBSCRIBE", name, 1),
        with("PUNSUBSCRIBE", pattern, 1),
        request("PUBLISH", name, Arbitraries.of("x", "", "\r\n")),
        request("PUBLISH", name, Arbitraries.of("y")),
        request("PUBSUB", Arbitraries.of("NUMPAT", "numsub", "CHANNELS", "nosuch")),
        with("PUBSUB", Arbitraries.of("NUMSUB", "a", "b"), 2),
        with("PUBSUB", Arbitraries.of("CHANNELS", "a*", "b"), 2),
        with("SUBSCRIBE", name, 0),
        request("PING"),
        request("GET", name),
        request("RESET"));
  }

  private static Arbitrary<List<String>> with(String command, Arbitrary<String> word, int least) {
    return Combinators.combine(request(command), word.list().ofMinSize(least).ofMaxSize(3))
        .as((head, tail) -> joined(head, tail));
  }

  @Property(tries = 400)
  void subscribersOfVersion2GetWhatRedisSends(@ForAll("steps") List<Step> steps) {
    compare(steps, "2");
  }

  @Property(tries = 400)
  void subscribersOfVersion3GetWhatRedisSends(@ForAll("steps") List<Step> steps) {
    compare(steps, "3");
  }

  private static void compare(List<Step> steps, String version) {
    awaitNoSubscriber();
    try (RespClient expected0 = oracle.connect();
        RespClient expected1 = oracle.connect();
        RespClient actual0 = subject.connect();
        RespClient actual1 = subject.connect()) {
      List<RespClient> redis = List.of(expected0, expected1);
      List<RespClient> bitkv = List.of(actual0, actual1);
      for (int i = 0; i < 2; i++) {
        redis.get(i).call("HELLO", version);
        bitkv.get(i).call("HELLO", version);
      }
      for (Step step : steps) {
        byte[] request = RespClient.encode(step.request().toArray(String[]::new));
        redis.get(step.client()).send(request);
        bitkv.get(step.client()).send(request);
        for (int i = 0; i < 2; i++) {
          int client = i;
          List<String> expected = received(redis.get(i), 0);
          List<String> actual = received(bitkv.get(i), expected.size());
          assertEquals(expected, actual, () -> step + " seen by " + client);
        }
      }
    }
  }

  /** Waits until this server has noticed that the clients before have gone. */
  private static void awaitNoSubscriber() {
    try (RespClient client = subject.connect()) {
      for (int i = 0; i < ROUND_TRIPS; i++) {
        if (client.call("PUBSUB", "CHANNELS").asList().isEmpty()
            && client.text("PUBSUB", "NUMPAT").equals("0")) {
          return;
        }
      }
    }
    fail("clients that have gone are still subscribed");
  }

  /** What a client receives, sorted: at least so many replies and messages, and all there are. */
  static List<String> received(RespClient client, int least) {
    List<String> received = new ArrayList<>();
    for (int i = 0; i < ROUND_TRIPS && (i == 0 || received.size() < least); i++) {
      client.send(RespClient.encode("PING", BARRIER));
      Reply reply = client.read();
      while (!isBarrier(reply)) {
        received.add(comparable(reply));
        reply = client.read();
      }
    }
    return received.stream().sorted().toList();
  }

  private static boolean isBarrier(Reply reply) {
    String text = RespClient.text(reply);
    return text.equals(BARRIER) || text.equals("[pong, " + BARRIER + "]");
  }

  /** Names of channels are listed in any order. */
  private static String comparable(Reply reply) {
    boolean isList = reply instanceof Reply.ArrayReply && !isTold(reply);
    return isList
        ? reply.asList().stream().map(RespClient::text).sorted().toList().toString()
        : RespClient.text(reply);
  }

  private static boolean isTold(Reply reply) {
    List<Reply> parts = reply.asList();
    return !parts.isEmpty() && RespClient.text(parts.getFirst()).matches(".*(subscribe|message)");
  }
}
