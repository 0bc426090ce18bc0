package io.bitkv.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a server ends, and what is there after it. */
class ShutdownTest {

  @TempDir Path folder;

  @Test
  @DisplayName("F78 SIGTERM amid writes: what was acknowledged is there, exit status 0")
  void terminationAmidWritesLosesNothing() throws InterruptedException {
    AtomicInteger acknowledged = new AtomicInteger();
    try (ServerProcess process = new ServerProcess(folder.resolve("data"))) {
      int port = process.awaitReady();
      Thread writer =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try (RespClient client = new RespClient(port)) {
                      while (client.text("SET", "key:" + acknowledged.get(), "v").equals("OK")) {
                        acknowledged.incrementAndGet();
                      }
                    } catch (UncheckedIOException e) {
                      // The server has ended, as it was told to.
                    }
                  });
      while (acknowledged.get() < 1000) {
        Thread.onSpinWait();
      }
      process.terminate();
      assertEquals(0, process.awaitExit());
      assertNull(process.nextLine());
      writer.join();
    }
    assertHolds(acknowledged.get());
  }

  @Test
  @DisplayName("F79 SIGKILL: what was acknowledged is there")
  void killLosesNothing() throws InterruptedException {
    try (ServerProcess process = new ServerProcess(folder.resolve("data"))) {
      try (RespClient client = new RespClient(process.awaitReady())) {
        for (int i = 0; i < 1000; i++) {
          assertEquals("OK", client.text("SET", "key:" + i, "v"));
        }
        assertEquals(
            "1",
            client.text("SET", "deleted", "v").equals("OK") ? client.text("DEL", "deleted") : "");
      }
      process.kill();
      process.awaitExit();
    }
    assertHolds(1000);
  }

  @Test
  void shutdownCommandEndsTheServer() throws InterruptedException {
    try (ServerProcess process = new ServerProcess(folder.resolve("data"))) {
      try (RespClient client = new RespClient(process.awaitReady())) {
        assertEquals("OK", client.text("SET", "key:0", "v"));
        assertEquals("ERR syntax error", client.text("SHUTDOWN", "LATER"));
        client.send("SHUTDOWN NOSAVE\r\n");
        assertEquals("", client.readToEnd());
      }
      assertEquals(0, process.awaitExit());
    }
    assertHolds(1);
  }

  private void assertHolds(int count) {
    try (ServerProcess process = new ServerProcess(folder.resolve("data"));
        RespClient client = new RespClient(process.awaitReady())) {
      for (int i = 0; i < count; i++) {
        assertEquals("v", client.text("GET", "key:" + i), "key:" + i);
      }
      assertEquals("null", client.text("GET", "deleted"));
    }
  }
}
