package io.bitkv.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitkv.codec.resp.Reply;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the server tells about itself and its clients. */
class IntrospectionTest {

  private static TestServer server;

  @BeforeAll
  static void start() {
    server = new TestServer();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void everythingThatConfigShowsCanBeSetBack() {
    try (RespClient client = server.connect()) {
      Map<String, Reply> all = client.call("CONFIG", "GET", "*").asMap();
      assertTrue(
          all.keySet()
              .containsAll(
                  List.of(
                      "maxclients", "appendonly", "appendfsync", "save", "databases", "maxmemory")),
          all.keySet().toString());
      all.forEach(
          (name, value) ->
              assertEquals("OK", client.text("CONFIG", "SET", name, value.asString()), name));
    }
  }

  @Test
  void infoHasWhatToolsReadFromIt() {
    try (RespClient client = server.connect()) {
      client.text("SET", "k", "v");
      String info = client.text("INFO", "everything");
      for (String field :
          List.of(
              "redis_version:",
              "loading:0",
              "used_memory:",
              "used_cpu_user:",
              "master_repl_offset:",
              "blocked_clients:",
              "rejected_calls=",
              "usec_per_call=",
              "role:master",
              "connected_clients:",
              "total_commands_processed:",
              "db0:keys=")) {
        assertTrue(info.contains(field), field);
      }
      assertTrue(info.matches("(?s).*\r\ndb0:keys=\\d+,expires=\\d+,avg_ttl=\\d+\r\n.*"), info);
      assertEquals("# Cluster\r\ncluster_enabled:0\r\n", client.text("INFO", "CLUSTER"));
      assertTrue(!client.text("INFO").contains("cmdstat_"));
    }
  }

  @Test
  void clientListShowsEveryConnection() {
    try (RespClient first = server.connect();
        RespClient second = server.connect()) {
      String firstId = first.text("CLIENT", "ID");
      String secondId = second.text("CLIENT", "ID");
      first.text("CLIENT", "SETNAME", "first");
      String list = second.text("CLIENT", "LIST");
      assertTrue(
          list.contains("id=" + firstId + " ")
              && list.contains(" name=first ")
              && list.contains("id=" + secondId + " "),
          list);
      assertEquals(1, second.text("CLIENT", "LIST", "ID", firstId).lines().count());
      assertEquals("", second.text("CLIENT", "LIST", "TYPE", "pubsub"));
    }
  }

  @Test
  void everyCommandCanBeDocumented() {
    try (RespClient client = server.connect()) {
      client.call("HELLO", "3");
      assertEquals(
          client.call("COMMAND", "COUNT").asLong(),
          client.call("COMMAND", "DOCS").asMap().size());
    }
  }

  @Test
  void infoEstimatesHowLongExpiringKeysLive() {
    try (TestServer server = new TestServer();
        RespClient client = server.connect()) {
      for (int i = 0; i < 30; i++) {
        client.text("SET", "expiring" + i, "v", "EX", i % 2 == 0 ? "1000000" : "3000000");
        client.text("SET", "other" + i, "v");
      }
      String keyspace = client.text("INFO", "keyspace");
      Matcher mean = Pattern.compile("db0:keys=60,expires=30,avg_ttl=(\\d+)\r\n").matcher(keyspace);
      assertTrue(mean.find(), keyspace);
      long seconds = TimeUnit.MILLISECONDS.toSeconds(Long.parseLong(mean.group(1)));
      assertTrue(seconds > 990_000 && seconds <= 3_000_000, keyspace);
      client.text("FLUSHALL");
      client.text("SET", "other", "v");
      assertTrue(
          client.text("INFO", "keyspace").contains("db0:keys=1,expires=0,avg_ttl=0\r\n"), keyspace);
    }
  }
}
