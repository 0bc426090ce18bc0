package io.bitkv.bench.client;

import com.sun.management.ThreadMXBean;
import io.bitkv.bench.Latencies;
import io.bitkv.bench.Measure;
import io.bitkv.bench.Workload;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The child process that puts one client to every kind of use and prints its figures. */
final class ClientWorker {

  private static final int KEYS = 100_000;
  private static final int VALUE_BYTES = 100;
  private static final int BATCH = 1_000;
  private static final int[] VIRTUAL_THREADS = {64, 1_000};
  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final double NANOS = 1e9;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final Workload workload = new Workload(KEYS, VALUE_BYTES);
  private final String name;
  private final ClientSubject client;
  private final long millis;

  private ClientWorker(String name, ClientSubject client, long millis) {
    this.name = name;
    this.client = client;
    this.millis = millis;
  }

  /** What a thread does once; returns how many calls that were. */
  @FunctionalInterface
  private interface Use {
    int run(SplittableRandom random);
  }

  /**
   * Runs.
   *
   * @param args client, port, and for how many milliseconds each use is measured
   */
  public static void main(String[] args) throws Exception {
    try (ClientSubject client = ClientSubjects.connect(args[0], Integer.parseInt(args[1]))) {
      ClientWorker worker = new ClientWorker(args[0], client, Long.parseLong(args[2]));
      worker.fill();
      worker.measure(ClientGoals.ONE_THREAD, 1, worker::call);
      if (client.isShared()) {
        for (int count : VIRTUAL_THREADS) {
          worker.measure(ClientGoals.VIRTUAL + count, count, worker::call);
        }
      }
      worker.measure(ClientGoals.BATCH, 1, worker::batch);
    }
    System.exit(0);
  }

  private void fill() {
    for (int from = 0; from < KEYS; from += BATCH) {
      List<byte[]> keys = new ArrayList<>(BATCH);
      List<byte[]> values = new ArrayList<>(BATCH);
      for (int i = from; i < from + BATCH; i++) {
        keys.add(Workload.key(i));
        values.add(workload.value(i));
      }
      client.setAll(keys, values);
    }
  }

  /** One call: a read or, as often, a write. */
  private int call(SplittableRandom random) {
    byte[] key = Workload.key(random.nextInt(KEYS));
    if (random.nextBoolean()) {
      ClientSubject.check(client.get(key));
    } else {
      client.set(key, workload.value(random.nextInt()));
    }
    return 1;
  }

  /** One batch of reads or, as often, writes. */
  private int batch(SplittableRandom random) {
    List<byte[]> keys = new ArrayList<>(BATCH);
    for (int i = 0; i < BATCH; i++) {
      keys.add(Workload.key(random.nextInt(KEYS)));
    }
    if (random.nextBoolean()) {
      client.getAll(keys);
    } else {
      client.setAll(keys, keys.stream().map(key -> workload.value(key[0])).toList());
    }
    return BATCH;
  }

  /** Uses the client by threads, virtual ones where there are several, first to warm up and then measured. */
  private void measure(String phase, int count, Use use) throws Exception {
    try (ExecutorService executor =
        count == 1 ? Executors.newSingleThreadExecutor() : Executors.newVirtualThreadPerTaskExecutor()) {
      run(executor, count, use, Latencies.shared());
      Latencies latencies = Latencies.shared();
      long bytes = threads.getTotalThreadAllocatedBytes();
      long begin = System.nanoTime();
      long calls = run(executor, count, use, latencies);
      double seconds = (System.nanoTime() - begin) / NANOS;
      bytes = threads.getTotalThreadAllocatedBytes() - bytes;
      System.out.println(new Measure(name, phase, ClientGoals.RATE, calls / seconds).line());
      System.out.println(new Measure(name, phase, ClientGoals.ALLOCATED, (double) bytes / calls).line());
      latencies.tell(name, phase, "call", measure -> System.out.println(measure.line()));
    }
  }

  private long run(ExecutorService executor, int count, Use use, Latencies latencies) throws Exception {
    long end = System.nanoTime() + millis * NANOS_PER_MILLI;
    List<Future<Long>> running = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      SplittableRandom random = new SplittableRandom(i);
      running.add(
          executor.submit(
              () -> {
                long calls = 0;
                for (long begin = System.nanoTime(); begin < end; begin = System.nanoTime()) {
                  calls += use.run(random);
                  latencies.since(begin);
                }
                return calls;
              }));
    }
    long calls = 0;
    for (Future<Long> one : running) {
      calls += one.get();
    }
    return calls;
  }
}
