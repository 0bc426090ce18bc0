package io.bitkv.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.bitkv.api.InvalidOptionException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ServerOptionsTest {

  @Test
  void changeLeavesTheOriginalAsItWas() {
    ServerOptions changed = ServerOptions.defaults().with("dir", "elsewhere");
    assertEquals(Path.of("elsewhere"), changed.directory());
    assertEquals(Path.of("data"), ServerOptions.defaults().directory());
  }

  @Test
  void everySettingCanBeSetToItsOwnText() {
    for (Setting<?> setting : Settings.ALL) {
      ServerOptions options = ServerOptions.defaults().with(setting.name(), setting.defaultText());
      assertEquals(setting.defaultText(), options.text(setting), setting.name());
    }
  }

  @Test
  void outputLimitNamesWhatIsWrong() {
    assertEquals(
        "client-output-buffer-limit: \"a b\" is no output limit; write: normal HARD SOFT SECONDS, or pubsub, or both",
        assertThrows(
                InvalidOptionException.class,
                () -> ServerOptions.defaults().with("client-output-buffer-limit", "a b"))
            .getMessage());
    assertThrows(
        InvalidOptionException.class,
        () -> ServerOptions.defaults().with("client-output-buffer-limit", "normal 1 2 3"));
  }

  @Test
  void transportIsNamedInLowerCase() {
    assertEquals(
        "transport: \"kqueue\" is none of auto, io_uring, epoll, nio",
        assertThrows(
                InvalidOptionException.class,
                () -> ServerOptions.defaults().with("transport", "kqueue"))
            .getMessage());
  }
}
