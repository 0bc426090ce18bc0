package io.bitkv.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitkv.api.InvalidOptionException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file that keeps users from one start of the server to the next. */
class AclFileTest {

  @TempDir Path folder;

  @Test
  void usersAreSavedToTheirFileAndReadFromItAgain() throws IOException {
    Path file = Files.writeString(folder.resolve("users.acl"), "# nobody yet\n\n");
    try (TestServer guarded = new TestServer("aclfile", file.toString());
        RespClient client = guarded.connect()) {
      assertEquals("OK", client.text("ACL", "SETUSER", "bob", "on", ">x", "~*", "+@all", "(+get ~a)"));
      assertEquals("OK", client.text("ACL", "SAVE"));
      assertEquals("OK", client.text("ACL", "SETUSER", "eve", "on", "nopass", "+@all"));
      try (RespClient eve = guarded.connect()) {
        assertEquals("OK", eve.text("AUTH", "eve", "anything"));
        assertEquals("OK", client.text("ACL", "LOAD"));
        assertEquals("", eve.readToEnd());
      }
      assertEquals("[bob, default]", client.text("ACL", "USERS"));
    }
    assertEquals(
        "user bob on #"
            + AclTest.HASH_OF_X
            + " ~* resetchannels +@all (~a resetchannels -@all +get)\n"
            + "user default on nopass ~* &* +@all\n",
        Files.readString(file));
    try (TestServer again = new TestServer("aclfile", file.toString());
        RespClient client = again.connect()) {
      assertEquals("OK", client.text("AUTH", "bob", "x"));
    }
  }

  @Test
  void passwordOfTheDefaultUserHoldsWhereTheFileDoesNotNameIt() throws IOException {
    Path file = Files.writeString(folder.resolve("users.acl"), "user bob on >x ~* +@all\n");
    try (TestServer guarded = new TestServer("aclfile", file.toString(), "requirepass", "s");
        RespClient client = guarded.connect()) {
      assertEquals("NOAUTH Authentication required.", client.text("PING"));
      assertEquals("OK", client.text("AUTH", "s"));
      assertEquals("OK", client.text("ACL", "LOAD"));
      try (RespClient other = guarded.connect()) {
        assertEquals("NOAUTH Authentication required.", other.text("PING"));
      }
    }
  }

  @Test
  void badFileOfUsersStopsTheStartAndNamesTheLine() throws IOException {
    Path file = Files.writeString(folder.resolve("users.acl"), "user a on\nuser b +nocmd\n");
    InvalidOptionException refusal =
        assertThrows(
            InvalidOptionException.class, () -> new TestServer("aclfile", file.toString()));
    assertEquals(
        file + ":2: +nocmd: Unknown command or category name in ACL", refusal.getMessage());
    assertThrows(
        InvalidOptionException.class,
        () -> new TestServer("aclfile", folder.resolve("absent").toString()));
  }

  @Test
  void saveTellsThatThereIsNoFile() {
    try (TestServer server = new TestServer();
        RespClient client = server.connect()) {
      assertTrue(client.text("ACL", "SAVE").startsWith("ERR This server has no file of users"));
    }
  }
}
