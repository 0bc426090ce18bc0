package io.bitkv.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bitkv.codec.resp.Reply;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What COMMAND INFO tells of each command is what redis-server tells of it. */
@Tag("oracle")
class RedisCommandTableTest {

  /** Commands that redis-server 7.0 does not have. */
  private static final Set<String> OWN = Set.of("delete", "client|setinfo", "waitaof");

  @Test
  void shapesFlagsKeysAndCategoriesEqualThoseOfRedis() {
    try (RedisOracle oracle = new RedisOracle();
        RespClient redis = oracle.connect()) {
      List<Command> commands =
          CommandFamilies.table()
              .withSubcommands()
              .filter(command -> !OWN.contains(command.name()) && !command.name().startsWith("kv."))
              .toList();
      try (TestServer subject = new TestServer();
          RespClient bitkv = subject.connect()) {
        for (Command command : commands) {
          String name = command.name();
          assertEquals(
              facts(redis.call("COMMAND", "INFO", name)),
              facts(bitkv.call("COMMAND", "INFO", name)),
              name);
          assertEquals(docs(redis, name), docs(bitkv, name), name);
        }
      }
    }
  }

  /** All but the subcommands, of which redis-server has more. */
  private static String facts(Reply infos) {
    List<Reply> info = infos.asList().getFirst().asList();
    String keys =
        info.get(8).asList().stream().map(RedisCommandTableTest::keySpec).toList().toString();
    return info.subList(0, 8).stream().map(RedisCommandTableTest::unordered).toList() + keys;
  }

  private static String keySpec(Reply spec) {
    Map<String, Reply> parts = spec.asMap();
    return unordered(parts.get("flags"))
        + RespClient.text(parts.get("begin_search"))
        + RespClient.text(parts.get("find_keys"));
  }

  private static String docs(RespClient client, String name) {
    Map<String, Reply> docs = client.call("COMMAND", "DOCS", name).asMap().get(name).asMap();
    return docs.get("group").asString() + " since " + docs.get("since").asString();
  }

  private static String unordered(Reply part) {
    if (!(part instanceof Reply.ArrayReply array)) {
      return RespClient.text(part);
    }
    Set<String> parts = new TreeSet<>();
    array.elements().forEach(element -> parts.add(unordered(element)));
    return parts.toString();
  }
}
