package io.bitkv.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Users, their rules, and what the rules keep them from. */
class AclTest {

  /** The SHA-256 of the letter x. */
  static final String HASH_OF_X =
      "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881";

  private static final String NO_KEY =
      "NOPERM this user has no permissions to access one of the keys used as arguments";

  private TestServer server;
  private RespClient admin;

  @BeforeEach
  void start() {
    server = new TestServer();
    admin = server.connect();
  }

  @AfterEach
  void stop() {
    admin.close();
    server.close();
  }

  private RespClient user(String... rules) {
    String[] words = new String[rules.length + 5];
    System.arraycopy(new String[] {"ACL", "SETUSER", "bob", "on", ">x"}, 0, words, 0, 5);
    System.arraycopy(rules, 0, words, 5, rules.length);
    assertEquals("OK", admin.text(words));
    RespClient client = server.connect();
    assertEquals("OK", client.text("AUTH", "bob", "x"));
    return client;
  }

  private static String noCommand(String name) {
    return "NOPERM this user has no permissions to run the '" + name + "' command";
  }

  @Test
  void freshServerHasOneUserWhoMayDoEverything() {
    assertEquals("default", admin.text("ACL", "WHOAMI"));
    assertEquals("[user default on nopass ~* &* +@all]", admin.text("ACL", "LIST"));
    assertEquals("[default]", admin.text("ACL", "USERS"));
  }

  @Test
  void userMayRunOnlyTheCommandsOfItsRules() {
    try (RespClient bob = user("~*", "+@all", "-@dangerous", "+config|get", "-client|setname")) {
      assertEquals("OK", bob.text("SET", "k", "v"));
      assertEquals(noCommand("flushall"), bob.text("FLUSHALL"));
      assertEquals(noCommand("keys"), bob.text("KEYS", "*"));
      assertEquals(noCommand("config|set"), bob.text("CONFIG", "SET", "timeout", "0"));
      assertEquals("[timeout, 0]", bob.text("CONFIG", "GET", "timeout"));
      assertEquals(noCommand("acl|list"), bob.text("ACL", "LIST"));
      assertEquals(noCommand("client|setname"), bob.text("CLIENT", "SETNAME", "x"));
      assertEquals("bob", bob.text("ACL", "WHOAMI"));
      assertTrue(bob.text("CLIENT", "INFO").contains(" user=bob "));
      assertTrue(admin.text("INFO", "stats").contains("acl_access_denied_cmd:5\r\n"));
    }
  }

  @Test
  void userMayUseOnlyTheKeysOfItsPatterns() {
    try (RespClient bob = user("~app:*", "%R~shared:*", "%W~log:*", "+@all")) {
      assertEquals("OK", bob.text("MSET", "app:1", "a", "app:2", "b"));
      assertEquals(NO_KEY, bob.text("GET", "other"));
      assertEquals(NO_KEY, bob.text("MGET", "app:1", "other"));
      assertEquals(NO_KEY, bob.text("EXISTS", "other"));
      assertEquals("null", bob.text("GET", "shared:1"));
      assertEquals(NO_KEY, bob.text("SET", "shared:1", "v"));
      assertEquals(NO_KEY, bob.text("DEL", "shared:1"));
      assertEquals("OK", bob.text("SET", "log:1", "v"));
      assertEquals(NO_KEY, bob.text("SET", "log:1", "v", "GET"));
      assertEquals(NO_KEY, bob.text("GET", "log:1"));
      assertEquals(NO_KEY, bob.text("RENAME", "app:1", "other"));
      assertEquals(NO_KEY, bob.text("COPY", "log:1", "app:3"));
      assertEquals("1", bob.text("COPY", "app:1", "log:2"));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "KV.GET 0 other, KV.GET 0 app:1",
    "KV.MGET 0 app:1 @x other, KV.MGET 0 app:1 @x app:2",
    "KV.EXISTS 0 other, KV.EXISTS 0 app:1",
    "KV.SET 0 other v, KV.SET 0 app:1 v",
    "KV.DEL 0 other, KV.DEL 0 app:1",
    "KV.EXPIRE 0 other PX 1, KV.EXPIRE 0 app:1 PX 1000",
    "KV.COMMIT IF 0 other 0 SET 0 app:1 v, KV.COMMIT IF 0 app:9 0 SET 0 app:1 v",
    "KV.COMMIT SET 0 app:1 v PX 1000 SET 0 other v, KV.COMMIT SET 0 app:1 v PX 9999 SET 0 app:2 v",
    "KV.COMMIT DURABLE SET 0 app:1 v KEEPTTL DEL 0 other, KV.COMMIT DURABLE DEL 0 app:1",
    "KV.SCAN 0 0 10 ENTRIES, KV.SCAN 0 0 10",
    "KV.SNAPSHOT 0 10 ENTRIES, KV.SNAPSHOT 0 10",
    "KV.NEXT 1 10, KV.END 1"
  })
  void keyPatternsHoldForTheCommandsOfTheJavaClient(String denied, String allowed) {
    try (RespClient bob = user("~app:*", "+@all")) {
      assertEquals(NO_KEY, bob.text(denied.split(" ")));
      String answer = bob.text(allowed.split(" "));
      assertFalse(answer.startsWith("NOPERM") || answer.startsWith("ERR"), answer);
    }
  }

  @Test
  void categoriesCoverTheCommandsOfTheJavaClient() {
    try (RespClient bob = user("~*", "+@read", "-@keyspace")) {
      assertEquals("null", bob.text("KV.GET", "0", "k"));
      assertEquals(noCommand("kv.set"), bob.text("KV.SET", "0", "k", "v"));
      assertEquals(noCommand("kv.scan"), bob.text("KV.SCAN", "0", "0", "10"));
      assertEquals(noCommand("kv.clear"), bob.text("KV.CLEAR", "0"));
    }
  }

  @Test
  void userMayUseOnlyTheChannelsOfItsPatterns() {
    String refusal =
        "NOPERM this user has no permissions to access one of the channels used as arguments";
    try (RespClient bob = user("~*", "&news:*", "+@all")) {
      assertEquals("0", bob.text("PUBLISH", "news:1", "m"));
      assertEquals(refusal, bob.text("PUBLISH", "other", "m"));
      assertEquals(refusal, bob.text("SUBSCRIBE", "news:1", "other"));
      assertEquals(refusal, bob.text("PSUBSCRIBE", "news:1*"));
      assertEquals("[psubscribe, news:*, 1]", bob.text("PSUBSCRIBE", "news:*"));
    }
  }

  @Test
  void anotherSetOfPermissionsWidensTheFirst() {
    try (RespClient bob = user("~a:*", "+@all", "(+get", "%R~b:*)")) {
      assertEquals("OK", bob.text("SET", "a:1", "v"));
      assertEquals("null", bob.text("GET", "b:1"));
      assertEquals(NO_KEY, bob.text("SET", "b:1", "v"));
      assertEquals(NO_KEY, bob.text("MGET", "a:1", "b:1"));
    }
    assertEquals(
        "[user bob on #" + HASH_OF_X + " ~a:* resetchannels +@all (%R~b:* resetchannels -@all +get), "
            + "user default on nopass ~* &* +@all]",
        admin.text("ACL", "LIST"));
  }

  @Test
  void deniedCommandSpoilsTheTransactionAndChangedRulesShowAtExec() {
    try (RespClient bob = user("~*", "+@all", "-flushall")) {
      assertEquals("OK", bob.text("MULTI"));
      assertEquals(noCommand("flushall"), bob.text("FLUSHALL"));
      assertTrue(bob.text("EXEC").startsWith("EXECABORT "));
      assertEquals("OK", bob.text("MULTI"));
      assertEquals("QUEUED", bob.text("SET", "k", "v"));
      assertEquals("QUEUED", bob.text("GET", "k"));
      assertEquals("OK", admin.text("ACL", "SETUSER", "bob", "-set"));
      String answer = bob.text("EXEC");
      assertTrue(answer.startsWith("[NOPERM ACLs rules changed between"), answer);
      assertTrue(answer.endsWith(", null]"), answer);
    }
  }

  @Test
  void rulesTakeEffectOnOpenConnections() {
    try (RespClient bob = user("~*", "+@all")) {
      assertEquals("OK", bob.text("SET", "k", "v"));
      assertEquals("OK", admin.text("ACL", "SETUSER", "bob", "-@write"));
      assertEquals(noCommand("set"), bob.text("SET", "k", "v"));
      assertEquals("1", admin.text("ACL", "DELUSER", "bob", "nobody"));
      assertEquals("", bob.readToEnd());
    }
  }

  @Test
  void disabledAndUnknownUsersAreRefusedAlike() {
    assertEquals("OK", admin.text("ACL", "SETUSER", "off", ">x", "+@all"));
    try (RespClient client = server.connect()) {
      String refusal = "WRONGPASS invalid username-password pair or user is disabled.";
      assertEquals(refusal, client.text("AUTH", "off", "x"));
      assertEquals(refusal, client.text("AUTH", "nobody", "x"));
      assertEquals(refusal, client.text("HELLO", "3", "AUTH", "off", "x"));
    }
  }
}
