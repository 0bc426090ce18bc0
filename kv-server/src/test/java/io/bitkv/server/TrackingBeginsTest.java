package io.bitkv.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitkv.api.EmbeddedStore;
import io.bitkv.api.KeyValueStore;
import io.bitkv.api.StoreOptions;
import io.bitkv.api.SyncPolicy;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the first client that keeps values is told of a write that was under way when it began to. */
@Timeout(60)
class TrackingBeginsTest {

  private static final Set<String> WRITES = Set.of("put", "delete", "clear", "commit", "atomically", "exclusively");

  @TempDir Path folder;

  private final CountDownLatch writing = new CountDownLatch(1);
  private final CountDownLatch resume = new CountDownLatch(1);
  private volatile boolean isHeld;
  private Server server;

  @BeforeEach
  void start() {
    EmbeddedStore store = KeyValueStore.open(folder, StoreOptions.defaults().withSyncPolicy(SyncPolicy.never()));
    ServerOptions options = ServerOptions.defaults().with("port", "0").with("threads", "2");
    server = Server.serve(WatchedStore.of(store, this::hold), options, InstantSource.system());
  }

  @AfterEach
  void stop() {
    resume.countDown();
    server.close();
  }

  private RespClient connect() {
    return new RespClient(server.address().getPort());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SET k new", "KV.SET 0 k new", "MSET k new", "APPEND k new", "DEL k", "FLUSHDB", "KV.COMMIT SET 0 k new",
        "MULTI;SET k new;GET k;EXEC"
      })
  void clientThatBeginsAmidAWriteIsToldOfIt(String write) throws InterruptedException {
    try (RespClient writer = connect();
        RespClient cache = connect()) {
      cache.call("HELLO", "3");
      writer.text("SET", "k", "old");
      String[] requests = write.split(";");
      for (int i = 0; i < requests.length - 1; i++) {
        writer.text(requests[i].split(" "));
      }
      isHeld = true;
      writer.send(requests[requests.length - 1] + "\r\n");
      assertTrue(writing.await(30, TimeUnit.SECONDS), "the write has not begun");
      assertEquals("OK", cache.text("CLIENT", "TRACKING", "ON"));
      assertEquals("old", cache.text("GET", "k"));
      resume.countDown();
      writer.readText();
      String told = cache.readText();
      assertTrue(Set.of("push[invalidate, null]", "push[invalidate, [k]]").contains(told), told);
    }
  }

  /** Lets a write wait before it begins. */
  private Object hold(String method, Callable<Object> call) throws Exception {
    if (isHeld && WRITES.contains(method)) {
      writing.countDown();
      assertTrue(resume.await(30, TimeUnit.SECONDS), "the write was not resumed");
    }
    return call.call();
  }
}
