package io.bitkv.tests.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.bitkv.api.Outcome;
import io.bitkv.api.RejectedException;
import io.bitkv.client.KvClient;
import io.bitkv.server.ServerOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The client as a user of a server that has users, keys and commands of their own. */
class ClientUsersTest {

  private static final Path USERS = usersFile();

  @RegisterExtension
  final Servers servers = new Servers(ServerOptions.defaults().with("aclfile", USERS.toString()));

  private static Path usersFile() {
    try {
      return Files.writeString(
          Files.createTempFile("bitkv-users-", ".acl"),
          """
          user default off
          user app on >s:cr@t ~app:* +@all -@dangerous
          user reader on >r ~* +@read +@connection
          """);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String uri(String credentials) {
    return servers.uri().replace("kv://", "kv://" + credentials + "@");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void userNamedInTheAddressHasItsRights() {
    try (KvClient app = KvClient.connect(uri("app:s%3Acr%40t"))) {
      app.put(bytes("app:1"), bytes("value"));
      assertEquals("value", new String(app.get(bytes("app:1")).orElseThrow(), StandardCharsets.UTF_8));
      RejectedException refusal = assertThrows(RejectedException.class, () -> app.put(bytes("other"), bytes("value")));
      assertEquals("NOPERM", refusal.code());
      assertEquals(Outcome.NOT_APPLIED, refusal.outcome());
      assertThrows(RejectedException.class, app::clear);
      try (KvClient reader = KvClient.connect(uri("reader:r"))) {
        assertEquals("value", new String(reader.get(bytes("app:1")).orElseThrow(), StandardCharsets.UTF_8));
        assertThrows(RejectedException.class, () -> reader.delete(bytes("app:1")));
      }
    }
  }

  @Test
  void wrongPasswordAndNoPasswordAreRefused() {
    assertThrows(RejectedException.class, () -> KvClient.connect(uri("app:wrong")));
    assertThrows(RejectedException.class, () -> KvClient.connect(servers.uri()));
  }
}
