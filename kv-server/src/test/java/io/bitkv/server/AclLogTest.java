package io.bitkv.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitkv.codec.resp.Reply;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What ACL LOG tells of wrong passwords and forbidden requests. */
class AclLogTest {

  private static final String WRONG_COUNT =
      "ERR unknown subcommand or wrong number of arguments for 'LOG'. Try ACL HELP.";

  @Test
  void deniedRequestsAreListedTheNewestFirstAndCounted() {
    try (TestServer server = new TestServer();
        RespClient admin = server.connect();
        RespClient bob = server.connect()) {
      assertDenialsAreListed(admin, bob);
    }
  }

  @Tag("oracle")
  @Test
  void redisListsTheSame() {
    try (RedisOracle server = new RedisOracle();
        RespClient admin = server.connect();
        RespClient bob = server.connect()) {
      assertDenialsAreListed(admin, bob);
    }
  }

  private static void assertDenialsAreListed(RespClient admin, RespClient bob) {
    admin.text("ACL", "SETUSER", "bob", "on", ">x", "~app:*", "+@all", "-flushall", "resetchannels");
    bob.text("auth", "nobody", "y");
    bob.text("AUTH", "bob", "x");
    bob.text("FLUSHALL");
    bob.text("GET", "other");
    bob.text("flushall");
    bob.text("MGET", "app:1", "other");
    bob.text("PUBLISH", "news", "m");
    bob.text("MULTI");
    bob.text("GET", "other");
    assertEquals(
        List.of(
            "1 key multi other bob",
            "1 channel toplevel news bob",
            "2 key toplevel other bob",
            "2 command toplevel flushall bob",
            "1 auth toplevel auth nobody"),
        admin.call("ACL", "LOG").asList().stream().map(AclLogTest::facts).toList());
    assertEquals(2, admin.call("ACL", "LOG", "2").asList().size());
    assertEquals("[]", admin.text("ACL", "LOG", "-1"));
    assertEquals(
        "ERR value is not an integer or out of range", admin.text("ACL", "LOG", "all"));
    assertEquals(WRONG_COUNT, admin.text("ACL", "LOG", "1", "2"));
    assertEquals("OK", admin.text("ACL", "LOG", "reset"));
    assertEquals("[]", admin.text("ACL", "LOG"));
  }

  private static String facts(Reply entry) {
    List<Reply> fields = entry.asList();
    assertEquals(
        List.of(
            "count", "reason", "context", "object", "username", "age-seconds", "client-info"),
        List.of(0, 2, 4, 6, 8, 10, 12).stream()
            .map(i -> RespClient.text(fields.get(i)))
            .toList());
    assertTrue(Double.parseDouble(RespClient.text(fields.get(11))) >= 0);
    assertTrue(RespClient.text(fields.get(13)).contains(" addr=127.0.0.1:"));
    return String.join(
        " ", List.of(1, 3, 5, 7, 9).stream().map(i -> RespClient.text(fields.get(i))).toList());
  }

  @Test
  void entryIsAMapInVersion3() {
    try (TestServer server = new TestServer();
        RespClient client = server.connect()) {
      client.call("HELLO", "3");
      client.text("AUTH", "nobody", "y");
      Map<String, Reply> entry = client.call("ACL", "LOG").asList().getFirst().asMap();
      assertEquals("auth", entry.get("reason").asString());
    }
  }

  @Test
  void logIsBoundedAndShowsOnlyTheBeginningOfLongNames() {
    try (TestServer server = new TestServer("acllog-max-len", "3");
        RespClient admin = server.connect();
        RespClient bob = server.connect()) {
      admin.text("ACL", "SETUSER", "bob", "on", ">x", "~app:*", "+@all");
      bob.text("AUTH", "bob", "x");
      for (int i = 0; i < 20; i++) {
        bob.text("GET", i + "k".repeat(1000));
      }
      assertEquals(3, admin.call("ACL", "LOG").asList().size());
      List<Reply> newest = admin.call("ACL", "LOG", "1").asList().getFirst().asList();
      assertEquals(
          "19" + "k".repeat(126) + "... (874 more bytes)", RespClient.text(newest.get(7)));
    }
  }
}
