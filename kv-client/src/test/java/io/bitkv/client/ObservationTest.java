package io.bitkv.client;

import static io.bitkv.client.Clients.builder;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitkv.api.OutcomeUnknownException;
import io.bitkv.api.RejectedException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What happens to connections and calls is told to the listener, and recorded for Java Flight Recorder. */
@Timeout(120)
class ObservationTest {

  private static final byte[] KEY = "key".getBytes(UTF_8);

  /** Resets the connection at the first read, refuses deletions, and answers the rest well. */
  private static FakeServer.Script resettingOnce() {
    FakeKv kv = new FakeKv();
    AtomicInteger reads = new AtomicInteger();
    return (request, peer) -> {
      if (request.name().equals("GET") && reads.incrementAndGet() == 1) {
        peer.reset();
      } else if (request.name().equals("KV.DEL")) {
        peer.send("-ERR no deletions today\r\n");
      } else {
        kv.answer(request, peer);
      }
    };
  }

  private static <E extends ClientListener.Event> E next(Class<E> type, BlockingQueue<ClientListener.Event> told) throws InterruptedException {
    ClientListener.Event event;
    do {
      event = told.poll(30, TimeUnit.SECONDS);
    } while (event != null && !type.isInstance(event));
    return assertInstanceOf(type, event);
  }

  @Test
  void theListenerIsToldOfCallsAndConnections() throws Exception {
    BlockingQueue<ClientListener.Event> told = new LinkedBlockingQueue<>();
    String address;
    try (FakeServer server = FakeServer.kv(resettingOnce());
        KvClient client = builder(server.uri()).listener(told::add).connect()) {
      address = "127.0.0.1:" + server.port();
      ClientListener.Connected connected = next(ClientListener.Connected.class, told);
      assertEquals(address, connected.address());
      assertTrue(connected.server().hasKvCommands());
      assertTrue(connected.nanos() > 0);

      client.put(KEY, KEY);
      ClientListener.CallEnded put = next(ClientListener.CallEnded.class, told);
      assertEquals("SET", put.command());
      assertNull(put.failure());
      assertTrue(put.nanos() > 0);

      RejectedException refused = assertThrows(RejectedException.class, () -> client.delete(KEY));
      ClientListener.CallEnded delete = next(ClientListener.CallEnded.class, told);
      assertEquals("DEL", delete.command());
      assertEquals(refused, delete.failure());

      client.get(KEY);
      assertEquals(new ClientListener.Repeated("GET", 1), next(ClientListener.Repeated.class, told));
      client.async().size().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }
    assertTrue(told.stream().anyMatch(event -> event instanceof ClientListener.CallEnded call && call.command().equals("DBSIZE")));
    assertTrue(told.stream().anyMatch(event -> event instanceof ClientListener.Disconnected lost && lost.address().equals(address)));
  }

  @Test
  void theListenerIsToldOfAttemptsToConnectThatFail() throws Exception {
    BlockingQueue<ClientListener.Event> told = new LinkedBlockingQueue<>();
    FakeServer server = FakeServer.kv(new FakeKv());
    server.close();
    KvClient client = builder(server.uri()).listener(told::add).connectLater();
    for (int i = 0; i < 3; i++) {
      ClientListener.ConnectFailed failed = next(ClientListener.ConnectFailed.class, told);
      assertEquals("127.0.0.1:" + server.port(), failed.address());
      assertInstanceOf(IOException.class, failed.cause());
      assertTrue(failed.retryAfter().compareTo(Duration.ofMillis(10)) <= 0, () -> "waits " + failed.retryAfter());
    }
    client.close();
  }

  @Test
  void aListenerThatThrowsDoesNoHarm() throws Exception {
    ClientListener broken =
        event -> {
          throw new IllegalStateException("broken");
        };
    try (FakeServer server = FakeServer.kv(resettingOnce());
        KvClient client = builder(server.uri()).listener(broken).connect()) {
      client.put(KEY, KEY);
      assertEquals("key", new String(client.get(KEY).orElseThrow(), UTF_8));
      assertEquals(1, client.async().size().toCompletableFuture().get(30, TimeUnit.SECONDS));
    }
  }

  @Test
  void flightRecorderShowsCallsAndConnections(@TempDir Path directory) throws Exception {
    String address;
    try (Recording recording = new Recording()) {
      recording.enable("io.bitkv.client.Call").withoutThreshold();
      recording.enable("io.bitkv.client.Connect").withoutThreshold();
      recording.enable("io.bitkv.client.Disconnect");
      recording.start();
      try (FakeServer server = FakeServer.kv(resettingOnce());
          KvClient client = builder(server.uri()).connect()) {
        address = "127.0.0.1:" + server.port();
        client.put(KEY, KEY);
        client.get(KEY);
        assertThrows(RejectedException.class, () -> client.delete(KEY));
        client.async().size().toCompletableFuture().get(30, TimeUnit.SECONDS);
      }
      FakeServer gone = FakeServer.kv(new FakeKv());
      gone.close();
      assertThrows(io.bitkv.api.NotSentException.class, () -> builder(gone.uri()).connect());
      recording.stop();
      recording.dump(directory.resolve("client.jfr"));
    }
    List<RecordedEvent> events = RecordingFile.readAllEvents(directory.resolve("client.jfr"));
    RecordedEvent put = call("SET", events);
    assertEquals(1, put.getInt("attempts"));
    assertNull(put.getString("failure"));
    assertTrue(put.getDuration().toNanos() > 0);
    assertEquals(2, call("GET", events).getInt("attempts"));
    assertTrue(call("DEL", events).getString("failure").contains("no deletions today"));
    assertEquals(1, call("DBSIZE", events).getInt("attempts"));
    assertTrue(of("Connect", events).stream().anyMatch(event -> address.equals(event.getString("address")) && "bitkv 0.1.0".equals(event.getString("server"))));
    assertTrue(of("Connect", events).stream().anyMatch(event -> event.getString("failure") != null && event.getString("failure").contains("refused")));
    assertTrue(of("Disconnect", events).stream().anyMatch(event -> address.equals(event.getString("address")) && event.getString("cause") != null));
  }

  private static List<RecordedEvent> of(String name, List<RecordedEvent> events) {
    return events.stream().filter(event -> event.getEventType().getName().equals("io.bitkv.client." + name)).toList();
  }

  private static RecordedEvent call(String command, List<RecordedEvent> events) {
    List<RecordedEvent> found = of("Call", events).stream().filter(event -> command.equals(event.getString("command"))).toList();
    assertEquals(1, found.size(), () -> command + " was recorded " + found.size() + " times");
    return found.getFirst();
  }

  @Test
  void eachCallOfAPipelineIsRecordedWithItsOwnTime(@TempDir Path directory) throws Exception {
    FakeServer.Script answersTheSecondLater =
        (request, peer) -> {
          if (request.text(2).equals("second")) {
            peer.reset();
          } else {
            peer.send(":1\r\n");
          }
        };
    try (Recording recording = new Recording()) {
      recording.enable("io.bitkv.client.Call").withoutThreshold();
      recording.start();
      try (FakeServer server = FakeServer.kv(answersTheSecondLater);
          KvClient client = builder(server.uri()).connect();
          Pipeline pipeline = client.pipeline()) {
        var first = pipeline.put("first".getBytes(UTF_8), KEY);
        var second = pipeline.delete("second".getBytes(UTF_8));
        pipeline.flush();
        assertEquals(1, first.toCompletableFuture().get(30, TimeUnit.SECONDS));
        assertInstanceOf(OutcomeUnknownException.class, second.handle((version, failure) -> failure).toCompletableFuture().get(30, TimeUnit.SECONDS));
      }
      recording.stop();
      recording.dump(directory.resolve("pipeline.jfr"));
    }
    List<RecordedEvent> events = RecordingFile.readAllEvents(directory.resolve("pipeline.jfr"));
    assertNull(call("SET", events).getString("failure"));
    assertTrue(call("DEL", events).getString("failure").contains("was lost"));
    assertTrue(call("DEL", events).getEndTime().isAfter(call("SET", events).getEndTime()), "the second call was recorded with the first one's end");
  }
}
