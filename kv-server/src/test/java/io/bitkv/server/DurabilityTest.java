package io.bitkv.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitkv.api.EmbeddedStore;
import io.bitkv.api.KeyValueStore;
import io.bitkv.api.StoreOptions;
import io.bitkv.api.SyncFailedException;
import io.bitkv.api.SyncPolicy;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Under {@code --sync always} a reply leaves only after what it tells of is on stable storage. */
class DurabilityTest {

  @TempDir Path folder;

  private EmbeddedStore store;
  private HeldSyncs syncs;
  private Server server;

  @BeforeEach
  void start() {
    store =
        KeyValueStore.open(
            folder,
            StoreOptions.defaults().withSegmentBytes(1 << 20).withSyncPolicy(SyncPolicy.never()));
    ServerOptions options =
        ServerOptions.defaults().with("port", "0").with("sync", "always").with("threads", "1");
    syncs = new HeldSyncs(store);
    server = Server.serve(syncs.store(), options, InstantSource.system());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void replyToAWriteWaitsForTheSync() throws Exception {
    try (RespClient client = connect()) {
      client.send("SET k v\r\nGET k\r\n");
      CompletableFuture<Void> wait = syncs.next();
      assertTrue(client.isSilent());
      wait.complete(null);
      assertEquals("OK", client.readText());
      assertEquals("v", client.readText());
    }
  }

  @Test
  void replyThatTellsOfAnotherClientsUnsyncedWriteWaitsAsWell() throws Exception {
    try (RespClient writer = connect();
        RespClient reader = connect();
        RespClient bystander = connect()) {
      writer.send("SET k v\r\n");
      CompletableFuture<Void> wait = syncs.next();
      reader.send("GET k\r\n");
      assertEquals("PONG", bystander.text("PING"));
      assertTrue(reader.isSilent());
      wait.complete(null);
      assertEquals("OK", writer.readText());
      assertEquals("v", reader.readText());
    }
  }

  @Test
  void whoComesDuringASyncIsAnsweredByTheNextOne() throws Exception {
    try (RespClient first = connect();
        RespClient second = connect();
        RespClient bystander = connect()) {
      first.send("SET a v\r\n");
      CompletableFuture<Void> running = syncs.next();
      second.send("SET b v\r\n");
      CompletableFuture<Void> next = syncs.next();
      running.complete(null);
      assertEquals("OK", first.readText());
      assertEquals("PONG", bystander.text("PING"));
      assertTrue(second.isSilent());
      next.complete(null);
      assertEquals("OK", second.readText());
      assertTrue(syncs.isEmpty());
    }
  }

  @Test
  void ownLaterWriteIsAnsweredByTheNextSyncAsWell() throws Exception {
    try (RespClient client = connect();
        RespClient bystander = connect()) {
      client.send("SET k 1\r\n");
      CompletableFuture<Void> running = syncs.next();
      client.send("SET k 2\r\n");
      CompletableFuture<Void> next = syncs.next();
      running.complete(null);
      assertEquals("OK", client.readText());
      assertEquals("PONG", bystander.text("PING"));
      assertTrue(client.isSilent());
      next.complete(null);
      assertEquals("OK", client.readText());
      assertTrue(syncs.isEmpty());
    }
  }

  @Test
  void syncAnswersAllThatItCoversAndNothingElse() throws Exception {
    try (RespClient first = connect();
        RespClient second = connect();
        RespClient third = connect();
        RespClient fourth = connect();
        RespClient bystander = connect()) {
      first.send("SET a v\r\n");
      CompletableFuture<Void> running = syncs.next();
      second.send("SET b v\r\n");
      CompletableFuture<Void> next = syncs.next();
      third.send("SET c v\r\n");
      awaitWrites(3);
      long covered = store.lastSequence();
      fourth.send("SET d v\r\n");
      awaitWrites(4);
      running.complete(null);
      assertEquals("OK", first.readText());
      CompletableFuture<Void> last = syncs.next();
      syncs.durable(covered);
      next.complete(null);
      assertEquals("OK", second.readText());
      assertEquals("OK", third.readText());
      assertEquals("PONG", bystander.text("PING"));
      assertTrue(fourth.isSilent());
      last.complete(null);
      assertEquals("OK", fourth.readText());
    }
  }

  @Test
  void syncIsAskedForAnewAfterOneThatFailed() throws Exception {
    try (RespClient writer = connect();
        RespClient reader = connect()) {
      writer.send("SET k v\r\n");
      syncs.next().completeExceptionally(new SyncFailedException("the disk said no", null));
      assertTrue(writer.readToEnd().startsWith("-MISCONF "));
      reader.send("GET k\r\n");
      syncs.next().completeExceptionally(new SyncFailedException("the disk said no", null));
      assertTrue(reader.readToEnd().startsWith("-MISCONF "));
    }
  }

  @Test
  void repliesStayInOrderWhileSomeWait() throws Exception {
    try (RespClient client = connect()) {
      client.send("SET k 1\r\n");
      CompletableFuture<Void> wait = syncs.next();
      client.send("PING\r\n");
      assertTrue(client.isSilent());
      wait.complete(null);
      assertEquals("OK", client.readText());
      assertEquals("PONG", client.readText());
    }
  }

  @Test
  void failedSyncIsNeverAnsweredWithSuccess() throws Exception {
    try (RespClient client = connect()) {
      client.send("SET k 1\r\n");
      syncs.next().completeExceptionally(new SyncFailedException("the disk said no", null));
      assertEquals(
          "-MISCONF writes could not be synced to disk: the disk said no\r\n", client.readToEnd());
    }
  }

  @Test
  void replyLeavesAtOnceUnderAnotherPolicy() throws Exception {
    try (RespClient client = connect()) {
      client.send("CONFIG SET appendfsync no\r\n");
      assertEquals("OK", client.readText());
      assertEquals("OK", client.text("SET", "k", "v"));
      assertTrue(syncs.isEmpty());
    }
  }

  @Test
  void waitaofWaitsForTheSyncUnderEveryPolicy() throws Exception {
    try (RespClient client = connect()) {
      client.send("CONFIG SET appendfsync no\r\n");
      assertEquals("OK", client.readText());
      assertEquals("OK", client.text("SET", "k", "v"));
      assertEquals("[0, 0]", client.text("WAITAOF", "0", "0", "0"));
      client.send("WAITAOF 1 0 0\r\n");
      CompletableFuture<Void> wait = syncs.next();
      assertTrue(client.isSilent());
      wait.complete(null);
      assertEquals("[1, 0]", client.readText());
      assertEquals("OK", client.text("SET", "k", "w"));
      client.send("WAITAOF 1 0 0\r\n");
      syncs.next().completeExceptionally(new SyncFailedException("the disk said no", null));
      assertTrue(client.readText().startsWith("MISCONF "));
    }
  }

  @Test
  void waitaofRefusesWhatMakesNoSense() {
    try (RespClient client = connect()) {
      assertEquals(
          "ERR value is out of range, must be between 0 and 1",
          client.text("WAITAOF", "2", "0", "0"));
      assertEquals("ERR timeout is negative", client.text("WAITAOF", "0", "0", "-1"));
    }
  }

  /** Returns once the store holds as many keys, which tells that their writes were answered or wait. */
  private void awaitWrites(int keys) {
    try (RespClient observer = connect()) {
      long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
      while (store.size() < keys) {
        assertTrue(System.nanoTime() < deadline, "the server does not write");
        assertEquals("PONG", observer.text("PING"));
      }
    }
  }

  private RespClient connect() {
    return new RespClient(server.address().getPort());
  }
}
