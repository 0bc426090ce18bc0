package io.bitkv.bench.engine;

import io.bitkv.bench.Latencies;
import io.bitkv.bench.Measure;
import io.bitkv.bench.Workload;
import io.bitkv.bench.subject.Subject;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** What is done to an open subject, phase by phase; each tells its figures to a sink. */
final class Phases {

  private static final double NANOS = 1e9;
  private static final long NANOS_PER_MILLI = 1_000_000;
  /** How many operations there are between two looks at the clock. */
  private static final int STRETCH = 256;
  private static final int LEAST_GETS = 1_000;

  private final Plan plan;
  private final Workload workload;
  private final Consumer<Measure> sink;

  Phases(Plan plan, Consumer<Measure> sink) {
    this.plan = plan;
    this.sink = sink;
    workload = plan.workload();
  }

  /** One operation of a phase. */
  @FunctionalInterface
  interface Step {
    void run(long n) throws Exception;
  }

  void tell(String phase, String metric, double value) {
    sink.accept(new Measure(plan.subject(), phase, metric, value));
  }

  void tell(String phase, String operation, Latencies latencies) {
    latencies.tell(plan.subject(), phase, operation, sink);
  }

  Workload workload() {
    return workload;
  }

  /** Runs a step for every number below a count, and tells the rate. */
  private void rate(String phase, long count, Step step) throws Exception {
    long begin = System.nanoTime();
    for (long n = 0; n < count; n++) {
      step.run(n);
    }
    tellRate(phase, count, begin);
  }

  /** Runs a step at most so many times, or until the phase's time is over, and tells the rate. */
  private void cappedRate(String phase, long count, Step step) throws Exception {
    long begin = System.nanoTime();
    long end = begin + plan.phaseMillis() * NANOS_PER_MILLI;
    long n = 0;
    while (n < count && (n % STRETCH != 0 || System.nanoTime() < end)) {
      step.run(n++);
    }
    tellRate(phase, n, begin);
  }

  private void tellRate(String phase, long count, long begin) {
    tell(phase, "ops_per_s", count / ((System.nanoTime() - begin) / NANOS));
  }

  void fillOrdered(Subject subject) throws Exception {
    cappedRate("fill-ordered", workload.keys(), n -> subject.put(Workload.orderedKey(n), workload.value(n)));
  }

  void fillRandom(Subject subject) throws Exception {
    rate("fill-random", workload.keys(), n -> subject.put(Workload.key(workload.scattered(n)), workload.value(n)));
  }

  /** Fills like {@link #fillRandom}, with each put timed. */
  void fillTimed(Subject subject) throws Exception {
    Latencies puts = new Latencies();
    rate(
        "fill-random",
        workload.keys(),
        n -> {
          byte[] key = Workload.key(workload.scattered(n));
          byte[] value = workload.value(n);
          long begin = System.nanoTime();
          subject.put(key, value);
          puts.since(begin);
        });
    tell("fill-random", "put", puts);
  }

  void overwrite(Subject subject, long salt) throws Exception {
    SplittableRandom random = new SplittableRandom(salt);
    cappedRate(
        "overwrite",
        workload.keys(),
        n -> subject.put(Workload.key(random.nextLong(workload.keys())), workload.value(n + salt)));
  }

  /** Overwrites every key once, unmeasured. */
  void overwriteAll(Subject subject, long salt) throws Exception {
    for (long n = 0; n < workload.keys(); n++) {
      subject.put(Workload.key(workload.scattered(n)), workload.value(n + salt));
    }
  }

  void getHit(Subject subject, String phase) throws Exception {
    SplittableRandom random = new SplittableRandom(phase.hashCode());
    int expected = workload.valueBytes();
    cappedRate(
        phase,
        2 * workload.keys(),
        n -> {
          byte[] found = subject.get(Workload.key(random.nextLong(workload.keys())));
          if (found == null || found.length != expected) {
            throw new IllegalStateException(plan.subject() + " lost a key");
          }
        });
  }

  void getMiss(Subject subject) throws Exception {
    SplittableRandom random = new SplittableRandom(8);
    cappedRate(
        "get-miss",
        2 * workload.keys(),
        n -> {
          if (subject.get(Workload.key(workload.keys() + random.nextLong(workload.keys()))) != null) {
            throw new IllegalStateException(plan.subject() + " found a key that was never stored");
          }
        });
  }

  void delete(Subject subject) throws Exception {
    cappedRate("delete", workload.keys() / 10, n -> subject.delete(Workload.key(workload.scattered(n))));
  }

  /** Half gets, half puts, on some threads, each operation timed. */
  void mix(Subject subject, int threads) throws Exception {
    String phase = "mix-" + threads + "-threads";
    Latencies gets = new Latencies();
    Latencies puts = new Latencies();
    AtomicLong count = new AtomicLong();
    long begin = System.nanoTime();
    Threads.run(
        threads,
        thread -> {
          Latencies ownGets = new Latencies();
          Latencies ownPuts = new Latencies();
          mixOnOneThread(subject, 2 * workload.keys() / threads, thread, ownGets, ownPuts);
          count.addAndGet(ownGets.count() + ownPuts.count());
          synchronized (gets) {
            gets.add(ownGets);
            puts.add(ownPuts);
          }
        });
    tellRate(phase, count.get(), begin);
    tell(phase, "get", gets);
    tell(phase, "put", puts);
  }

  private void mixOnOneThread(Subject subject, long count, int thread, Latencies gets, Latencies puts) throws Exception {
    SplittableRandom random = new SplittableRandom(100 + thread);
    long end = System.nanoTime() + plan.phaseMillis() * NANOS_PER_MILLI;
    for (long n = 0; n < count && (n % STRETCH != 0 || System.nanoTime() < end); n++) {
      byte[] key = Workload.key(random.nextLong(workload.keys()));
      long begin = System.nanoTime();
      if ((n & 1) == 0) {
        subject.get(key);
        gets.since(begin);
      } else {
        subject.put(key, workload.value(n));
        puts.since(begin);
      }
    }
  }

  /** Gets one after the other, each timed. */
  void getLatency(Subject subject) throws Exception {
    Latencies gets = new Latencies();
    SplittableRandom random = new SplittableRandom(9);
    cappedRate("get-quiet", workload.keys() / 2, n -> timedGet(subject, random, gets));
    tell("get-quiet", "get", gets);
  }

  /** Compacts, and meanwhile gets, each timed; without figures where that is over at once. */
  void getWhileCompacting(Subject subject) throws Exception {
    Latencies gets = new Latencies();
    SplittableRandom random = new SplittableRandom(10);
    try (ExecutorService executor = Executors.newSingleThreadExecutor()) {
      long begin = System.nanoTime();
      Future<?> compaction =
          executor.submit(
              () -> {
                subject.compact();
                return null;
              });
      while (!compaction.isDone()) {
        timedGet(subject, random, gets);
      }
      compaction.get();
      if (gets.count() >= LEAST_GETS) {
        tell("compaction", "seconds", (System.nanoTime() - begin) / NANOS);
        tell("get-compacting", "get", gets);
      }
    }
  }

  private void timedGet(Subject subject, SplittableRandom random, Latencies gets) throws Exception {
    byte[] key = Workload.key(random.nextLong(workload.keys()));
    long begin = System.nanoTime();
    subject.get(key);
    gets.since(begin);
  }

  /** Synced puts by several writers for a while; the store must have been opened for that. */
  void durablePuts(Subject subject, String phase, int writers, long millis) throws Exception {
    AtomicLong count = new AtomicLong();
    long begin = System.nanoTime();
    long end = begin + millis * NANOS_PER_MILLI;
    Threads.run(
        writers,
        thread -> {
          SplittableRandom random = new SplittableRandom(200 + thread);
          long n = 0;
          while (System.nanoTime() < end) {
            subject.put(Workload.key(random.nextLong(workload.keys())), workload.value(n));
            n++;
          }
          count.addAndGet(n);
        });
    tellRate(phase, count.get(), begin);
  }
}
