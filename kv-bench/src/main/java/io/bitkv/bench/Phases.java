package io.bitkv.bench;

import io.bitkv.bench.subject.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.HdrHistogram.Histogram;

/** What is done to an open subject, phase by phase; each tells its figures to a sink. */
final class Phases {

  private static final double NANOS = 1e9;
  private static final long HIGHEST_NANOS = 60_000_000_000L;

  private final String name;
  private final Workload workload;
  private final Consumer<Measure> sink;

  Phases(String name, Workload workload, Consumer<Measure> sink) {
    this.name = name;
    this.workload = workload;
    this.sink = sink;
  }

  /** One step of a phase. */
  @FunctionalInterface
  interface Step {
    void run(long n) throws Exception;
  }

  void tell(String phase, String metric, double value) {
    sink.accept(new Measure(name, phase, metric, value));
  }

  /** Runs a step many times on this thread and tells the rate. */
  private void rate(String phase, long count, Step step) throws Exception {
    long begin = System.nanoTime();
    for (long n = 0; n < count; n++) {
      step.run(n);
    }
    tell(phase, "ops_per_s", count / ((System.nanoTime() - begin) / NANOS));
  }

  void fillOrdered(Subject subject) throws Exception {
    rate("fill-ordered", workload.keys(), n -> subject.put(Workload.orderedKey(n), workload.value(n)));
  }

  void fillRandom(Subject subject) throws Exception {
    rate("fill-random", workload.keys(), n -> subject.put(Workload.key(workload.scattered(n)), workload.value(n)));
  }

  void overwrite(Subject subject, long salt) throws Exception {
    SplittableRandom random = new SplittableRandom(salt);
    rate("overwrite", workload.keys(), n -> subject.put(Workload.key(random.nextLong(workload.keys())), workload.value(n + salt)));
  }

  /** Overwrites every key once, unmeasured. */
  void overwriteAll(Subject subject, long salt) throws Exception {
    for (long n = 0; n < workload.keys(); n++) {
      subject.put(Workload.key(workload.scattered(n)), workload.value(n + salt));
    }
  }

  void getHit(Subject subject, String phase, long count) throws Exception {
    SplittableRandom random = new SplittableRandom(7);
    int expected = workload.valueBytes();
    rate(
        phase,
        count,
        n -> {
          byte[] found = subject.get(Workload.key(random.nextLong(workload.keys())));
          if (found == null || found.length != expected) {
            throw new IllegalStateException(name + " lost a key");
          }
        });
  }

  void getMiss(Subject subject, long count) throws Exception {
    SplittableRandom random = new SplittableRandom(8);
    rate(
        "get-miss",
        count,
        n -> {
          if (subject.get(Workload.key(workload.keys() + random.nextLong(workload.keys()))) != null) {
            throw new IllegalStateException(name + " found a key that was never stored");
          }
        });
  }

  void delete(Subject subject) throws Exception {
    rate("delete", workload.keys() / 10, n -> subject.delete(Workload.key(workload.scattered(n))));
  }

  /** Half gets, half puts, on two threads, each operation timed. */
  void mix(Subject subject, long count) throws Exception {
    Histogram gets = new Histogram(HIGHEST_NANOS, 3);
    Histogram puts = new Histogram(HIGHEST_NANOS, 3);
    long begin = System.nanoTime();
    onThreads(
        2,
        thread -> {
          Histogram ownGets = new Histogram(HIGHEST_NANOS, 3);
          Histogram ownPuts = new Histogram(HIGHEST_NANOS, 3);
          mixOnOneThread(subject, count / 2, thread, ownGets, ownPuts);
          synchronized (gets) {
            gets.add(ownGets);
            puts.add(ownPuts);
          }
        });
    tell("mix-2-threads", "ops_per_s", count / ((System.nanoTime() - begin) / NANOS));
    tellLatency("mix-2-threads", "get", gets);
    tellLatency("mix-2-threads", "put", puts);
  }

  private void mixOnOneThread(Subject subject, long count, long thread, Histogram gets, Histogram puts) throws Exception {
    SplittableRandom random = new SplittableRandom(100 + thread);
    for (long n = 0; n < count; n++) {
      byte[] key = Workload.key(random.nextLong(workload.keys()));
      long begin = System.nanoTime();
      if ((n & 1) == 0) {
        subject.get(key);
        gets.recordValue(System.nanoTime() - begin);
      } else {
        subject.put(key, workload.value(n));
        puts.recordValue(System.nanoTime() - begin);
      }
    }
  }

  /** Gets one after the other, each timed. */
  void getLatency(Subject subject, String phase, long count) throws Exception {
    Histogram gets = new Histogram(HIGHEST_NANOS, 3);
    SplittableRandom random = new SplittableRandom(9);
    for (long n = 0; n < count; n++) {
      byte[] key = Workload.key(random.nextLong(workload.keys()));
      long begin = System.nanoTime();
      subject.get(key);
      gets.recordValue(System.nanoTime() - begin);
    }
    tellLatency(phase, "get", gets);
  }

  /** Synced puts by several writers for a while; the store must have been opened for that. */
  void durablePuts(Subject subject, int writers, long millis) throws Exception {
    long begin = System.nanoTime();
    long end = begin + millis * 1_000_000;
    long[] counts = new long[writers];
    onThreads(
        writers,
        thread -> {
          SplittableRandom random = new SplittableRandom(200 + thread);
          long n = 0;
          while (System.nanoTime() < end) {
            subject.put(Workload.key(random.nextLong(workload.keys())), workload.value(n));
            n++;
          }
          counts[(int) thread] = n;
        });
    long sum = 0;
    for (long count : counts) {
      sum += count;
    }
    tell("durable-put-" + writers, "ops_per_s", sum / ((System.nanoTime() - begin) / NANOS));
  }

  private void tellLatency(String phase, String operation, Histogram histogram) {
    tell(phase, operation + "_p50_us", histogram.getValueAtPercentile(50) / 1e3);
    tell(phase, operation + "_p99_us", histogram.getValueAtPercentile(99) / 1e3);
    tell(phase, operation + "_p999_us", histogram.getValueAtPercentile(99.9) / 1e3);
    tell(phase, operation + "_max_us", histogram.getMaxValue() / 1e3);
  }

  private static void onThreads(int count, Step step) throws Exception {
    try (ExecutorService executor = Executors.newFixedThreadPool(count)) {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        long thread = i;
        running.add(
            executor.submit(
                () -> {
                  step.run(thread);
                  return null;
                }));
      }
      for (Future<?> one : running) {
        one.get();
      }
    }
  }
}
