package io.bitkv.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A service manager that cannot be told of the server. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ServiceManagerTest {

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"/absent/notify", "@abstract", ""})
  void serverStartsThoughItsManagerCannotBeTold(String socket) throws Exception {
    try (ServerProcess server =
        ServerProcess.withVariable("NOTIFY_SOCKET=" + socket, folder.resolve("data"))) {
      server.awaitReady();
      server.terminate();
      assertEquals(0, server.awaitExit());
    }
  }
}
