package io.bitkv.tests.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

/** Runs work on several threads at once. */
final class Threads {

  /** What each thread does. */
  @FunctionalInterface
  interface Work {
    /** Works; the threads are numbered from 0. */
    void run(int thread) throws Exception;
  }

  private Threads() {}

  /** Starts all threads at the same moment, and returns when all are done; the first failure is thrown. */
  static void run(int count, Work work) throws Exception {
    run(count, work, 0, thread -> {});
  }

  /** As {@link #run(int, Work)}, while other threads repeat other work until it is done. */
  static void run(int count, Work work, int others, Work repeated) throws Exception {
    CyclicBarrier start = new CyclicBarrier(count + others);
    AtomicBoolean isOver = new AtomicBoolean();
    try (ExecutorService threads = Executors.newFixedThreadPool(count + others)) {
      List<Future<?>> results = submit(threads, start, count, work);
      List<Future<?>> otherResults =
          submit(
              threads,
              start,
              others,
              thread -> {
                while (!isOver.get()) {
                  repeated.run(thread);
                }
              });
      try {
        await(results);
      } finally {
        isOver.set(true);
      }
      await(otherResults);
    }
  }

  private static List<Future<?>> submit(ExecutorService threads, CyclicBarrier start, int count, Work work) {
    List<Future<?>> results = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int thread = i;
      results.add(
          threads.submit(
              () -> {
                start.await();
                work.run(thread);
                return null;
              }));
    }
    return results;
  }

  private static void await(List<Future<?>> results) throws Exception {
    for (Future<?> result : results) {
      result.get();
    }
  }
}
