package io.bitkv.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitkv.codec.resp.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Settings that change while the server runs, and how they are kept. */
class ConfigRewriteTest {

  @TempDir Path folder;

  @Test
  void everySettingCanBeSetBackToWhatItIs() {
    try (TestServer server = new TestServer("requirepass", "secret");
        RespClient client = server.connect()) {
      assertEquals("OK", client.text("AUTH", "secret"));
      List<Reply> all = client.call("CONFIG", "GET", "*").asList();
      assertTrue(all.size() > 50, all.size() + " names and values");
      for (int i = 0; i < all.size(); i += 2) {
        String name = all.get(i).asString();
        assertEquals("OK", client.text("CONFIG", "SET", name, all.get(i + 1).asString()), name);
      }
    }
  }

  @Test
  void rewriteKeepsCommentsAndReplacesWhatHasChanged() throws IOException {
    Path file = folder.resolve("bitkv.conf");
    Files.writeString(
        file,
        "# my server\n\nport 0\ntimeout   60\n# big\nmaxclients 100\nmaxclients 200\nthreads 2\n");
    Map<String, String> flags = Map.of("dir", folder.resolve("data").toString());
    ServerOptions options = OptionSources.read(flags, Optional.of(file), Map.of());
    try (Server server = Server.open(options);
        RespClient client = new RespClient(server.address().getPort())) {
      assertEquals(
          "OK",
          client.text("CONFIG", "SET", "timeout", "90", "requirepass", "s", "appendfsync", "always"));
      assertEquals("OK", client.text("CONFIG", "REWRITE"));
    }
    String rewritten = Files.readString(file);
    assertEquals(
        "# my server\n\nport 0\ntimeout 90\n# big\nmaxclients 200\nthreads 2\ndir "
            + folder.resolve("data")
            + "\nsync always\nrequirepass #"
            + PasswordHash.of("s").hex()
            + "\n",
        rewritten);
    ServerOptions again = OptionSources.read(Map.of(), Optional.of(file), Map.of());
    assertEquals(Optional.of(PasswordHash.of("s")), again.get(SecuritySettings.REQUIREPASS));
    assertEquals(90, again.get(Settings.TIMEOUT));
  }

  @Test
  void rewriteWithoutAFileSaysSo() {
    try (TestServer server = new TestServer();
        RespClient client = server.connect()) {
      assertEquals(
          "ERR The server is running without a config file", client.text("CONFIG", "REWRITE"));
    }
  }

  @Test
  void syncPolicyChangesUnderRedissNameAsWell() {
    try (TestServer server = new TestServer();
        RespClient client = server.connect()) {
      for (String policy : List.of("always", "everysec", "no")) {
        assertEquals("OK", client.text("CONFIG", "SET", "appendfsync", policy));
        assertEquals("[appendfsync, " + policy + "]", client.text("CONFIG", "GET", "appendfsync"));
      }
      assertEquals("[sync, never]", client.text("CONFIG", "GET", "sync"));
    }
  }
}
