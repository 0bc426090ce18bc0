package io.bitkv.server;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What each command answers, by the scripts in {@code resources/commands}. */
class CommandsTest {

  private static TestServer server;

  @BeforeAll
  static void start() {
    server = new TestServer();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  static List<String> scripts() {
    return CommandScript.NAMES;
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void repliesAreThoseOfTheScript(String script) {
    try (RespClient client = server.connect()) {
      client.text("FLUSHALL");
      CommandScript.run(script, client);
    }
  }

  @Tag("oracle")
  @ParameterizedTest
  @MethodSource("scripts")
  void scriptSaysWhatRedisAnswers(String script) {
    try (RedisOracle oracle = new RedisOracle();
        RespClient client = oracle.connect()) {
      CommandScript.run(script, client);
    }
  }
}
