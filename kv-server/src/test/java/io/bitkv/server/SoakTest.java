package io.bitkv.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A server under a light mixed load, with merges and expiry all the time: what it answers stays
 * right, and nothing that it holds grows. The samples are written to {@code target/soak.tsv}.
 *
 * <p>It takes an hour, or as many minutes as the property {@code test.soak.minutes} says. The load
 * is a fixed number of requests a second, some tenth of a processor.
 */
@Tag("long")
class SoakTest {

  private static final int USERS = 4;
  private static final int SAMPLES = 60;

  /** So many samples in the beginning, while code is compiled and buffers grow, do not count. */
  private static final int WARM_UP_SAMPLES = 8;

  private static final Path TABLE = Path.of("target", "soak.tsv");

  /**
   * A small heap, all of it resident from the start: what the process takes beyond that shows in
   * its memory.
   */
  private static final List<String> HEAP = List.of("-Xms64m", "-Xmx64m", "-XX:+AlwaysPreTouch");

  @TempDir Path folder;

  private final List<SoakSample> samples = new ArrayList<>();
  private final List<SoakClient> users = new ArrayList<>();

  @Test
  void anHourOfLoadLeavesNothingBehind() throws Exception {
    Path data = folder.resolve("data");
    try (ServerProcess server = start(data)) {
      work(server, data);
      server.terminate();
      assertEquals(0, server.awaitExit());
    }
    try (ServerProcess server = start(data)) {
      int port = server.awaitReady();
      users.forEach(user -> user.verify(port));
    }
    SoakSample last = samples.getLast();
    assertTrue(last.merges() > samples.size(), () -> last.merges() + " merges are too few");
    long expiries = users.stream().mapToLong(SoakClient::expiries).sum();
    assertTrue(expiries > samples.size(), () -> expiries + " expired keys are too few");
    SoakSample.assertNothingGrew(samples.subList(WARM_UP_SAMPLES, samples.size()));
  }

  private static ServerProcess start(Path data) {
    return ServerProcess.asShipped(HEAP, data, "--segment-size", "256kb", "--threads", "2");
  }

  /** Has the users work, and takes samples until the time is up or one of the users fails. */
  private void work(ServerProcess server, Path data) throws Exception {
    int port = server.awaitReady();
    AtomicBoolean isOver = new AtomicBoolean();
    CountDownLatch anyEnd = new CountDownLatch(1);
    try (ExecutorService threads = Executors.newFixedThreadPool(USERS)) {
      List<Future<?>> results = new ArrayList<>();
      for (int i = 0; i < USERS; i++) {
        SoakClient user = new SoakClient(i, port, isOver::get);
        users.add(user);
        results.add(threads.submit(() -> runUser(user, anyEnd)));
      }
      try {
        sample(server, port, data, anyEnd);
      } finally {
        isOver.set(true);
      }
      for (Future<?> result : results) {
        result.get();
      }
    }
  }

  private static void runUser(SoakClient user, CountDownLatch anyEnd) {
    try {
      user.run();
    } finally {
      anyEnd.countDown();
    }
  }

  private void sample(ServerProcess server, int port, Path data, CountDownLatch anyEnd)
      throws IOException, InterruptedException {
    long periodNanos = TimeUnit.MINUTES.toNanos(Long.getLong("test.soak.minutes", 60)) / SAMPLES;
    long start = System.nanoTime();
    Files.writeString(TABLE, SoakSample.HEADER + "\n");
    for (int i = 1; i <= SAMPLES; i++) {
      long waitNanos = start + i * periodNanos - System.nanoTime();
      if (anyEnd.await(waitNanos, TimeUnit.NANOSECONDS)) {
        return;
      }
      long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start);
      SoakSample sample = SoakSample.take(seconds, server, port, data);
      samples.add(sample);
      Files.writeString(TABLE, sample.line() + "\n", StandardOpenOption.APPEND);
    }
  }
}
