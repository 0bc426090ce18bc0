package io.bitkv.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who is told what becomes of keys: clients that keep values of their own, and subscribers. */
@Timeout(60)
class KeyChangesTest {

  private TestServer server;
  private RespClient cache;
  private RespClient writer;

  @BeforeEach
  void start() {
    server = new TestServer();
    cache = server.connect();
    writer = server.connect();
    cache.call("HELLO", "3");
  }

  @AfterEach
  void stop() {
    cache.close();
    writer.close();
    server.close();
  }

  @Test
  void clientIsToldOnceOfAKeyThatItHasRead() {
    cache.text("CLIENT", "TRACKING", "ON");
    writer.text("SET", "k", "1");
    assertEquals("1", cache.text("GET", "k"));
    assertEquals("[1, null]", cache.text("MGET", "k", "other"));
    writer.text("SET", "k", "2");
    assertEquals("push[invalidate, [k]]", cache.readText());
    writer.text("SET", "k", "3");
    writer.text("DEL", "other", "k");
    assertEquals("null", cache.text("GET", "never read before"));
    writer.text("APPEND", "never read before", "x");
    assertEquals("push[invalidate, [never read before]]", cache.readText());
  }

  @Test
  void everyWayToChangeAKeyIsTold() {
    cache.text("CLIENT", "TRACKING", "ON", "BCAST");
    String[][] changes = {
      {"MSET", "k", "1"}, {"INCR", "k"}, {"SETRANGE", "k", "0", "x"}, {"SETBIT", "k", "0", "1"},
      {"EXPIRE", "k", "1000"}, {"PERSIST", "k"}, {"KV.SET", "0", "k", "v"},
      {"KV.COMMIT", "SET", "0", "k", "w"}, {"KV.EXPIRE", "0", "k", "PX", "100000"}, {"UNLINK", "k"}
    };
    for (String[] change : changes) {
      writer.call(change);
      assertEquals("push[invalidate, [k]]", cache.readText(), String.join(" ", change));
    }
    writer.text("MULTI");
    writer.text("SET", "in a transaction", "1");
    writer.text("EXEC");
    assertEquals("push[invalidate, [in a transaction]]", cache.readText());
    writer.text("FLUSHALL");
    assertEquals("push[invalidate, null]", cache.readText());
  }

  @Test
  void changesInNamedKeyspacesAreToldByTheirKeys() {
    writer.text("CONFIG", "SET", "notify-keyspace-events", "KEA");
    cache.text("CLIENT", "TRACKING", "ON");
    writer.call("KV.SET", "@users", "k", "1", "PX", "300");
    cache.call("KV.GET", "@users", "k");
    assertEquals("push[invalidate, [k]]", cache.readText(), "expired");
    assertEquals("[null]", cache.text("KV.MGET", "@users", "k"));
    writer.call("KV.COMMIT", "SET", "@users", "k", "2");
    assertEquals("push[invalidate, [k]]", cache.readText(), "written");
    writer.call("KV.CLEAR", "@users");
    assertEquals("push[invalidate, null]", cache.readText(), "cleared");
  }

  @Test
  void whatIsNotAppliedIsNotTold() {
    cache.text("CLIENT", "TRACKING", "ON", "BCAST");
    writer.text("WATCH", "guard");
    cache.text("SET", "guard", "changed");
    assertEquals("push[invalidate, [guard]]", cache.readText());
    writer.text("MULTI");
    writer.text("SET", "k", "1");
    assertEquals("null", writer.text("EXEC"));
    writer.text("SETNX", "guard", "again");
    writer.text("DEL", "absent");
    writer.text("SETBIT", "guard", "1", "1");
    writer.call("BITFIELD", "guard", "SET", "u8", "0", "99");
    writer.text("SET", "last", "1");
    assertEquals("push[invalidate, [last]]", cache.readText());
  }

  @Test
  void expiredKeyIsTold() {
    writer.text("SET", "before", "1", "PX", "300");
    writer.text("CONFIG", "SET", "notify-keyspace-events", "Ex");
    cache.text("CLIENT", "TRACKING", "ON");
    cache.text("PSUBSCRIBE", "__keyevent@*__:expired");
    assertEquals("push[pmessage, __keyevent@*__:expired, __keyevent@0__:expired, before]", cache.readText());
    writer.text("SET", "k", "1", "PX", "300");
    assertEquals("1", cache.text("GET", "k"));
    assertEquals("push[invalidate, [k]]", cache.readText());
    assertEquals("push[pmessage, __keyevent@*__:expired, __keyevent@0__:expired, k]", cache.readText());
  }

  @Test
  void whatATransactionReadsCounts() {
    cache.text("CLIENT", "TRACKING", "ON");
    writer.text("SET", "k", "1", "EX", "1000");
    cache.text("MULTI");
    cache.text("GET", "k");
    cache.text("GETRANGE", "k", "0", "-1");
    assertEquals("[1, 1]", cache.text("EXEC"));
    writer.text("SET", "k", "2");
    assertEquals("push[invalidate, [k]]", cache.readText());
  }

  @Test
  void clientCanSayWhichReadsCount() {
    cache.text("CLIENT", "TRACKING", "ON", "OPTIN");
    cache.text("GET", "a");
    cache.text("CLIENT", "CACHING", "YES");
    cache.text("GET", "b");
    cache.text("GET", "c");
    writer.text("MSET", "a", "1", "b", "1", "c", "1");
    assertEquals("push[invalidate, [b]]", cache.readText());
    assertEquals("1", cache.text("GET", "a"));
  }

  @Test
  void clientThatWantsItIsNotToldOfItsOwnChanges() {
    cache.text("CLIENT", "TRACKING", "ON", "NOLOOP");
    cache.text("GET", "k");
    assertEquals("OK", cache.text("SET", "k", "own"));
    assertEquals("own", cache.text("GET", "k"));
    writer.text("SET", "k", "other");
    assertEquals("push[invalidate, [k]]", cache.readText());
  }

  @Test
  void anotherClientCanBeToldInItsPlace() {
    try (RespClient listener = server.connect()) {
      String id = listener.text("CLIENT", "ID");
      listener.text("SUBSCRIBE", "__redis__:invalidate");
      assertEquals("OK", writer.text("CLIENT", "TRACKING", "ON", "REDIRECT", id));
      assertEquals(id, writer.text("CLIENT", "GETREDIR"));
      writer.text("GET", "k");
      cache.text("SET", "k", "1");
      assertEquals("[message, __redis__:invalidate, [k]]", listener.readText());
    }
  }

  @Test
  void rememberedKeysAreBounded() {
    writer.text("CONFIG", "SET", "tracking-table-max-keys", "10");
    cache.text("CLIENT", "TRACKING", "ON");
    for (int i = 0; i < 11; i++) {
      cache.text("GET", "key" + i);
    }
    assertTrue(cache.readText().startsWith("push[invalidate, [key"));
  }

  @Test
  void notificationsNameWhatHappenedToWhichKey() {
    writer.text("CONFIG", "SET", "notify-keyspace-events", "KEA");
    cache.text("PSUBSCRIBE", "__key*__:*");
    writer.text("SELECT", "3");
    writer.text("SET", "k", "v", "EX", "1000");
    for (String event : new String[] {"set", "expire"}) {
      assertEquals("push[pmessage, __key*__:*, __keyspace@3__:k, " + event + "]", cache.readText());
      assertEquals("push[pmessage, __key*__:*, __keyevent@3__:" + event + ", k]", cache.readText());
    }
  }
}
