package io.bitkv.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitkv.api.NotSentException;
import io.bitkv.api.OutcomeUnknownException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Calls of virtual threads and futures, which share one timer, end in their time each. */
@Timeout(120)
class DeadlinesTest {

  private static final byte[] KEY = "key".getBytes(UTF_8);
  private static final byte[] VALUE = "value".getBytes(UTF_8);

  private static FutureTask<Long> put(KvClient client) {
    FutureTask<Long> task = new FutureTask<>(() -> client.put(KEY, VALUE));
    Thread.ofVirtual().start(task);
    return task;
  }

  private static Throwable failure(FutureTask<Long> task) {
    return assertThrows(ExecutionException.class, () -> task.get(60, TimeUnit.SECONDS)).getCause();
  }

  private static void await(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    while (System.nanoTime() - end <= 0) {
      LockSupport.parkNanos(end - System.nanoTime());
    }
  }

  @Test
  void aShortDeadlineIsKeptThoughALongOneWasSetBefore() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    FakeServer server = FakeServer.kv((request, client) -> asked.countDown());
    try (KvClient patient = KvClient.builder(server.uri()).connections(1).deadline(Duration.ofHours(1)).connect()) {
      FutureTask<Long> first = put(patient);
      assertTrue(asked.await(60, TimeUnit.SECONDS));
      Throwable late = failure(put(patient.withDeadline(Duration.ofMillis(50))));
      assertInstanceOf(OutcomeUnknownException.class, late);
      assertTrue(late.getMessage().startsWith("SET: no reply from"), late::getMessage);
      assertFalse(first.isDone(), "the other call has an hour");
      server.close();
      assertInstanceOf(OutcomeUnknownException.class, failure(first));
    }
  }

  @Test
  void everyDeadlineIsKeptWhenOneFollowsTheOther() throws Exception {
    try (FakeServer server = FakeServer.kv((request, client) -> {});
        KvClient client = KvClient.builder(server.uri()).connections(1).connect()) {
      List<FutureTask<Long>> puts = new ArrayList<>();
      for (int millis = 300; millis > 0; millis -= 3) {
        puts.add(put(client.withDeadline(Duration.ofMillis(millis))));
      }
      for (FutureTask<Long> each : puts) {
        String message = failure(each).getMessage();
        assertTrue(message.contains(" within "), message);
      }
    }
  }

  @Test
  void callsThatWaitForAConnectionEndInTime() throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    KvClientBuilder builder = KvClient.builder("kv://127.0.0.1:" + port);
    try (KvClient client = builder.deadline(Duration.ofMillis(100)).connectLater()) {
      List<FutureTask<Long>> puts = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        puts.add(put(client));
      }
      for (FutureTask<Long> each : puts) {
        assertInstanceOf(NotSentException.class, failure(each));
      }
      ExecutionException later =
          assertThrows(ExecutionException.class, () -> client.async().put(KEY, VALUE).toCompletableFuture().get(60, TimeUnit.SECONDS));
      assertInstanceOf(NotSentException.class, later.getCause());
    }
  }

  @Test
  void timeCountsFromTheSendingOfAPipeline() throws Exception {
    Duration deadline = Duration.ofSeconds(2);
    FakeKv kv = new FakeKv();
    FakeServer.Script slow =
        (request, client) -> {
          await(Duration.ofMillis(100));
          kv.answer(request, client);
        };
    try (FakeServer server = FakeServer.kv(slow);
        KvClient client = KvClient.builder(server.uri()).deadline(deadline).connect();
        Pipeline pipeline = client.pipeline()) {
      CompletionStage<Long> held = pipeline.put(KEY, VALUE);
      await(deadline);
      pipeline.flush();
      assertEquals(1, held.toCompletableFuture().get(60, TimeUnit.SECONDS));
    }
  }
}
