package io.bitkv.client;

import static io.bitkv.client.Clients.builder;
import static io.bitkv.client.Clients.freePort;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitkv.api.KvException;
import io.bitkv.api.NotSentException;
import io.bitkv.api.OutcomeUnknownException;
import io.bitkv.api.Scan;
import io.bitkv.api.StoreClosedException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ServerSocketFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An interrupt ends a call and nothing else; closing ends the client, after the calls that are under way. */
@Timeout(120)
class EndingTest {

  private static final byte[] KEY = "key".getBytes(UTF_8);
  private static final byte[] VALUE = "value".getBytes(UTF_8);

  @Test
  void anInterruptEndsTheCallAndNotTheConnection() throws Exception {
    for (Thread.Builder threads : List.<Thread.Builder>of(Thread.ofPlatform(), Thread.ofVirtual())) {
      CountDownLatch asked = new CountDownLatch(1);
      CountDownLatch interrupted = new CountDownLatch(1);
      FakeKv kv = new FakeKv();
      FakeServer.Script slow =
          (request, client) -> {
            asked.countDown();
            try {
              interrupted.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
            kv.answer(request, client);
          };
      try (FakeServer server = FakeServer.kv(slow);
          KvClient client = builder(server).connect()) {
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        AtomicReference<Boolean> flag = new AtomicReference<>();
        Thread thread =
            threads.start(
                () -> {
                  try {
                    client.put(KEY, VALUE);
                  } catch (KvException e) {
                    thrown.set(e);
                  }
                  flag.set(Thread.currentThread().isInterrupted());
                });
        asked.await();
        thread.interrupt();
        thread.join();
        assertInstanceOf(OutcomeUnknownException.class, thrown.get());
        assertTrue(flag.get());
        interrupted.countDown();
        assertEquals("value", new String(client.get(KEY).orElseThrow(), UTF_8));
        assertEquals(1, server.connections());
      }
    }
  }

  @Test
  void anInterruptedThreadSendsNothing() throws Exception {
    try (FakeServer server = FakeServer.kv(new FakeKv());
        KvClient client = builder(server).connect()) {
      Thread.currentThread().interrupt();
      assertThrows(NotSentException.class, () -> client.put(KEY, VALUE));
      assertTrue(Thread.interrupted());
      assertEquals(List.of(), server.asked());
    }
    Thread.currentThread().interrupt();
    assertThrows(NotSentException.class, () -> KvClient.connect("kv://127.0.0.1:1"));
    assertTrue(Thread.interrupted());
  }

  @Test
  void anInterruptEndsTheWaitingForAConnection() throws Exception {
    try (KvClient client = KvClient.builder("kv://127.0.0.1:" + freePort()).deadline(Duration.ofSeconds(60)).connectLater()) {
      AtomicReference<Throwable> thrown = new AtomicReference<>();
      Thread thread =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      client.put(KEY, VALUE);
                    } catch (KvException e) {
                      thrown.set(e);
                    }
                  });
      while (thread.getState() != Thread.State.WAITING) {
        Thread.onSpinWait();
      }
      thread.interrupt();
      thread.join();
      assertInstanceOf(NotSentException.class, thrown.get());
    }
  }

  @Test
  void closingLetsCallsUnderWayEnd() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch closing = new CountDownLatch(1);
    FakeServer.Script slow =
        (request, client) -> {
          asked.countDown();
          try {
            closing.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          client.send("$5\r\nvalue\r\n");
        };
    try (FakeServer server = FakeServer.kv(slow)) {
      KvClient client = builder(server).connect();
      CompletableFuture<Optional<byte[]>> call = client.async().get(KEY).toCompletableFuture();
      asked.await();
      Thread closer = Thread.ofVirtual().start(client::close);
      while (closer.getState() != Thread.State.TIMED_WAITING && closer.isAlive()) {
        Thread.onSpinWait();
      }
      assertThrows(StoreClosedException.class, () -> client.get(KEY));
      closing.countDown();
      assertEquals("value", new String(call.join().orElseThrow(), UTF_8));
      closer.join();
    }
  }

  @Test
  void closingDoesNotWaitForEver() {
    try (FakeServer server = FakeServer.kv((request, client) -> {})) {
      KvClient client = builder(server).deadline(Duration.ofMillis(100)).connect();
      AsyncStore patient = client.withDeadline(Duration.ofHours(1)).async();
      CompletableFuture<Long> write = patient.put(KEY, VALUE).toCompletableFuture();
      CompletableFuture<Optional<byte[]>> read = patient.get(KEY).toCompletableFuture();
      client.close();
      assertInstanceOf(OutcomeUnknownException.class, write.handle((version, failure) -> failure).join());
      assertInstanceOf(StoreClosedException.class, read.handle((value, failure) -> failure).join());
    }
  }

  @Test
  void aClosedClientRefusesEveryUse() throws Exception {
    try (FakeServer server = FakeServer.kv(new FakeKv())) {
      KvClient client = builder(server).connect();
      client.close();
      client.close();
      assertThrows(StoreClosedException.class, () -> client.get(KEY));
      assertThrows(StoreClosedException.class, () -> client.put(KEY, VALUE));
      assertThrows(StoreClosedException.class, () -> client.keys(Scan.all()));
      assertInstanceOf(StoreClosedException.class, client.async().get(KEY).handle((value, failure) -> failure).toCompletableFuture().join());
    }
  }

  @Test
  void aClosedClientConnectsNoMoreAndItsThreadsEnd() throws Exception {
    int port = freePort();
    CountDownLatch waitsForAnHour = new CountDownLatch(2);
    ClientListener listener =
        event -> {
          if (event instanceof ClientListener.ConnectFailed) {
            waitsForAnHour.countDown();
          }
        };
    KvClient client =
        KvClient.builder("kv://127.0.0.1:" + port).backoff(Duration.ofHours(1), Duration.ofHours(1)).listener(listener).connectLater();
    assertTrue(waitsForAnHour.await(30, TimeUnit.SECONDS));
    try (FakeServer server = FakeServer.start(ServerSocketFactory.getDefault(), port, FakeServer.KV_HELLO, new FakeKv())) {
      client.close();
      for (Thread thread : Thread.getAllStackTraces().keySet()) {
        if (thread.getName().startsWith("bitkv-client-127.0.0.1:" + port)) {
          assertTrue(thread.join(Duration.ofSeconds(30)), () -> thread.getName() + " outlives its client");
        }
      }
      assertEquals(0, server.connections());
    }
  }

  @Test
  void aConnectionThatIsMadeWhileTheClientClosesIsEndedAtOnce() throws Exception {
    CountDownLatch greeted = new CountDownLatch(1);
    CountDownLatch closed = new CountDownLatch(1);
    FakeServer.Script slowToGreet =
        (request, peer) -> {
          greeted.countDown();
          try {
            closed.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          peer.send(request.name().equals("HELLO") ? FakeServer.KV_HELLO : "+OK\r\n");
        };
    CountDownLatch disconnected = new CountDownLatch(1);
    ClientListener listener =
        event -> {
          if (event instanceof ClientListener.Disconnected) {
            disconnected.countDown();
          }
        };
    try (FakeServer server = FakeServer.raw(slowToGreet)) {
      KvClient client = builder(server).connectTimeout(Duration.ofSeconds(60)).listener(listener).connectLater();
      assertTrue(greeted.await(30, TimeUnit.SECONDS));
      client.close();
      closed.countDown();
      assertTrue(disconnected.await(30, TimeUnit.SECONDS), "the connection outlives its client");
      assertEquals(1, server.connections());
    }
  }
}
