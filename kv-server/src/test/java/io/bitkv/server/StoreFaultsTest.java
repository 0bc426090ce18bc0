package io.bitkv.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitkv.api.EmbeddedStore;
import io.bitkv.api.KeyValueStore;
import io.bitkv.api.StoreOptions;
import io.bitkv.api.SyncPolicy;
import io.bitkv.api.WritesRefusedException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What clients see of a store that takes no writes, or syncs slowly. */
class StoreFaultsTest {

  private static final Set<String> GROWING =
      Set.of("put", "atomically", "commit", "exclusively", "putIfAbsent");

  @TempDir Path folder;

  private final AtomicReference<WritesRefusedException.Reason> refused = new AtomicReference<>();
  private final CompletableFuture<Void> sync = new CompletableFuture<>();
  private EmbeddedStore store;
  private Server server;

  @BeforeEach
  void start() {
    store =
        KeyValueStore.open(
            folder, StoreOptions.defaults().withSyncPolicy(SyncPolicy.never()));
    ServerOptions options = ServerOptions.defaults().with("port", "0").with("threads", "1");
    server = Server.serve(WatchedStore.of(store, this::fail), options, InstantSource.system());
  }

  @AfterEach
  void stop() {
    sync.complete(null);
    server.close();
  }

  private RespClient connect() {
    return new RespClient(server.address().getPort());
  }

  @Test
  @DisplayName("F49 over the wire a full disk is MISCONF, deletes and reads go on, writes resume")
  void fullDiskIsMisconf() {
    try (RespClient client = connect()) {
      client.text("MSET", "a", "1", "b", "2");
      refused.set(WritesRefusedException.Reason.DISK_FULL);
      assertEquals("MISCONF DISK_FULL", client.text("SET", "a", "9"));
      assertEquals("MISCONF DISK_FULL", client.text("MSET", "a", "9", "c", "9"));
      assertEquals("DISKFULL DISK_FULL", client.text("KV.SET", "0", "a", "9"));
      assertEquals("1", client.text("GET", "a"));
      assertEquals("1", client.text("DEL", "b"));
      client.text("MULTI");
      client.text("SET", "a", "9");
      assertTrue(client.text("EXEC").contains("MISCONF DISK_FULL"));
      assertEquals("1", client.text("GET", "a"));
      refused.set(null);
      assertEquals("OK", client.text("SET", "a", "9"));
    }
  }

  @Test
  @DisplayName("F44 over the wire a poisoned writer is MISCONF, and reads go on")
  void poisonedWriterIsMisconf() {
    try (RespClient client = connect()) {
      client.text("SET", "a", "1");
      refused.set(WritesRefusedException.Reason.POISONED);
      assertEquals("MISCONF POISONED", client.text("SET", "a", "9"));
      assertEquals("POISONED POISONED", client.text("KV.SET", "0", "a", "9"));
      assertEquals("1", client.text("GET", "a"));
      assertEquals("PONG", client.text("PING"));
    }
  }

  @Test
  @DisplayName("F51 F66 while the disk is slow a pipeline is held back, and every reply comes")
  void slowDiskHoldsAPipelineBack() throws InterruptedException {
    int count = 400_000;
    try (RespClient client = connect();
        RespClient other = connect()) {
      assertEquals("OK", client.text("CONFIG", "SET", "appendfsync", "always"));
      Thread sender =
          Thread.ofPlatform().start(() -> client.send("SET k v\r\n".repeat(count)));
      // The replies to some 52,000 of them fill the client's share; the rest stays unread.
      long executed = 0;
      for (long before = -1; before != executed || executed == 0; ) {
        before = executed;
        for (int i = 0; i < 500; i++) {
          other.text("PING");
        }
        executed = store.lastSequence();
      }
      assertTrue(executed < count / 2, executed + " were executed");
      sync.complete(null);
      for (int i = 0; i < count; i++) {
        assertEquals("OK", client.readText());
      }
      sender.join();
    }
  }

  /** Refuses growth when told to, and syncs when told to. */
  private Object fail(String method, Callable<Object> call) throws Exception {
    WritesRefusedException.Reason reason = refused.get();
    if (reason != null && GROWING.contains(method)) {
      throw new WritesRefusedException(reason, reason.name(), null);
    }
    if (method.equals("whenDurable")) {
      return sync;
    }
    return method.equals("durableSequence") && !sync.isDone() ? Long.valueOf(0) : call.call();
  }
}
