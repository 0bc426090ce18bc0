package io.bitkv.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Whatever a client does, subscribers are notified of the same changes of keys as by redis-server. */
@Tag("oracle")
class NotificationProperties {

  /** What changes the connection, or is not notified of key by key. */
  private static final Set<String> LEFT_OUT = Set.of("HELLO", "RESET", "AUTH", "CONFIG", "SWAPDB");

  private static RedisOracle oracle;
  private static TestServer subject;

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
  Arbitrary<List<List<String>>> requests() {
    return RandomRequests.any()
        .filter(request -> !LEFT_OUT.contains(request.getFirst()) && !mayFail(request))
        .list()
        .ofMinSize(1)
        .ofMaxSize(30);
  }

  /** A BITFIELD all of whose operations fail may still make the string longer; Redis keeps quiet. */
  private static boolean mayFail(List<String> request) {
    return request.getFirst().equals("BITFIELD") && request.contains("fail");
  }

  @Property(tries = 400)
  void notificationsEqualThoseOfRedis(@ForAll("requests") List<List<String>> requests) {
    try (RespClient redis = oracle.connect();
        RespClient bitkv = subject.connect();
        RespClient expectedEvents = oracle.connect();
        RespClient actualEvents = subject.connect()) {
      prepare(redis, expectedEvents);
      prepare(bitkv, actualEvents);
      for (List<String> request : requests) {
        redis.call(request.toArray(String[]::new));
        bitkv.call(request.toArray(String[]::new));
        List<String> expected = PubSubProperties.received(expectedEvents, 0);
        assertEquals(
            expected,
            PubSubProperties.received(actualEvents, expected.size()),
            () -> String.join(" ", request));
      }
    }
  }

  private static void prepare(RespClient client, RespClient events) {
    client.text("FLUSHALL");
    client.text("CONFIG", "SET", "notify-keyspace-events", "KEg$");
    events.text("PSUBSCRIBE", "__key*__:*");
  }
}
