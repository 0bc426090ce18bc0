package io.bitkv.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** How passwords are asked for, compared and kept to themselves. */
class PasswordsTest {

  private static final String WRONG =
      "WRONGPASS invalid username-password pair or user is disabled.";

  @Test
  @DisplayName("F73 answers to wrong passwords are held back, ever longer, and counted")
  void wrongPasswordsAreAnsweredEverMoreSlowly() {
    try (TestServer server = new TestServer("requirepass", "secret");
        RespClient guesser = server.connect();
        RespClient other = server.connect()) {
      long start = System.nanoTime();
      for (int i = 0; i < 4; i++) {
        assertEquals(WRONG, guesser.text("AUTH", "guess" + i));
      }
      // 100, 200, 400 and 800 ms: a server that holds nothing back is done in a few.
      assertTrue(System.nanoTime() - start >= TimeUnit.MILLISECONDS.toNanos(1500));
      assertEquals("OK", other.text("AUTH", "secret"));
      assertTrue(other.text("INFO", "stats").contains("acl_access_denied_auth:4\r\n"));
      assertEquals("OK", guesser.text("AUTH", "secret"));
    }
  }

  @Test
  @DisplayName("F73 while the answer to a wrong password is held back, nothing more is executed")
  void nothingRunsWhileAnAnswerIsHeldBack() {
    try (TestServer server = new TestServer("requirepass", "secret");
        RespClient guesser = server.connect()) {
      guesser.send("AUTH guess\r\nAUTH secret\r\nPING\r\n");
      assertEquals(WRONG, guesser.readText());
      assertEquals("OK", guesser.readText());
      assertEquals("PONG", guesser.readText());
    }
  }

  @Test
  @DisplayName("F73 guessing through many connections at once gains nothing")
  void manyConnectionsGuessNoFaster() {
    AuthThrottle throttle = new AuthThrottle();
    long now = 0;
    List<Long> delays = new ArrayList<>();
    while (!throttle.isBlocked("10.0.0.1", now)) {
      delays.add(throttle.failed("10.0.0.1", now));
    }
    assertEquals(16, delays.size());
    assertEquals(List.of(100L, 200L, 400L, 800L, 1600L, 3200L, 5000L), delays.subList(0, 7));
    assertFalse(throttle.isBlocked("10.0.0.2", now));
    throttle.released("10.0.0.1");
    assertFalse(throttle.isBlocked("10.0.0.1", now));
    for (int i = 0; i < 15; i++) {
      throttle.released("10.0.0.1");
    }
    assertFalse(throttle.isBlocked("10.0.0.1", now + TimeUnit.MINUTES.toNanos(2)));
    assertEquals(100L, throttle.failed("10.0.0.1", now + TimeUnit.MINUTES.toNanos(2)));
    assertEquals(17, throttle.failures());
  }

  @Test
  @DisplayName("F76 passwords are shown nowhere, only their digests")
  void passwordsAreShownNowhere() {
    try (TestServer server = new TestServer("requirepass", "hunter2");
        RespClient client = server.connect()) {
      assertEquals("OK", client.text("AUTH", "hunter2"));
      assertFalse(client.text("CONFIG", "GET", "*").contains("hunter2"));
      assertFalse(client.text("ACL", "LIST").contains("hunter2"));
      assertFalse(client.text("CLIENT", "LIST").contains("hunter2"));
      String refusal = client.text("ACL", "SETUSER", "bob", ">hunter3", "<hunter4");
      assertTrue(refusal.startsWith("ERR ") && !refusal.contains("hunter"), refusal);
    }
  }

  @Test
  void passwordCanBeSetBackAsItIsShown() {
    try (TestServer server = new TestServer("requirepass", "secret");
        RespClient client = server.connect()) {
      assertEquals("OK", client.text("AUTH", "secret"));
      String shown = client.call("CONFIG", "GET", "requirepass").asList().get(1).asString();
      assertEquals("OK", client.text("CONFIG", "SET", "requirepass", "other"));
      assertEquals("OK", client.text("CONFIG", "SET", "requirepass", shown));
      try (RespClient second = server.connect()) {
        assertEquals("OK", second.text("AUTH", "secret"));
      }
      assertEquals("OK", client.text("CONFIG", "SET", "requirepass", ""));
      try (RespClient third = server.connect()) {
        assertEquals("PONG", third.text("PING"));
      }
    }
  }

  @Test
  void protectedModeKeepsOtherMachinesOutUntilThereIsAPassword() throws UnknownHostException {
    InetSocketAddress far =
        new InetSocketAddress(InetAddress.getByName("192.0.2.1"), 40_000);
    InetSocketAddress near = new InetSocketAddress("127.0.0.1", 40_000);
    CommandTable table = CommandFamilies.table();
    ServerOptions open = ServerOptions.defaults();
    ServerOptions guarded = open.with("requirepass", "secret");
    ServerOptions trusting = open.with("protected-mode", "no");
    assertTrue(ProtectedMode.refuses(open, new AclUsers(table, open), far));
    assertFalse(ProtectedMode.refuses(open, new AclUsers(table, open), near));
    assertFalse(ProtectedMode.refuses(guarded, new AclUsers(table, guarded), far));
    assertFalse(ProtectedMode.refuses(trusting, new AclUsers(table, trusting), far));
  }
}
