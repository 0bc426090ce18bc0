package io.bitkv.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The commands that show users, check their rules, and make up passwords. */
class AclCommandsTest {

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

  private void setUser(String... rules) {
    Stream<String> name = Stream.of("ACL", "SETUSER", "bob", "on", ">x");
    assertEquals("OK", admin.text(Stream.concat(name, Stream.of(rules)).toArray(String[]::new)));
  }

  @Test
  void getUserShowsTheRulesOneByOne() {
    setUser("%R~k:*", "&ch:*", "+get", "+@fast");
    assertEquals(
        "[flags, [on], passwords, ["
            + AclTest.HASH_OF_X
            + "], commands, -@all +get +@fast, keys, %R~k:*, channels, &ch:*, selectors, []]",
        admin.text("ACL", "GETUSER", "bob"));
    assertEquals("null", admin.text("ACL", "GETUSER", "nobody"));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "nonsense, 'nonsense': Syntax error",
        "+nocmd, '+nocmd': Unknown command or category name in ACL",
        "+@nope, '+@nope': Unknown command or category name in ACL",
        "+config|nope, '+config|nope': Unknown command or category name in ACL",
        "%X~a, '%X~a': Syntax error",
        "<absent, '<(redacted)': The password you are trying to remove from the user does not exist",
        "(+get, Unmatched parenthesis in acl selector starting at '(+get'."
      })
  void wrongRuleIsRefusedByNameAndChangesNothing(String rule, String message) {
    String answer = admin.text("ACL", "SETUSER", "bob", "on", ">x", rule);
    assertTrue(answer.startsWith("ERR ") && answer.endsWith(message), answer);
    assertEquals("[default]", admin.text("ACL", "USERS"));
  }

  @Test
  void defaultUserStays() {
    assertEquals(
        "ERR The 'default' user cannot be removed", admin.text("ACL", "DELUSER", "default"));
  }

  @Test
  void dryRunTellsWithoutRunning() {
    setUser("~app:*", "+get");
    assertEquals("OK", admin.text("ACL", "DRYRUN", "bob", "GET", "app:1"));
    assertEquals(
        "This user has no permissions to run the 'set' command",
        admin.text("ACL", "DRYRUN", "bob", "SET", "app:1", "v"));
    assertEquals(
        "This user has no permissions to access the 'k' key",
        admin.text("ACL", "DRYRUN", "bob", "GET", "k"));
  }

  @Test
  void genPassMakesUpAsManyBitsAsAskedFor() {
    assertEquals(64, admin.text("ACL", "GENPASS").length());
    assertEquals(2, admin.text("ACL", "GENPASS", "5").length());
    assertTrue(admin.text("ACL", "GENPASS", "0").startsWith("ERR ACL GENPASS argument must be"));
  }

  @Test
  void catNamesCategoriesAndTheirCommands() {
    assertTrue(admin.text("ACL", "CAT").startsWith("[keyspace, read, write, string, "));
    assertTrue(admin.text("ACL", "CAT", "string").contains("kv.get"));
    assertEquals("ERR Unknown category 'nope'", admin.text("ACL", "CAT", "nope"));
  }
}
