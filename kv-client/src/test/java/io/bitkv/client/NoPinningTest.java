package io.bitkv.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bitkv.api.Expiry;
import io.bitkv.api.KvException;
import io.bitkv.api.Scan;
import io.bitkv.api.WriteBatch;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A virtual thread that waits for the client leaves its carrier to others. */
@Timeout(120)
class NoPinningTest {

  private static final String CALLER = "caller";
  private static final int CALLERS = 40;
  private static final int REQUESTS_A_RESET = 50;
  private static final byte[] KEY = "key".getBytes(UTF_8);
  private static final byte[] VALUE = "value".getBytes(UTF_8);

  /** Answers well, and now and then ends the connection. */
  private static FakeServer.Script resetting(AtomicInteger resets) {
    FakeKv kv = new FakeKv();
    AtomicInteger requests = new AtomicInteger();
    return (request, peer) -> {
      if (requests.incrementAndGet() % REQUESTS_A_RESET == 0) {
        resets.incrementAndGet();
        peer.reset();
      } else {
        kv.answer(request, peer);
      }
    };
  }

  /** Makes a call, which may fail: connections are lost here, and times are short. */
  private static void attempt(Runnable call, AtomicInteger successes) {
    try {
      call.run();
      successes.incrementAndGet();
    } catch (KvException e) {
      // Counted by what is missing from the successes.
      return;
    }
  }

  private static List<Runnable> calls(KvClient client) {
    return List.of(
        () -> client.put(KEY, VALUE),
        () -> client.get(KEY),
        () -> client.getVersioned(KEY),
        () -> client.getAll(List.of(KEY, VALUE)),
        () -> client.expire(KEY, Expiry.after(Duration.ofHours(1))),
        () -> client.delete(KEY),
        () -> client.commit(new WriteBatch().put(KEY, VALUE)),
        () -> {
          try (Stream<byte[]> keys = client.keys(Scan.all())) {
            keys.forEach(key -> assertTrue(key.length > 0));
          }
        },
        () -> {
          try (Pipeline pipeline = client.pipeline()) {
            pipeline.put(KEY, VALUE);
            pipeline.get(KEY);
          }
        },
        () -> client.withDeadline(Duration.ofMillis(1)).put(KEY, VALUE));
  }

  private static void callFromVirtualThreads(KvClient client, AtomicInteger successes) throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < CALLERS; i++) {
      threads.add(Thread.ofVirtual().name(CALLER).start(() -> calls(client).forEach(call -> attempt(call, successes))));
    }
    for (Thread thread : threads) {
      thread.join();
    }
  }

  @Test
  void noCallHoldsTheCarrierOfAVirtualThread(@TempDir Path directory) throws Exception {
    AtomicInteger resets = new AtomicInteger();
    AtomicInteger successes = new AtomicInteger();
    Path file = directory.resolve("pinned.jfr");
    try (FakeServer server = FakeServer.kv(resetting(resets));
        KvClient client = KvClient.builder(server.uri()).backoff(Duration.ofMillis(1), Duration.ofMillis(10)).connect();
        Recording recording = new Recording()) {
      // Classes that are initialized for the first time hold carriers, once.
      callFromVirtualThreads(client, successes);
      recording.enable("jdk.VirtualThreadPinned").withoutThreshold().withStackTrace();
      recording.start();
      callFromVirtualThreads(client, successes);
      recording.stop();
      recording.dump(file);
    }
    assertTrue(resets.get() > 0, "no connection was lost");
    assertTrue(successes.get() > CALLERS, () -> "only " + successes + " calls succeeded");
    List<RecordedEvent> pinned =
        RecordingFile.readAllEvents(file).stream().filter(event -> event.getThread().getJavaName().equals(CALLER)).toList();
    assertEquals(List.of(), pinned);
  }
}
