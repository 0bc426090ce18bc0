package io.bitkv.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bitkv.codec.resp.Reply;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tag;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.slf4j.LoggerFactory;

/**
 * Whatever clients send, this server answers as redis-server does; docs/PROTOCOL.md names the
 * deliberate differences.
 */
@Tag("oracle")
class RedisEqualityProperties {

  /** Meets every key that the requests use. */
  private static final String[] ALL_KEYS = {"TOUCH", "a", "b", "c", "d", "e", "{x}1", ""};

  private static final AtomicLong COMPARED = new AtomicLong();

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
    LoggerFactory.getLogger(RedisEqualityProperties.class)
        .warn("{} requests were answered as by redis-server", COMPARED.get());
  }

  @Provide
  Arbitrary<List<Step>> steps() {
    Arbitrary<Integer> client = Arbitraries.of(0, 0, 0, 1);
    return Combinators.combine(client, RandomRequests.any())
        .as(Step::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(60);
  }

  @Property(shrinking = ShrinkingMode.FULL)
  void repliesEqualThoseOfRedisInVersion2(@ForAll("steps") List<Step> steps) {
    compare(steps, "2");
  }

  @Property(shrinking = ShrinkingMode.FULL)
  void repliesEqualThoseOfRedisInVersion3(@ForAll("steps") List<Step> steps) {
    compare(steps, "3");
  }

  private static void compare(List<Step> steps, String version) {
    try (RespClient expected0 = oracle.connect();
        RespClient expected1 = oracle.connect();
        RespClient actual0 = subject.connect();
        RespClient actual1 = subject.connect()) {
      expected0.text("FLUSHALL");
      actual0.text("FLUSHALL");
      for (RespClient client : List.of(expected0, expected1, actual0, actual1)) {
        client.call("HELLO", version);
      }
      for (Step step : steps) {
        String[] request = step.request().toArray(String[]::new);
        RespClient redis = step.client() == 0 ? expected0 : expected1;
        RespClient bitkv = step.client() == 0 ? actual0 : actual1;
        if (request[0].equals("DBSIZE")) {
          // Redis counts expired keys until it meets them.
          redis.call(ALL_KEYS);
          bitkv.call(ALL_KEYS);
        }
        if (request[0].equals("WATCH") && request.length > 1) {
          // A watched key that comes into being and goes again has changed for Redis alone.
          redis.call("SETNX", request[1], "watched");
          bitkv.call("SETNX", request[1], "watched");
        }
        Reply expected = redis.call(request);
        Reply actual = bitkv.call(request);
        COMPARED.incrementAndGet();
        if (!LooseEquality.areEqual(request, expected, actual)) {
          assertEquals(
              RespClient.text(expected), RespClient.text(actual), () -> String.join(" ", request));
        }
      }
    }
  }
}
